"""Sessions of people are ended: the next request finds nobody signed in."""

from django.db import transaction

from hotel.accounts.models import DeskSeat, StaffSession, User
from hotel.accounts.services.guards import require_manages
from hotel.core.clock import now
from hotel.core.exceptions import NotFound
from hotel.core.security_events import security_event
from hotel.core.words import _


@transaction.atomic
def session_end(*, reference: str, user: User, by: User | None = None) -> None:
    """End one session of a person.

    Args:
        reference: what the list calls it.
        user: whose it is.
        by: who asks; the person himself, or who manages him. None for the house itself.

    Raises:
        NotFound: the person has no such session.
        NotPermitted: ``by`` does not manage the person.
    """
    _require_own_or_managed(user, by)
    if not StaffSession.objects.filter(user=user, session_key=reference).delete()[0]:
        raise NotFound(_("There is no such session; it may have ended."))
    security_event("session_ended", user=user.pk, by=by.pk if by else None)


@transaction.atomic
def sessions_end(*, user: User, but: str = "", by: User | None = None) -> int:
    """End all sessions of a person, except the one that is called so, and what his PIN opens elsewhere. Repeatable.

    Raises:
        NotPermitted: ``by`` is neither the person nor manages him.

    Returns:
        How many ended.
    """
    _require_own_or_managed(user, by)
    count, _ = StaffSession.objects.filter(user=user).exclude(session_key=but).delete()
    seats = DeskSeat.objects.filter(device__user=user, ended_at=None).exclude(session=but)
    seats.update(ended_at=now())
    if count:
        security_event("sessions_ended", user=user.pk, count=count, by=by.pk if by else None)
    return count


def sessions_forget() -> int:
    """Delete the rows of sessions that have ended by themselves, but for those that a PIN opens again; how many.

    Repeatable.
    """
    rows = StaffSession.objects.filter(expire_date__lt=now())
    return rows.exclude(session_key__in=DeskSeat.objects.open().values("session")).delete()[0]


def _require_own_or_managed(user: User, by: User | None) -> None:
    if by is None or by.pk != user.pk:
        require_manages(by=by, user=user)
