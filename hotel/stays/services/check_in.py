"""Guests come: check-in, and taking it back on the same business date."""

from datetime import date, time

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.stays import CheckInReverted, StayCheckedIn
from hotel.core.clock import now
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.deposits import deposits_transfer_to_guest
from hotel.folios.services.folios import folio_open
from hotel.properties.business_date import local_instant
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.occupancies import instants_of
from hotel.reservations.selectors.sharing import mates_here
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.commands import CommandResult, change, fact_values, finish
from hotel.reservations.services.occupancies import active_assignments
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room
from hotel.rooms.services.occupancy import claim_move
from hotel.stays.selectors.bills import deposits_used
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.desk import assignment_now, rooms_turned, stay_locked


@transaction.atomic
def check_in(
    *,
    reservation: Reservation,
    actor: User | None,
    room: Room | None = None,
    override_reason: str = "",
    expected_version: int | None = None,
) -> CommandResult:
    """The guest is here: the stay is in house from now on, in its room.

    The arrival is the open business date, also when the clocks are past midnight. Who comes before check-in time has
    the room from that moment, if nobody else has it. His folio is opened, and what he has deposited is on it; day use
    is charged at once, because he leaves before the night audit.

    Args:
        reservation: as the caller saw it; its id is enough.
        actor: who does it; None for the house itself.
        room: given now, instead of the one it had; a move that was planned for later nights stays planned.
        override_reason: why a room that is not ready, or a missing registration, is accepted; needs ``override``.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict: the table of the desk denies it. VersionConflict: stale (412).
        RoomTaken: the room given, or the one it has before check-in time, is not to be had.

    Locks: the day, shared; the reservation; its rooms; what posting locks.
    """
    if room is not None:
        given = room_assign(
            reservation=reservation,
            room=room,
            actor=actor,
            last=_first_part_ends(reservation),
            expected_version=expected_version,
        )
        reservation, expected_version = given.reservation, None
    fresh = stay_locked(
        reservation,
        "check-in",
        actor=actor,
        expected_version=expected_version,
        override_reason=override_reason,
    )
    held = assignment_now(fresh)
    _claim_from_now(fresh, held)
    change(
        fresh,
        ChangeKind.CHECKED_IN,
        actor=actor,
        values={"status": ReservationStatus.IN_HOUSE},
        after={"room": held.room.number},
        reason=override_reason,
    )
    folio_open(reservation=fresh)
    deposits_transfer_to_guest(reservation=fresh, actor=actor)
    if fresh.is_day_use:
        nights_charge(place=fresh.property, night=fresh.arrival, reservations=[fresh.pk], actor=actor)
    fact = StayCheckedIn(
        **fact_values(fresh),
        room_id=held.room_id,
        guest_id=fresh.primary_guest_id,
        is_walk_in=fresh.is_walk_in,
    )
    return finish(fresh, facts=[fact])


@transaction.atomic
def check_in_revert(
    *, reservation: Reservation, actor: User | None, reason: str = "", expected_version: int | None = None
) -> CommandResult:
    """Undo a check-in of the open business date: the stay is expected again, keeps its room, and its deposit is one.

    Raises:
        Conflict: he came on an earlier day, or something was charged. VersionConflict: stale (412).

    Locks: the day, shared; the reservation; its room; what posting locks.
    """
    fresh = stay_locked(reservation, "revert-check-in", actor=actor, expected_version=expected_version)
    held = assignment_now(fresh)
    start, end = instants_of(fresh, held.arrival, held.departure)
    if held.occupancy is not None:
        claim_move(occupancy=held.occupancy, start=start, end=end)
    change(
        fresh,
        ChangeKind.CHECK_IN_UNDONE,
        actor=actor,
        values={"status": ReservationStatus.CONFIRMED},
        reason=reason,
    )
    for posting in deposits_used(fresh):
        posting_reverse(posting=posting, actor=actor, reason=reason)
    if not mates_here(fresh):
        rooms_turned([held.room_id], HousekeepingStatus.PICKUP, actor)
    return finish(fresh, facts=[CheckInReverted(**fact_values(fresh), room_id=held.room_id)])


def _first_part_ends(reservation: Reservation) -> date | None:
    """The day up to which a room given at the desk is for: that of a planned move; None for the whole stay."""
    rows = active_assignments(reservation)
    later = [row.arrival for row in rows if row.arrival > reservation.arrival]
    return min(later, default=None)


def _claim_from_now(reservation: Reservation, held: RoomAssignment) -> None:
    """Let the claim begin now when the guest comes before check-in time of the arrival day."""
    occupancy, moment = held.occupancy, now()
    midnight = local_instant(reservation.property, reservation.arrival, time(0))
    if occupancy is not None and midnight <= moment < occupancy.during.lower:
        claim_move(occupancy=occupancy, start=moment)
