"""A hotel is opened with all it needs before its first page: company, roles, codes, and somebody who may go on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.selectors.assignments import is_valid_at, places_of
from hotel.accounts.services.roles import role_assign, roles_seed
from hotel.core.exceptions import NotPermitted
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.words import _
from hotel.folios.services.codes import codes_seed
from hotel.properties.models import Chain, Property
from hotel.properties.scoping import sees_everything
from hotel.properties.selectors.opening import chains_open_to
from hotel.properties.services.properties import chain_create, property_create
from hotel.properties.tenancy import tenant_scope


@transaction.atomic
def hotel_open(
    *, chain: Chain | None, company: str, values: Mapping[str, Any], business_date: date, by: User
) -> Property:
    """Open a hotel. Its roles and codes are there with it, not when a worker comes to it.

    Who manages every hotel of the company holds at the new one the roles that he holds at each of the others, within
    their dates; a superuser needs none.

    Args:
        chain: the company it belongs to; None for a new one.
        company: the name of a new one.
        values: fields of Property.
        business_date: the first.
        by: who opens it.

    Raises:
        NotPermitted: ``by`` does not manage every hotel of the company, or makes a company without being a superuser.
        ValidationError: a value is malformed, or the code is taken.

    Locks: the opening of hotels, so that two who open the same one open it once.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, "hotels")
    if chain is None and not sees_everything(by):
        raise NotPermitted(_("A new company is made by an owner of the installation."))
    if chain is not None and chain not in chains_open_to(by):
        raise NotPermitted(_("Opening a hotel takes the right to manage all hotels of its company."))
    if chain is None:
        chain = chain_create(code=values["code"], name=company)
    others = list(Property.objects.filter(chain=chain))
    place = property_create(chain=chain, values=values, business_date=business_date)
    with tenant_scope([place.pk, *(other.pk for other in others)]):
        roles_seed(chain=chain)
        codes_seed(place=place)
        if not sees_everything(by):
            _roles_follow(by, others, place)
    by.__dict__.pop("_grants", None)  # read before this hotel was there
    return place


def _roles_follow(person: User, others: list[Property], place: Property) -> None:
    """What is held at every hotel of the company is held at its new one, too, and ends when the first of it does."""
    rows = RoleAssignment.objects.filter(user=person).reaching([other.pk for other in others])
    held: dict[int, list[RoleAssignment]] = {}
    for row in rows.select_related("role", "property", "group").prefetch_related("group__properties"):
        held.setdefault(row.role_id, []).append(row)
    for found in held.values():
        reached = {at.pk for row in found for at in places_of(row) if at in others and is_valid_at(row, at)}
        if reached == {other.pk for other in others}:
            ends = [row.valid_to for row in found if row.valid_to is not None]
            role_assign(user=person, role=found[0].role, place=place, valid_to=min(ends, default=None))
