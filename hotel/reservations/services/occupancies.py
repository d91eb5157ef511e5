"""Keeps a stay's room assignments true to the stay: given back with it, moved with its dates."""

from datetime import date

from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.occupancies import instants_of
from hotel.rooms.choices import OccupancyKind
from hotel.rooms.models import Room
from hotel.rooms.services.occupancy import RoomTaken, claim_move, room_claim, room_release


def active_assignments(reservation: Reservation) -> list[RoomAssignment]:
    """The rooms the stay has now, in date order."""
    rows = reservation.assignments.filter(released_at=None).select_related("room", "occupancy")
    return list(rows.order_by("arrival", "pk"))


def assignment_make(*, reservation: Reservation, room: Room) -> RoomAssignment:
    """Take a room for all nights of a stay; the caller has seen that they fit and logs it.

    Raises:
        RoomTaken: somebody has the room in that time.

    Locks: the room.
    """
    start, end = instants_of(reservation, reservation.arrival, reservation.departure)
    kind = OccupancyKind.DAY_USE if reservation.is_day_use else OccupancyKind.STAY
    return RoomAssignment.objects.create(
        property_id=reservation.property_id,
        reservation=reservation,
        room=room,
        arrival=reservation.arrival,
        departure=reservation.departure,
        occupancy=room_claim(room=room, start=start, end=end, kind=kind),
    )


def assignments_release(reservation: Reservation) -> list[RoomAssignment]:
    """Give all rooms of a stay back; the rows stay as history. Returns those released."""
    released = active_assignments(reservation)
    for assignment in released:
        assignment_release(assignment)
    return released


def assignment_release(assignment: RoomAssignment) -> None:
    """Give one room back."""
    occupancy = assignment.occupancy
    assignment.occupancy, assignment.released_at, assignment.is_locked = None, now(), False
    assignment.save(update_fields=["occupancy", "released_at", "is_locked", "updated_at"])
    if occupancy is not None:
        room_release(occupancy=occupancy)


def assignments_follow(reservation: Reservation, *, type_changed: bool) -> list[RoomAssignment]:
    """Make the rooms follow an amended stay.

    A room of another type, or one that is taken on the new dates, is given back: the stay is then without a
    room again. A locked room is never given back silently; a guest in house keeps the room until he is moved.

    Returns:
        The assignments that were given back.

    Raises:
        RoomTaken: a locked room, or that of a guest in house, is taken on the new dates.
        Conflict: a locked room would be lost to another type (``room_locked``).

    Locks: the rooms; call it before the counters.
    """
    assignments = active_assignments(reservation)
    if not assignments:
        return []
    is_here = reservation.status == ReservationStatus.IN_HOUSE
    if type_changed and not is_here and reservation.is_room_locked:
        raise Conflict("The room is locked. Unlock it before changing the type.", code="room_locked")
    if type_changed and not is_here:
        return assignments_release(reservation)
    given_back = []
    for position, assignment in enumerate(assignments):
        first = reservation.arrival if position == 0 else max(assignment.arrival, reservation.arrival)
        is_last = position == len(assignments) - 1
        last = reservation.departure if is_last else min(assignment.departure, reservation.departure)
        if not _follow_one(reservation, assignment, first, last):
            assignment_release(assignment)
            given_back.append(assignment)
    return given_back


def _follow_one(reservation: Reservation, assignment: RoomAssignment, first: date, last: date) -> bool:
    """Move one assignment; False when it has to be given back."""
    is_here, today = reservation.status == ReservationStatus.IN_HOUSE, reservation.property.business_date
    if is_here and assignment.departure == last and last <= today and not reservation.is_day_use:
        return True  # the guest has left this room: when he did is history
    if last < first or (last == first and not reservation.is_day_use):
        return False
    start, end = instants_of(reservation, first, last)
    if assignment.occupancy is not None:
        during = assignment.occupancy.during
        if is_here and first <= today:
            start = during.lower  # the guest came when he came
        if is_here and last == assignment.departure:
            end = max(end, during.upper)  # a late check-out that was agreed
        if (during.lower, during.upper) != (start, end):
            try:
                claim_move(occupancy=assignment.occupancy, start=start, end=end)
            except RoomTaken:
                if is_here or reservation.is_room_locked or assignment.is_locked:
                    raise
                return False
    if (assignment.arrival, assignment.departure) != (first, last):
        assignment.arrival, assignment.departure = first, last
        assignment.save(update_fields=["arrival", "departure", "updated_at"])
    return True
