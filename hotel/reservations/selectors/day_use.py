"""Day use between the nights: how many rooms of each type are free in some hours of a day."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef

from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.reservations.domain.assignment import StayRequest
from hotel.reservations.domain.occupancy import HouseTimes, day_use_span, most_at_once
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.assignment import minutes, room_options, room_type_ids_of, rooms_of
from hotel.reservations.selectors.occupancies import house_times, instants_of
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import day_sellable


def day_use_sellable(
    place: Property, day: date, hours: tuple[time, time], types: Sequence[RoomType]
) -> dict[int, int]:
    """Rooms of each type that day use can have in some hours of a day; a constant number of queries.

    Args:
        place: the property.
        day: business date.
        hours: from and to on the property's clock, on the same day; the turn time is added.
        types: which types.

    Returns:
        Type id to rooms ≥ 0: what the day-use pool has left, and no more than ``rooms_by_clock``.
    """
    pool = day_sellable(place.pk, day, [row.pk for row in types])
    by_clock = rooms_by_clock(place, day, hours, types)
    return {pk: max(0, min(pool.get(pk, 0), left)) for pk, left in by_clock.items()}


def rooms_by_clock(
    place: Property, day: date, hours: tuple[time, time], types: Sequence[RoomType]
) -> dict[int, int]:
    """Rooms of each type that are empty in all of these hours, less those that stays without a room need then.

    What is shown (``day_use_sellable``) and what is sold (``services.day_use``) both ask this. Below zero, nights were
    sold over day use: they take precedence.

    Args:
        place: the property.
        day: business date.
        hours: from and to on the property's clock, on the same day; the turn time is added.
        types: which types.
    """
    times = house_times(place)
    span = day_use_span(day, *hours, times)
    start = local_instant(place, span.start_day, span.start_at)
    end = local_instant(place, span.end_day, span.end_at)
    served = {row.pk: room_type_ids_of(row)[0] for row in types}
    rooms = rooms_of(place, day, day, set(served.values()))
    question = StayRequest(id=0, start=minutes(start), end=minutes(end), room_type_ids=())
    empty = Counter(
        option.room_type_id for option in room_options(place, rooms, [question]) if not option.busy
    )
    needed = _needed(place, day, start, end, times)
    return {pk: empty[type_id] - needed.get(type_id, 0) for pk, type_id in served.items()}


def _needed(place: Property, day: date, start: datetime, end: datetime, times: HouseTimes) -> dict[int, int]:
    """Rooms of each physical type that the stays without a room need in ``[start, end)``."""
    placed = RoomAssignment.objects.filter(reservation=OuterRef("pk"), released_at=None)
    stays = Reservation.objects.at(place.pk).taking_inventory()
    rows = stays.touching(day - timedelta(days=1), day + timedelta(days=1)).exclude(Exists(placed))
    spans: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in rows.select_related("property", "room_type"):
        first, last = instants_of(row, row.arrival, row.departure, times)
        if first < end and last > start:
            spans[room_type_ids_of(row.room_type)[0]].append((max(first, start), min(last, end)))
    return {type_id: most_at_once(of_type) for type_id, of_type in spans.items()}
