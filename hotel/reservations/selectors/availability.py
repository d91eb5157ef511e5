"""What can be sold, why not more, and what else could be offered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from moneyed import Money

from hotel.properties.models import Property
from hotel.rates.domain.quotes import Occupancy, StayQuote
from hotel.rates.selectors.quotes import quotes_search
from hotel.reservations.domain.stays import nights_between
from hotel.reservations.selectors.day_use import day_use_sellable
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import sellable

NEARBY_DAYS = 7

# As SQL, because the ORM takes longer to compose it than the database to answer, for each question of each guest.
TYPES_SOLD_SQL = """
    SELECT * FROM rooms_roomtype
     WHERE property_id = %(property)s AND is_active
       AND (%(types)s::bigint[] IS NULL OR id = ANY (%(types)s::bigint[]))
     ORDER BY sort_order, code
"""


@dataclass(frozen=True, slots=True)
class TypeAvailability:
    """One room type over the nights asked for.

    Attributes:
        nights: night to rooms ≥ 0 that can still be sold.
        sellable: rooms that can be sold for the whole stay.
        min_price: lowest total of a sellable offer, all nights and taxes; None when not asked or none.
    """

    room_type: RoomType
    nights: Mapping[date, int]
    sellable: int
    min_price: Money | None = None


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What could be offered instead: other types on the same nights, the same type on nearby nights.

    Attributes:
        room_types: other types with rooms for the whole stay, most rooms first.
        dates: room type id to arrivals within ``NEARBY_DAYS`` that have rooms, nearest first.
    """

    room_types: list[TypeAvailability] = field(default_factory=list)
    dates: dict[int, list[date]] = field(default_factory=dict)


def types_sold(property_id: int, room_type_ids: Collection[int] | None = None) -> list[RoomType]:
    """The active room types of a property, in their order."""
    wanted = None if room_type_ids is None else list(room_type_ids)
    return list(RoomType.objects.raw(TYPES_SOLD_SQL, {"property": property_id, "types": wanted}))


def availability(
    place: Property,
    arrival: date,
    departure: date,
    *,
    room_type_ids: Collection[int] | None = None,
    occupancy: Occupancy | None = None,
) -> list[TypeAvailability]:
    """Rooms of each active type that can be sold on the nights ``[arrival, departure)``.

    Args:
        place: the property.
        arrival: first night.
        departure: the day after the last night.
        room_type_ids: only these; all active ones when None.
        occupancy: adds the lowest price for this party, and leaves out types that do not take it.

    Returns:
        One entry per type in the types' order; a constant number of queries.
    """
    types = [row for row in types_sold(place.pk, room_type_ids) if occupancy is None or takes(row, occupancy)]
    ids = [row.pk for row in types]
    found = sellable(place.pk, arrival, departure, ids)
    prices = _lowest(place, arrival, departure, occupancy, ids) if occupancy is not None else {}
    nights = nights_between(arrival, departure)
    return [_entry(row, found.get(row.pk, {}), nights, prices.get(row.pk)) for row in types]


def day_use_availability(
    place: Property,
    day: date,
    hours: tuple[time, time],
    *,
    room_type_ids: Collection[int] | None = None,
    occupancy: Occupancy | None = None,
) -> list[TypeAvailability]:
    """Rooms of each active type that day use can have in some hours of a day.

    Args:
        place: the property.
        day: business date.
        hours: from and to on the property's clock.
        room_type_ids: only these; all active ones when None.
        occupancy: as in ``availability``.

    Returns:
        One entry per type in the types' order, the day as its only night; a constant number of queries.
    """
    types = [row for row in types_sold(place.pk, room_type_ids) if occupancy is None or takes(row, occupancy)]
    found = day_use_sellable(place, day, hours, types)
    ids = list(found)
    prices = _lowest(place, day, day, occupancy, ids, hours) if occupancy is not None else {}
    return [_entry(row, {day: found[row.pk]}, [day], prices.get(row.pk)) for row in types]


def takes(room_type: RoomType, occupancy: Occupancy) -> bool:
    """Whether the party fits into a room of the type."""
    return (
        occupancy.adults <= room_type.max_adults
        and occupancy.child_count <= room_type.max_children
        and occupancy.persons <= room_type.max_occupancy
    )


def alternatives(
    place: Property, arrival: date, departure: date, *, room_type_id: int | None = None, rooms: int = 1
) -> Alternatives:
    """What to offer when a stay is sold out: other types then, and the same length of stay nearby.

    Args:
        place: the property.
        arrival: first night.
        departure: the day after the last night.
        room_type_id: the type wished for; None looks at all types.
        rooms: how many rooms are needed.

    Returns:
        Alternatives from one read of the counters; rates and restrictions are not looked at.
    """
    span = (departure - arrival).days
    first = max(place.business_date, arrival - timedelta(days=NEARBY_DAYS))
    types = types_sold(place.pk)
    found = sellable(place.pk, first, departure + timedelta(days=NEARBY_DAYS), [row.pk for row in types])
    nights = nights_between(arrival, departure)
    entries = [_entry(row, found.get(row.pk, {}), nights, None) for row in types if row.pk != room_type_id]
    shifts = sorted(range(-NEARBY_DAYS, NEARBY_DAYS + 1), key=lambda shift: (abs(shift), shift))
    dates: dict[int, list[date]] = {}
    for row in types:
        if room_type_id not in (None, row.pk):
            continue
        free = found.get(row.pk, {})
        starts = [arrival + timedelta(days=shift) for shift in shifts if shift]
        dates[row.pk] = [
            start
            for start in starts
            if start >= first
            and all(free.get(start + timedelta(days=step), 0) >= rooms for step in range(span))
        ]
    others = sorted(
        (entry for entry in entries if entry.sellable >= rooms), key=lambda entry: -entry.sellable
    )
    return Alternatives(others, {key: days for key, days in dates.items() if days})


def _entry(
    room_type: RoomType, free: Mapping[date, int], nights: Collection[date], price: Money | None
) -> TypeAvailability:
    by_night = {night: free.get(night, 0) for night in nights}
    return TypeAvailability(room_type, by_night, min(by_night.values(), default=0), price)


def _lowest(
    place: Property,
    arrival: date,
    departure: date,
    occupancy: Occupancy,
    ids: Collection[int],
    hours: tuple[time, time] | None = None,
) -> dict[int, Money]:
    quotes: list[StayQuote] = quotes_search(
        place=place,
        arrival=arrival,
        departure=departure,
        occupancy=occupancy,
        booked_on=place.business_date,
        room_type_ids=list(ids),
        hours=hours,
    )
    lowest: dict[int, Money] = {}
    for quote in quotes:
        if quote.is_sellable and (
            quote.room_type_id not in lowest or quote.total < lowest[quote.room_type_id]
        ):
            lowest[quote.room_type_id] = quote.total
    return lowest
