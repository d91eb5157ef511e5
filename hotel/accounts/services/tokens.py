"""Tokens of machines: issued once in clear, kept as a hash, rotated with an overlap, revoked at once."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from hotel.accounts.domain.networks import networks_read
from hotel.accounts.domain.tokens import ID_BYTES, SECRET_BYTES, token_text, visible_part
from hotel.accounts.models import ApiToken, User
from hotel.accounts.services.guards import require_holds, require_manager, require_manages
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property

LONGEST_LIFE = timedelta(days=365)
LONGEST_OVERLAP = timedelta(days=7)


@dataclass(frozen=True)
class IssuedToken:
    """A token and its secret, which is never to be had again."""

    token: ApiToken
    secret: str


@transaction.atomic
def token_issue(
    *,
    user: User,
    name: str,
    codenames: Iterable[str],
    properties: Iterable[Property],
    expires_at: datetime,
    networks: Iterable[str] = (),
    by: User | None = None,
) -> IssuedToken:
    """Issue a token that may do these things at these properties, as long as its user may.

    Args:
        user: whose rights it uses.
        name: to recognise it by.
        codenames: rights such as ``view_rooms_area``; one at least.
        properties: one at least.
        expires_at: within ``LONGEST_LIFE`` from now.
        networks: where it may come from, such as ``203.0.113.0/24``; from everywhere if there is none.
        by: the user who asks; None for the house itself.

    Raises:
        InvalidInput: nothing chosen, an expiry in the past or too far, or what is no network.
        NotPermitted: ``by`` does not manage the user or the accounts of a property, or came with a token.
        RightsExceeded: a right that ``by`` or the user does not hold at one of the properties.
    """
    names, places = sorted(set(codenames)), sorted(properties, key=lambda place: place.pk)
    _require_shape(user, names, places, expires_at)
    allowed = networks_checked(networks)
    if by is not None and by.grant_limit is not None:
        raise NotPermitted(_("A token cannot issue tokens; sign in."), code="token_by_token")
    if by is None or by.pk != user.pk:
        require_manages(by=by, user=user)
    require_manager(by=by, property_ids=[place.pk for place in places])
    holder = User.objects.get(pk=user.pk)
    for place in places:
        require_holds(by=by, codenames=names, property_id=place.pk)
        require_holds(by=holder, codenames=names, property_id=place.pk)
    secret = token_text(
        id_bytes=secrets.token_bytes(ID_BYTES), secret_bytes=secrets.token_bytes(SECRET_BYTES)
    )
    token = ApiToken(
        user=user,
        name=name,
        prefix=visible_part(secret),
        digest=digest_of(secret),
        codenames=names,
        networks=allowed,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    token.properties.set(places)
    return IssuedToken(token, secret)


@transaction.atomic
def token_rotate(*, token: ApiToken, overlap: timedelta, by: User | None = None) -> IssuedToken:
    """Issue a successor with the same rights, networks and life; the old token works until the overlap has passed.

    Args:
        token: read again under its lock.
        overlap: from zero to ``LONGEST_OVERLAP``.
        by: the user who asks; None for the house itself.

    Raises:
        InvalidInput: the overlap is out of range.
        Conflict: the token is revoked or expired.
        NotPermitted, RightsExceeded: as when issuing.

    Locks: the token.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise InvalidInput(_("The overlap is 0 to 168 hours."), code="token_overlap")
    [token] = lock_rows(ApiToken.objects.filter(pk=token.pk))
    moment = now()
    if token.revoked_at is not None or token.expires_at <= moment:
        raise Conflict(_("This token is no longer valid; issue a new one."), code="token_ended")
    issued = token_issue(
        user=token.user,
        name=token.name,
        codenames=token.codenames,
        properties=token.properties.all(),
        networks=token.networks,
        expires_at=moment + min(token.expires_at - token.created_at, LONGEST_LIFE),
        by=by,
    )
    token.expires_at = min(token.expires_at, moment + overlap)
    token.save(update_fields=["expires_at", "updated_at"])
    return issued


@transaction.atomic
def token_revoke(*, token: ApiToken, by: User | None = None) -> ApiToken:
    """End a token at once. Repeatable.

    Raises:
        NotPermitted: ``by`` does not manage the accounts of each of its properties.

    Locks: the token.
    """
    [token] = lock_rows(ApiToken.objects.filter(pk=token.pk))
    require_manager(by=by, property_ids=token.properties.values_list("pk", flat=True))
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at", "updated_at"])
    return token


def networks_checked(texts: Iterable[str]) -> list[str]:
    """Networks as they are kept.

    Raises:
        InvalidInput: one is none.
    """
    try:
        return networks_read(texts)
    except ValueError as error:
        raise InvalidInput(str(error), code="token_networks", fields={"networks": [str(error)]}) from error


def digest_of(secret: str) -> str:
    """What the database keeps of a secret: it has 256 random bits, so a plain hash cannot be reversed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _require_shape(user: User, names: list[str], places: list[Property], expires_at: datetime) -> None:
    if not user.is_active:
        raise InvalidInput(_("This user is not active."), code="user_inactive")
    if not names or not places:
        raise InvalidInput(_("Choose one right and one property at least."), code="token_empty")
    if not now() < expires_at <= now() + LONGEST_LIFE:
        raise InvalidInput(_("A token ends within a year from now."), code="token_expiry")
