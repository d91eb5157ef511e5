"""Guests leave: check-out, and taking it back on the same business date."""

from django.db import transaction
from django.db.models import QuerySet

from hotel.accounts.models import User
from hotel.contracts.stays import CheckOutReinstated, StayCheckedOut
from hotel.folios.choices import FolioStatus
from hotel.folios.models import Folio
from hotel.folios.services.folios import folio_close, folio_reopen
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.occupancies import instants_of
from hotel.reservations.selectors.sharing import mates_here
from hotel.reservations.services.commands import CommandResult, change, fact_values, finish
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.services.occupancy import claim_move
from hotel.stays.services.desk import assignment_now, instant_within, rooms_turned, stay_locked


@transaction.atomic
def check_out(
    *, reservation: Reservation, actor: User | None, expected_version: int | None = None
) -> CommandResult:
    """The guest leaves: every window is settled, his folio closed, the room free from this moment and dirty.

    Others who share the room stay in it.

    Raises:
        Conflict: nights are left, or a window is not settled. VersionConflict: stale (412).

    Locks: the day, shared; the reservation; its folios; its room.
    """
    fresh = stay_locked(reservation, "check-out", actor=actor, expected_version=expected_version)
    held = assignment_now(fresh)
    if held.occupancy is not None:
        during = held.occupancy.during
        claim_move(occupancy=held.occupancy, end=instant_within(during.lower, during.upper))
    change(
        fresh,
        ChangeKind.CHECKED_OUT,
        actor=actor,
        values={"status": ReservationStatus.CHECKED_OUT},
        after={"room": held.room.number},
    )
    for folio in _folios(fresh, FolioStatus.OPEN):
        folio_close(folio=folio)
    if not mates_here(fresh):  # the last one who leaves leaves it dirty
        rooms_turned([held.room_id], HousekeepingStatus.DIRTY, actor)
    fact = StayCheckedOut(**fact_values(fresh), room_id=held.room_id, guest_id=fresh.primary_guest_id)
    return finish(fresh, facts=[fact])


@transaction.atomic
def check_out_reinstate(
    *, reservation: Reservation, actor: User | None, reason: str = "", expected_version: int | None = None
) -> CommandResult:
    """Undo a check-out of the open business date: the guest is in house again, in the same room, his folio open.

    Raises:
        Conflict: he left on an earlier day, or somebody else is in the room. VersionConflict: stale (412).
        RoomTaken: the room is promised to somebody else until the departure.

    Locks: the day, shared; the reservation; its room; its folio.
    """
    fresh = stay_locked(reservation, "reinstate-check-out", actor=actor, expected_version=expected_version)
    held = assignment_now(fresh)
    if held.occupancy is not None:
        _, end = instants_of(fresh, held.arrival, held.departure)
        claim_move(occupancy=held.occupancy, end=max(end, held.occupancy.during.upper))
    change(
        fresh,
        ChangeKind.CHECK_OUT_UNDONE,
        actor=actor,
        values={"status": ReservationStatus.IN_HOUSE},
        reason=reason,
    )
    closed = _folios(fresh, FolioStatus.CLOSED).filter(closed_on=fresh.property.business_date).last()
    if closed is not None and not _folios(fresh, FolioStatus.OPEN).exists():
        folio_reopen(folio=closed)
    return finish(fresh, facts=[CheckOutReinstated(**fact_values(fresh), room_id=held.room_id)])


def _folios(reservation: Reservation, status: str) -> QuerySet[Folio]:
    """The guest folios of a stay, oldest first."""
    rows = Folio.objects.at(reservation.property_id).filter(reservation=reservation, status=status)
    return rows.select_related("property").order_by("pk")
