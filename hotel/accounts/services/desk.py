"""Shared desks: a PIN is set, and opens again what its person opened in full. It never signs in by itself."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from hotel.accounts.domain.pins import LASTS_DAYS, MOST_WRONG, pin_problem
from hotel.accounts.models import DeskPin, DeskSeat, SignInDevice, User
from hotel.accounts.services.guards import require_manages
from hotel.accounts.services.sign_in_changes import sign_in_changed
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.security_events import security_event


@transaction.atomic
def pin_set(*, user: User, pin: str) -> DeskPin:
    """Give oneself a PIN, or another one; what an older one opens has ended.

    Raises:
        InvalidInput: not six digits, or guessed too easily.

    Locks: the person.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    if problem := pin_problem(pin):
        raise InvalidInput(problem, code="pin_weak", fields={"pin": [problem]})
    row, _ = DeskPin.objects.update_or_create(
        user=user, defaults={"pin": make_password(pin), "set_at": now()}
    )
    sign_in_changed(user=user, change="pin_set")
    return row


@transaction.atomic
def pin_remove(*, user: User) -> None:
    """Have no PIN any more. Repeatable.

    Publishes: SignInChanged, when there was one.
    """
    if DeskPin.objects.filter(user=user).delete()[0]:
        sign_in_changed(user=user, change="pin_removed")


@transaction.atomic
def seat_open(
    *, device: SignInDevice, session: str, factor: str, ends: timedelta, hours: int
) -> DeskSeat | None:
    """Let a person who has just signed in in full open this browser again with his PIN; None without a usable PIN.

    Args:
        device: the browser, as this person's.
        session: what lists of sessions call the one he is in.
        factor: the second step he took.
        ends: how long this sign-in lasts in any case.
        hours: how long a shift is where he works; 0 where PINs are not wanted.
    """
    is_usable = DeskPin.objects.filter(
        user=device.user_id, set_at__gt=now() - timedelta(days=LASTS_DAYS)
    ).exists()
    if not is_usable or hours < 1:
        return None
    values = {
        "session": session,
        "factor": factor,
        "until": now() + min(ends, timedelta(hours=hours)),
        "locked_at": None,
        "wrong": 0,
        "ended_at": None,
    }
    return DeskSeat.objects.update_or_create(device=device, defaults=values)[0]


@transaction.atomic
def seat_lock(*, session: str) -> bool:
    """Leave the browser to others for now; False when no PIN opens this session again.

    Locks: the seat.
    """
    rows = lock_rows(DeskSeat.objects.open().filter(session=session))
    for seat in rows:
        seat.locked_at = now()
        seat.save(update_fields=["locked_at", "updated_at"])
    return bool(rows)


@transaction.atomic
def seat_unlock(*, seat: DeskSeat, pin: str) -> DeskSeat | None:
    """Try a PIN. Whoever tries at the same instant waits, so that no more are looked at than may be wrong.

    Returns:
        The seat, whose PIN it is; None when it is wrong or opens nothing any more: the count stays, nothing is raised.

    Locks: the seat.
    """
    lock_rows(DeskSeat.objects.filter(pk=seat.pk))
    found = DeskSeat.objects.at_rest().select_related("device__user").filter(pk=seat.pk).first()
    kept = DeskPin.objects.filter(user=found.device.user_id).first() if found is not None else None
    if found is None or kept is None:
        return None
    if check_password(pin, kept.pin):
        found.wrong = 0
        found.save(update_fields=["wrong", "updated_at"])
        return found
    found.wrong += 1
    found.save(update_fields=["wrong", "updated_at"])
    kind = "pin_spent" if found.wrong >= MOST_WRONG else "pin_failed"
    security_event(kind, user=found.device.user_id, device=found.device_id, wrong=found.wrong)
    return None


@transaction.atomic
def seat_taken(*, seat: DeskSeat, session: str) -> DeskSeat:
    """The person sits there again, in another session.

    Locks: the seat.
    """
    [seat] = lock_rows(DeskSeat.objects.filter(pk=seat.pk))
    seat.session, seat.locked_at = session, None
    seat.save(update_fields=["session", "locked_at", "updated_at"])
    return seat


@transaction.atomic
def seat_end(*, seat: DeskSeat, by: User | None = None) -> DeskSeat:
    """Have a person sign in in full again at a browser. Repeatable.

    Raises:
        NotPermitted: ``by`` is neither the person nor manages him.

    Locks: the seat.
    """
    [seat] = lock_rows(DeskSeat.objects.select_related("device__user").filter(pk=seat.pk))
    if by is None or by.pk != seat.device.user_id:
        require_manages(by=by, user=seat.device.user)
    if seat.ended_at is None:
        seat.ended_at = now()
        seat.save(update_fields=["ended_at", "updated_at"])
    return seat
