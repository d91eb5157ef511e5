"""What every command of the desk shares: the day is open, the stay is locked, the table is asked; rooms are turned.

Order of locks: the day (shared; the night audit takes it alone) → reservation → rooms → counters.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotFound
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.words import _
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.actions import situation_of
from hotel.reservations.selectors.presence import assignment_held
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.commands import reservation_locked
from hotel.reservations.services.occupancies import active_assignments
from hotel.rooms.choices import StatusSource
from hotel.rooms.models import RoomPart
from hotel.rooms.services.status import rooms_status_set
from hotel.stays.domain.eligibility import stay_action
from hotel.stays.selectors.actions import stay_situation

# What a person with the right to override may set aside with a reason.
OVERRIDABLE = frozenset({"room_not_ready", "not_registered"})
MINUTE = timedelta(minutes=1)


def stay_locked(
    reservation: Reservation,
    command: str,
    *,
    actor: User | None,
    expected_version: int | None = None,
    override_reason: str = "",
) -> Reservation:
    """Lock a stay for a command of the desk, fresh and allowed.

    Args:
        reservation: as the caller saw it; its id is enough.
        command: a name of ``STAY_COMMANDS``.
        override_reason: why a room that is not ready, or a missing registration, is accepted; needs ``override``.

    Raises:
        NotFound, VersionConflict, LockRefused: see ``reservation_locked``.
        Conflict: the table denies it, with the code and reason that ``actions[]`` shows.

    Locks: the day, shared; the reservation.
    """
    day_shared(_property_id(reservation))
    fresh = reservation_locked(reservation, expected_version=expected_version)
    fresh.rooms_now = active_assignments(fresh)  # type: ignore[attr-defined]
    answer = stay_action(command, stay_situation(fresh, situation_of(fresh)))
    if not answer.is_allowed:
        refusal = answer.refusal(fresh.status)
        if answer.code not in OVERRIDABLE:
            raise refusal
        Authority(fresh.property, actor, override_reason).require(refusal)
    return fresh


def day_shared(property_id: int) -> None:
    """Hold the business day open until the end of the transaction: the night audit waits for it.

    Locks: the day, shared with other commands of the desk.
    """
    advisory_lock(LockSpace.NIGHT_AUDIT, property_id, shared=True)


def assignment_now(reservation: Reservation) -> RoomAssignment:
    """The room a stay has now: the last one whose first night has come, but before a planned move the old one.

    Raises:
        Conflict: it has none (``no_room_assigned``), as a stay taken over from another system may.
    """
    today = max(reservation.arrival, reservation.property.business_date)
    rows = getattr(reservation, "rooms_now", None)
    held = assignment_held(active_assignments(reservation) if rows is None else rows, today)
    if held is None:
        raise Conflict(_("No room is assigned."), code="no_room_assigned")
    return held


def instant_within(first: datetime, past: datetime) -> datetime:
    """Now, or the instant of ``(first, past)`` that is nearest to it: a claim never becomes empty."""
    return min(max(now(), first + MINUTE), past)


def rooms_turned(room_ids: Collection[int], status: str, actor: User | None = None) -> None:
    """Set the housekeeping status of rooms, and of each part of a suite, because of stays.

    Locks: the rooms.
    """
    parts = RoomPart.objects.filter(room__in=room_ids).values_list("part_id", flat=True)
    rooms_status_set(room_ids=[*room_ids, *parts], status=status, source=StatusSource.STAY, user=actor)


def _property_id(reservation: Reservation) -> int:
    if reservation.property_id is not None:
        return reservation.property_id
    found = Reservation.objects.filter(pk=reservation.pk).values_list("property_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such reservation."))
    return found
