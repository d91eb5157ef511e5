"""A person let into the house: made, given a first role and a first password that opens only the way to his own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from hotel.accounts.models import Role, User
from hotel.accounts.services.roles import role_assign
from hotel.accounts.services.users import password_demand, user_create, user_password_set
from hotel.properties.models import Property


@dataclass(frozen=True, kw_only=True)
class FirstRole:
    """What the person shall be, and when; calendar days at the property, inclusive, None for always."""

    role: Role
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def person_invite(
    *,
    place: Property,
    values: Mapping[str, Any],
    password: str,
    first: FirstRole | None,
    by: User | None = None,
) -> User:
    """Make a person at home at a property with his first role, all of it or nothing.

    Args:
        place: the home, and where the role is held.
        values: see ``user_create``.
        password: told by whoever invites; it opens nothing but the page where the person chooses his own.
        first: None for a role that somebody else must agree to first.
        by: the user who asks; None for the house itself.

    Raises:
        NotPermitted, RightsExceeded: ``by`` may not make people here, or not give this role.
        ValidationError: a value is malformed, the username is taken, or the password is weak.
        PmsError: a guard of ``gain_ports`` refuses the role.

    Locks: the role, then the user.
    """
    user = user_create(home=place, values=values, password=password, by=by)
    if first is not None:
        role_assign(
            user=user,
            role=first.role,
            place=place,
            valid_from=first.valid_from,
            valid_to=first.valid_to,
            by=by,
        )
    password_demand(user=user)
    user.refresh_from_db()
    return user


@transaction.atomic
def first_password_renew(*, user: User, password: str, by: User | None = None) -> User:
    """Give a person another first password, for who lost the old one; his sessions end, and he chooses his own next.

    Raises:
        NotPermitted, RightsExceeded, InvalidInput, ValidationError: see ``user_password_set``.

    Locks: the user.
    """
    renewed = user_password_set(user=user, password=password, by=by)
    password_demand(user=renewed)
    renewed.refresh_from_db()
    return renewed
