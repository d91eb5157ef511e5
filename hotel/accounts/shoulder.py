"""The door of looking as another: what a session keeps of it, and as whom a request is answered."""

from typing import Any

from hotel.accounts.choices import ImpersonationEnd
from hotel.accounts.door import this_session
from hotel.accounts.models import Impersonation, User
from hotel.accounts.services.impersonations import (
    impersonation_begin,
    impersonation_end,
    require_may_impersonate,
)
from hotel.core.clock import now
from hotel.core.exceptions import NotPermitted
from hotel.properties.scoping import Limit, grants_of, grants_shared

ACTING_KEY = "acting_as"


def look_begin(request: Any, *, user: User, reason: str, minutes: int) -> Impersonation:
    """Look as another from the next request of this session on; see ``impersonation_begin``.

    The key of the session stays: it opens less than before, not more.
    """
    row = impersonation_begin(
        user=user, reason=reason, minutes=minutes, session=this_session(request), by=request.user
    )
    request.session[ACTING_KEY] = row.pk
    return row


def look_end(request: Any) -> Impersonation | None:
    """Be oneself again; None when one was already. Repeatable."""
    row = Impersonation.objects.filter(
        pk=request.session.pop(ACTING_KEY, None), actor=request.user.pk
    ).first()
    return impersonation_end(impersonation=row, by=request.user) if row is not None else None


def look_of(request: Any) -> Impersonation | None:
    """The impersonation that holds for this request of its actor; None when it has ended, which is written down."""
    rows = Impersonation.objects.filter(pk=request.session[ACTING_KEY], actor=request.user.pk)
    row = rows.filter(session=this_session(request)).select_related("user", "actor").first()
    if row is None or row.ended_at is not None:
        return None
    if row.until <= now():
        impersonation_end(impersonation=row, ending=ImpersonationEnd.OVER)
        return None
    try:
        require_may_impersonate(by=request.user, user=row.user)
    except NotPermitted:
        impersonation_end(impersonation=row, ending=ImpersonationEnd.WITHDRAWN)
        return None
    return row


def person_seen(row: Impersonation, by: User) -> User:
    """The person looked at, with the rights that both hold, and like a token's user: no guard takes him for himself."""
    user: User = row.user
    shared = grants_shared(grants_of(user), grants_of(by))
    user.grant_limit = Limit(shared.any_property_ids(), frozenset(shared.by_codename))
    user._grants = shared  # type: ignore[attr-defined]
    user.is_staff = user.is_staff and by.is_staff
    return user
