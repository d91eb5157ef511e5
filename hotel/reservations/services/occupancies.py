"""Keeps a stay's room assignments true to the stay: given back with it, moved with its dates."""

from datetime import date

from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.words import _
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


def assignment_make(
    *,
    reservation: Reservation,
    room: Room,
    first: date | None = None,
    last: date | None = None,
    party: int | None = None,
) -> RoomAssignment:
    """Take a room for a stay; the caller has seen that they fit and logs it.

    Args:
        reservation: without a room in that part.
        room: any room.
        first: first night of the part; that of the stay unless told.
        last: the day the room is left; that of the stay unless told.
        party: with whom it may be shared; that of the stay unless told.

    Raises:
        RoomTaken: somebody has the room in that time.

    Locks: the room.
    """
    first, last = first or reservation.arrival, last or reservation.departure
    start, end = instants_of(reservation, first, last)
    kind = OccupancyKind.DAY_USE if reservation.is_day_use else OccupancyKind.STAY
    return RoomAssignment.objects.create(
        property_id=reservation.property_id,
        reservation=reservation,
        room=room,
        arrival=first,
        departure=last,
        occupancy=room_claim(room=room, start=start, end=end, kind=kind, party=party or reservation.share_id),
    )


def assignment_put(*, reservation: Reservation, room: Room, first: date, last: date) -> RoomAssignment:
    """Give a stay a room for the part ``[first, last)`` in place of what it has there; other nights keep theirs.

    The same room on the nights beside becomes one assignment, so that nobody gets it for the hours between.

    Raises:
        RoomTaken: somebody has the room in that time.

    Locks: the room, and those it had.
    """
    assignments_cut(reservation, first, last)
    beside = [
        row
        for row in active_assignments(reservation)
        if row.room_id == room.pk and (row.departure == first or row.arrival == last)
    ]
    if not beside:
        return assignment_make(reservation=reservation, room=room, first=first, last=last)
    kept, *others = beside
    for row in others:
        assignment_release(row)
    _set_dates(
        reservation,
        kept,
        min(first, kept.arrival),
        max([last, *(row.departure for row in beside)]),
    )
    return kept


def assignments_cut(reservation: Reservation, first: date, last: date) -> list[RoomAssignment]:
    """Give the rooms of the part ``[first, last)`` back; what lies before and after keeps its room.

    Returns:
        The assignments that were given back or shortened; empty when the part had no room.

    Locks: the rooms.
    """
    cut = [
        row
        for row in active_assignments(reservation)
        if reservation.is_day_use or (row.arrival < last and first < row.departure)
    ]
    for row in cut:
        past = row.departure
        if first <= row.arrival and past <= last:
            assignment_release(row)
        elif row.arrival < first:
            _set_dates(reservation, row, row.arrival, first)
            if last < past:
                assignment_make(reservation=reservation, room=row.room, first=last, last=past)
        else:
            _set_dates(reservation, row, last, past)
    return cut


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


def assignments_follow(
    reservation: Reservation, *, was: tuple[date, date], type_changed: bool = False
) -> list[RoomAssignment]:
    """Make the rooms follow an amended stay.

    The room of the first and that of the last night follow the dates; nights without a room stay without one.
    A room of another type, or one that is taken on the new dates, is given back: the stay is then without a
    room again. A locked room is never given back silently; a guest in house keeps the room until he is moved.

    Args:
        reservation: as it is now.
        was: its arrival and departure before.
        type_changed: the rooms are of another type than what is sold now.

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
        raise Conflict(_("The room is locked. Unlock it before changing the type."), code="room_locked")
    if type_changed and not is_here:
        return assignments_release(reservation)
    given_back = []
    for assignment in assignments:
        is_first, is_last = assignment.arrival == was[0], assignment.departure == was[1]
        first = reservation.arrival if is_first else max(assignment.arrival, reservation.arrival)
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


def _set_dates(reservation: Reservation, assignment: RoomAssignment, first: date, last: date) -> None:
    """Give an assignment other dates; its claim keeps the instant of a side that stays."""
    start, end = instants_of(reservation, first, last)
    if assignment.occupancy is not None:
        claim_move(
            occupancy=assignment.occupancy,
            start=start if first != assignment.arrival else None,
            end=end if last != assignment.departure else None,
        )
    assignment.arrival, assignment.departure = first, last
    assignment.save(update_fields=["arrival", "departure", "updated_at"])
