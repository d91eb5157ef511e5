"""The rooms and stays of a span as the assignment problem sees them: five queries, whatever the size."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.domain.assignment import RoomOption, StayRequest
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room, RoomOccupancy, RoomType

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def minutes(moment: datetime) -> int:
    """Minutes since a fixed epoch."""
    return int((moment - EPOCH).total_seconds() // 60)


def room_type_ids_of(room_type: RoomType) -> tuple[int, ...]:
    """The physical types a sold type is served by: a virtual type by its base."""
    if room_type.kind == RoomTypeKind.VIRTUAL and room_type.base_type_id:
        return (room_type.base_type_id,)
    return (room_type.pk,)


def rooms_of(place: Property, first: date, last: date, room_type_ids: Collection[int]) -> list[Room]:
    """Rooms of these types that are open all the nights ``[first, last)``, by number."""
    return list(
        Room.objects.at(place.pk)
        .filter(room_type_id__in=room_type_ids, opened_on__lte=first)
        .filter(Q(closed_on=None) | Q(closed_on__gte=last))
        .prefetch_related("features")
        .order_by("number", "pk")
    )


def placed_stays(
    place: Property, start: datetime, end: datetime, rooms: Collection[int]
) -> list[RoomAssignment]:
    """Active assignments that touch ``[start, end)`` in these rooms."""
    return list(
        RoomAssignment.objects.at(place.pk)
        .filter(room_id__in=rooms, released_at=None, occupancy__during__overlap=(start, end))
        .select_related("reservation", "occupancy", "room")
        .order_by("pk")
    )


def room_options(place: Property, rooms: Sequence[Room], movable: Collection[int]) -> list[RoomOption]:
    """Rooms with the spans that are taken by anything that is not one of the given claims (blocks, others' stays)."""
    busy: dict[int, list[tuple[int, int]]] = defaultdict(list)
    taken = RoomOccupancy.objects.at(place.pk).filter(room_id__in=[room.pk for room in rooms])
    for row in taken.exclude(pk__in=movable):
        busy[row.room_id].append((minutes(row.during.lower), minutes(row.during.upper)))
    return [
        RoomOption(
            id=room.pk,
            room_type_id=room.room_type_id,
            features=frozenset(feature.code for feature in room.features.all()),
            busy=tuple(sorted(busy[room.pk])),
        )
        for room in rooms
    ]


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
        preferred=reservation.room_wishes,
        room_id=assignment.room_id,
        is_movable=not fixed,
    )


def unassigned(
    place: Property, first: date, last: date, ids: Collection[int] | None = None
) -> list[Reservation]:
    """Confirmed stays without a room that arrive in ``[first, last)``, by arrival and id."""
    rows = (
        Reservation.objects.at(place.pk)
        .filter(status=ReservationStatus.CONFIRMED, arrival__gte=first, arrival__lt=last)
        .exclude(assignments__released_at=None, assignments__isnull=False)
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
