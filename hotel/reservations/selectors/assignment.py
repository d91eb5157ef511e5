"""The rooms and stays of a span as the assignment problem sees them: eight queries, whatever the size."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum

from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.domain.assignment import RoomOption, StayRequest
from hotel.reservations.domain.occupancy import HouseTimes, uncovered
from hotel.reservations.domain.stays import MUST_HAVE
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.occupancies import instants_of
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room, RoomOccupancy, RoomType

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def minutes(moment: datetime) -> int:
    """Minutes since a fixed epoch."""
    return int((moment - EPOCH).total_seconds() // 60)


def instant(minute: int) -> datetime:
    """The instant so many minutes after the epoch."""
    return EPOCH + timedelta(minutes=minute)


def room_type_ids_of(room_type: RoomType) -> tuple[int, ...]:
    """The physical types a sold type is served by: a virtual type by its base."""
    if room_type.kind == RoomTypeKind.VIRTUAL and room_type.base_type_id:
        return (room_type.base_type_id,)
    return (room_type.pk,)


def rooms_of(place: Property, first: date, last: date, room_type_ids: Collection[int]) -> list[Room]:
    """Rooms of these types that are open on some of the days ``[first, last]``, by number."""
    return list(
        Room.objects.at(place.pk)
        .filter(room_type_id__in=room_type_ids, opened_on__lte=last)
        .filter(Q(closed_on=None) | Q(closed_on__gt=first))
        .prefetch_related("features", "parts", "connects_to")
        .order_by("number", "pk")
    )


def placed_stays(
    place: Property, start: datetime, end: datetime, rooms: Collection[int]
) -> list[RoomAssignment]:
    """Active assignments that touch ``[start, end)`` in these rooms."""
    return list(
        RoomAssignment.objects.at(place.pk)
        .filter(
            room_id__in=rooms, released_at=None, occupancy__starts_at__lt=end, occupancy__ends_at__gt=start
        )
        .select_related("reservation", "occupancy", "room")
        .order_by("pk")
    )


def room_options(
    place: Property, rooms: Sequence[Room], stays: Collection[StayRequest], movable: Collection[int] = ()
) -> list[RoomOption]:
    """Rooms with the spans in which they are not to be had while the stays last.

    Args:
        place: the property.
        rooms: with their features and parts.
        stays: the question; what is taken before the first or after the last of them is not read.
        movable: ids of claims that the question may move: they take nothing.

    Returns:
        One option per room. Taken is a room by claims of others (stays, maintenance), a suite also by those of its
        parts, and any room before it opens and after it closes.
    """
    if not stays:
        return []
    first, past = min(stay.start for stay in stays), max(stay.end for stay in stays)
    parts = {room.pk: tuple(part.part_id for part in room.parts.all()) for room in rooms}
    known = {*parts, *(part for ids in parts.values() for part in ids)}
    taken = (
        RoomOccupancy.objects.at(place.pk).filter(room_id__in=known).touching(instant(first), instant(past))
    )
    busy: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in taken.exclude(pk__in=movable).exclude(part_of__in=movable):
        busy[row.room_id].append((minutes(row.during.lower), minutes(row.during.upper)))
    return [
        RoomOption(
            id=room.pk,
            room_type_id=room.room_type_id,
            features=frozenset(feature.code for feature in room.features.all()),
            busy=tuple(
                sorted(
                    [
                        *_not_open(place, room, first, past),
                        *(span for pk in (room.pk, *parts[room.pk]) for span in busy[pk]),
                    ]
                )
            ),
            parts=parts[room.pk],
            connects=frozenset(other.pk for other in room.connects_to.all()),
            floor=room.floor_id,
        )
        for room in rooms
    ]


def _not_open(place: Property, room: Room, first: int, past: int) -> list[tuple[int, int]]:
    """The spans of ``[first, past)`` before a room opens and after it closes, at check-in and check-out time."""
    spans = []
    opens = minutes(local_instant(place, room.opened_on, place.check_in_time))
    if opens > first:
        spans.append((first, opens))
    if room.closed_on is not None:
        closes = minutes(local_instant(place, room.closed_on, place.check_out_time))
        if closes < past:
            spans.append((max(closes, first), past))
    return spans


def wishes_of(reservation: Reservation) -> dict[str, Any]:
    """What a stay wants of its room: features of full weight bind, the others count."""
    wishes: dict[str, int] = reservation.room_wishes
    return {
        "required": frozenset(code for code, weight in wishes.items() if weight >= MUST_HAVE),
        "preferred": {code: weight for code, weight in wishes.items() if weight < MUST_HAVE},
    }


@dataclass(frozen=True)
class StayPart:
    """A part ``[arrival, departure)`` of a stay that asks for a room, or has one."""

    reservation: Reservation
    arrival: date
    departure: date
    held: RoomAssignment | None = None


Held = Mapping[int, Sequence[RoomAssignment]]


def rooms_held(reservations: Iterable[Reservation]) -> dict[int, list[RoomAssignment]]:
    """The rooms that stays have now by reservation id, in date order; one query."""
    found: dict[int, list[RoomAssignment]] = {row.pk: [] for row in reservations}
    rows = RoomAssignment.objects.filter(reservation__in=list(found), released_at=None)
    for row in rows.select_related("room", "occupancy", "reservation").order_by(
        "reservation_id", "arrival", "pk"
    ):
        found[row.reservation_id].append(row)
    return found


def open_parts(reservation: Reservation, held: Held) -> list[StayPart]:
    """The parts of a stay that have no room, in date order."""
    spans = [(row.arrival, row.departure) for row in held[reservation.pk]]
    return [
        StayPart(reservation, first, last)
        for first, last in uncovered(reservation.arrival, reservation.departure, spans)
    ]


def companions(parts: Collection[StayPart]) -> list[RoomAssignment]:
    """The rooms that stays of the same bookings have; one query."""
    bookings = {part.reservation.booking_id for part in parts}
    rows = RoomAssignment.objects.filter(reservation__booking__in=bookings, released_at=None)
    return list(rows.select_related("room", "reservation").order_by("pk"))


def request_of_part(
    number: int, part: StayPart, times: HouseTimes, held: Held, near: Iterable[RoomAssignment]
) -> StayRequest:
    """What a part of a stay asks of the assignment: as it holds a room, or as one without.

    Args:
        number: its id in the question.
        part: with the room it holds, if it holds one.
        times: of the house.
        held: the rooms of the stay, by reservation id.
        near: the rooms that stays of its booking have, see ``companions``.
    """
    if part.held is not None:
        return replace(request_of_assignment(part.held), id=number)
    start, end = instants_of(part.reservation, part.arrival, part.departure, times)
    mine = held[part.reservation.pk]
    beside = (row for row in mine if part.arrival == row.departure or part.departure == row.arrival)
    others = (
        row
        for row in near
        if row.reservation.booking_id == part.reservation.booking_id
        and row.reservation_id != part.reservation.pk
        and row.arrival < part.departure
        and part.arrival < row.departure
    )
    return StayRequest(
        id=number,
        start=minutes(start),
        end=minutes(end),
        room_type_ids=room_type_ids_of(part.reservation.room_type),
        beside=frozenset(row.room_id for row in beside),
        companions={row.room_id: row.room.floor_id for row in others},
        **wishes_of(part.reservation),
    )


def request_of_assignment(assignment: RoomAssignment) -> StayRequest:
    """A stay that holds a room; locked ones and guests in house stay where they are."""
    reservation = assignment.reservation
    fixed = (
        assignment.is_locked
        or reservation.is_room_locked
        or reservation.status != ReservationStatus.CONFIRMED
        or (assignment.arrival, assignment.departure) != (reservation.arrival, reservation.departure)
    )
    during = assignment.occupancy.during  # type: ignore[union-attr]
    return StayRequest(
        id=reservation.pk,
        start=minutes(during.lower),
        end=minutes(during.upper),
        room_type_ids=(assignment.room.room_type_id,),
        **wishes_of(reservation),
        room_id=assignment.room_id,
        is_movable=not fixed,
    )


def unassigned(
    place: Property, first: date, last: date, ids: Collection[int] | None = None
) -> list[Reservation]:
    """Confirmed stays with nights that have no room, which arrive in ``[first, last)``, by arrival and id."""
    length = ExpressionWrapper(F("departure") - F("arrival"), DurationField())
    held = RoomAssignment.objects.filter(reservation=OuterRef("pk"), released_at=None).order_by()
    rows = (
        Reservation.objects.at(place.pk)
        .filter(status=ReservationStatus.CONFIRMED, arrival__gte=first, arrival__lt=last)
        .annotate(roomed=Subquery(held.values("reservation").annotate(sum=Sum(length)).values("sum")))
        .filter(Q(roomed=None) | Q(roomed__lt=length))
        .select_related("property", "room_type", "booking")
        .order_by("arrival", "pk")
    )
    return list(rows.filter(pk__in=ids) if ids is not None else rows)


def local_window(first: date, last: date) -> tuple[datetime, datetime]:
    """Instants that surely enclose the local days ``[first, last]``, whatever the zone."""
    return (
        datetime.combine(first - timedelta(days=1), time(0), UTC),
        datetime.combine(last + timedelta(days=2), time(0), UTC),
    )
