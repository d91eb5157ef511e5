"""The physical room of stays that share one: all get the same, by claims of one party."""

from collections.abc import Iterable, Sequence
from datetime import date

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.words import _
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment, RoomShare
from hotel.reservations.selectors.assignment import StayPart, rooms_held
from hotel.reservations.selectors.sharing import SHARING
from hotel.reservations.services.occupancies import assignment_make, assignment_release
from hotel.reservations.services.shares import mates_locked
from hotel.rooms.models import Room
from hotel.rooms.services.occupancy import claims_join, rooms_lock

Span = tuple[Room, date, date]


def rooms_together(members: Sequence[Reservation], share: RoomShare) -> None:
    """Give all who are to share the room that one of them has: a guest in house before others, else the first.

    Where the leading stay moves, all move with it. Without a room among them there is nothing to give.

    Args:
        members: locked, in their order.
        share: theirs; its claims may overlap.

    Raises:
        Conflict: ``rooms_differ``, ``room_locked``. RoomTaken: the room is not free on all nights of all.

    Locks: the rooms.
    """
    members = [member for member in members if member.status in SHARING]
    held = rooms_held(members)
    rooms_lock(room_ids=[row.room_id for rows in held.values() for row in rows])
    leading = _leading(members, held)
    if leading is None:
        return
    claims = [row.occupancy for row in held[leading.pk] if row.occupancy is not None]
    spans = [(row.room, row.arrival, row.departure) for row in held[leading.pk]]
    for member in members:
        if member.pk == leading.pk:
            continue
        wanted = _clipped(spans, member)
        if _as_wanted(wanted, held[member.pk]):
            claims += [row.occupancy for row in held[member.pk] if row.occupancy is not None]
            continue
        _give_up(member, held[member.pk])
        claims_join(occupancies=claims, party=share.pk)
        for room, first, last in wanted:
            assignment_make(reservation=member, room=room, first=first, last=last, party=share.pk)
    claims_join(occupancies=claims, party=share.pk)


def rooms_part(leaving: Reservation, others: Sequence[Reservation]) -> None:
    """Leave the room to a guest in house, or else to the others; who loses it has none for the time being.

    Locks: the rooms.
    """
    members = [leaving, *(other for other in others if other.status in SHARING)]
    held = rooms_held(members)
    rooms_lock(room_ids=[row.room_id for rows in held.values() for row in rows])
    losing = members[1:] if leaving.status == ReservationStatus.IN_HOUSE else [leaving]
    kept = [row for one in members if one not in losing for row in held[one.pk]]
    for one in losing:
        for row in held[one.pk]:
            if any(_meet(row, other) for other in kept):
                assignment_release(row)


def _leading(members: Sequence[Reservation], held: dict[int, list[RoomAssignment]]) -> Reservation | None:
    here = [member for member in members if member.status == ReservationStatus.IN_HOUSE]
    today = members[0].property.business_date
    rooms = {row.room_id for one in here for row in held[one.pk] if row.arrival <= today < row.departure}
    if len(rooms) > 1:
        text = _("Two of them are in house in different rooms. Check one of them out, or move him first.")
        raise Conflict(text, code="rooms_differ")
    roomed = [member for member in members if held[member.pk]]
    return next((one for one in here if held[one.pk]), next(iter(roomed), None))


def _clipped(spans: Sequence[Span], stay: Reservation) -> list[Span]:
    """The leading stay's rooms on the nights of another; before and after it, the first and the last of them."""
    wanted: list[Span] = []
    for number, (room, first, last) in enumerate(spans):
        begin = stay.arrival if number == 0 else max(first, stay.arrival)
        end = stay.departure if number == len(spans) - 1 else min(last, stay.departure)
        if begin < end:
            wanted.append((room, begin, end))
    return wanted


def _as_wanted(wanted: Iterable[Span], rows: Iterable[RoomAssignment]) -> bool:
    return list(wanted) == [(row.room, row.arrival, row.departure) for row in rows]


def _give_up(stay: Reservation, rows: Sequence[RoomAssignment]) -> None:
    if rows and stay.status == ReservationStatus.IN_HOUSE:
        raise Conflict(
            _("%(stay)s is in house and moves later: change the plan first.") % {"stay": stay.number},
            code="rooms_differ",
        )
    if rows and (stay.is_room_locked or any(row.is_locked for row in rows)):
        raise Conflict(
            _("The room of %(stay)s is locked. Unlock it first.") % {"stay": stay.number}, code="room_locked"
        )
    for row in rows:
        assignment_release(row)


def _meet(one: RoomAssignment, other: RoomAssignment) -> bool:
    return one.room_id == other.room_id and one.arrival < other.departure and other.arrival < one.departure


def mates_to_room(part: StayPart, room: Room | None, *, is_upgrade: bool = False) -> list[StayPart]:
    """The parts of those who share a room with a locked stay that follow when it gets one, or loses it.

    Args:
        part: of the stay.
        room: the one it gets; None when it loses its.
        is_upgrade: to another type, which a shared room does not go to.

    Raises:
        RuleBroken: one of them is in house, in another room, or it would lose its (``room_shared``).
        Conflict: the room of one of them is locked (``room_locked``).

    Locks: those who share the room.
    """
    stay = part.reservation
    mates = [mate for mate in mates_locked(stay) if mate.status in SHARING]
    if not mates:
        return []
    if is_upgrade:
        raise RuleBroken(_("The room is shared. Let the stay leave it first."), code="room_shared")
    here = [mate for mate in mates if mate.status == ReservationStatus.IN_HOUSE]
    since = max(part.arrival, stay.property.business_date)
    for row in (row for rows in rooms_held(here).values() for row in rows):
        if (
            row.arrival < part.departure
            and since < row.departure
            and (room is None or row.room_id != room.pk)
        ):
            text = _("%(reservation)s is in room %(room)s already, and they share it.") % {
                "reservation": row.reservation.number,
                "room": row.room.number,
            }
            raise RuleBroken(text, code="room_shared", extra={"room": row.room.number})
    if here:
        return []
    if locked := next((mate for mate in mates if mate.is_room_locked), None):
        raise Conflict(
            _("The room of %(number)s is locked. Unlock it first.") % {"number": locked.number},
            code="room_locked",
        )
    is_whole = (part.arrival, part.departure) == (stay.arrival, stay.departure)
    spans = [
        (mate, mate.arrival, mate.departure)
        if is_whole
        else (mate, max(mate.arrival, part.arrival), min(mate.departure, part.departure))
        for mate in mates
    ]
    return [StayPart(mate, first, last) for mate, first, last in spans if first < last]


def one_room(reservations: Iterable[Reservation]) -> None:
    """See that locked stays have the rooms of those they share with, on the nights that both have one.

    Raises:
        RuleBroken: they would be in different rooms (``room_shared``).
    """
    for stay in reservations:
        mates = [mate for mate in mates_locked(stay) if mate.status in SHARING]
        held = rooms_held([stay, *mates]) if mates else {}
        today = stay.property.business_date
        for row in held.get(stay.pk, ()):
            for other in (other for mate in mates for other in held[mate.pk]):
                first, past = max(row.arrival, other.arrival), min(row.departure, other.departure)
                if row.room_id != other.room_id and first < past and past > today:
                    text = _("%(stay)s and %(reservation)s share a room.") % {
                        "stay": stay.number,
                        "reservation": other.reservation.number,
                    }
                    raise RuleBroken(text, code="room_shared")
