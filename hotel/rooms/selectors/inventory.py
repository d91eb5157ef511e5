"""What can be sold: read from the counters, per type and night. Source: docs/algorithms/availability.md."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from hotel.rooms.domain.vectors import Counter, limiting
from hotel.rooms.domain.vectors import sellable as tightest
from hotel.rooms.models import InventoryNight, RoomTypeConsumption


@dataclass(frozen=True, slots=True)
class NightCount:
    """The counters of one night of a type, or of the house.

    Attributes:
        room_type_id: None for the house.
        night: business date.
        capacity … day_limit: rooms, each ≥ 0.
    """

    room_type_id: int | None
    night: date
    capacity: int
    out_of_order: int
    overbooking: int
    sold: int
    blocked: int
    held: int
    day_sold: int
    day_limit: int

    @property
    def empty(self) -> int:
        """Rooms in order that nobody has bought: capacity − out of order − sold."""
        return self.capacity - self.out_of_order - self.sold

    @property
    def free(self) -> int:
        """Rooms this counter has left: capacity + overbooking − out of order − sold − blocked − held."""
        return self.capacity + self.overbooking - self.out_of_order - self.sold - self.blocked - self.held


@dataclass(frozen=True, slots=True)
class NightExplained:
    """Why so many of a type can be sold on a night.

    Attributes:
        sellable: rooms ≥ 0; 0 as well when the night is not open.
        is_open: every counter of the vector exists.
        limited_by: the counters that set the limit; None is the house.
        count: the type's own counters; None when not open.
        house: the house's counters; None when not open.
    """

    room_type_id: int
    night: date
    sellable: int
    is_open: bool
    limited_by: tuple[Counter, ...]
    count: NightCount | None
    house: NightCount | None


def night_counts(
    property_id: int, start: date, end: date, room_type_ids: Collection[int] | None = None
) -> list[NightCount]:
    """The counters of the nights [start, end): one row per night for the house and each type, in that order.

    Args:
        property_id: the property.
        start: first night.
        end: the day after the last night.
        room_type_ids: only these types; the house comes in any case.
    """
    rows = InventoryNight.objects.at(property_id).filter(night__gte=start, night__lt=end)
    counts = (
        NightCount(*row)
        for row in rows.order_by().values_list(
            "room_type_id",
            "night",
            "capacity",
            "out_of_order",
            "overbooking",
            "sold",
            "blocked",
            "held",
            "day_sold",
            "day_limit",
        )
    )
    wanted = None if room_type_ids is None else {None, *room_type_ids}
    kept = (count for count in counts if wanted is None or count.room_type_id in wanted)
    return sorted(kept, key=lambda count: (count.night, count.room_type_id or 0))


def night_counts_foreseen(property_id: int, start: date, end: date) -> list[NightCount]:
    """As ``night_counts``, and for nights that are not open what they would hold if they were opened now.

    One query; overbooking allowances of the house are not foreseen.
    """
    with connection.cursor() as cursor:
        cursor.execute(FORESEEN_SQL, {"property": property_id, "start": start, "end": end})
        rows = cursor.fetchall()
    return [NightCount(*row) for row in rows]


def opened_nights(property_id: int) -> tuple[date, date] | None:
    """The run [first, past) of nights the property has opened for sale; None before the first."""
    found = InventoryNight.objects.at(property_id).aggregate(first=Min("night"), last=Max("night"))
    if found["first"] is None:
        return None
    return found["first"], found["last"] + timedelta(days=1)


FORESEEN_SQL = """
    SELECT nullif(counted.counter, 0), counted.night,
           coalesce(night.capacity, counted.capacity), coalesce(night.out_of_order, counted.out_of_order),
           coalesce(night.overbooking, 0), coalesce(night.sold, 0), coalesce(night.blocked, 0),
           coalesce(night.held, 0), coalesce(night.day_sold, 0), coalesce(night.day_limit, counted.day_limit)
      FROM rooms_inventory_counted(%(property)s, %(start)s, %(end)s) AS counted
      LEFT JOIN rooms_inventorynight AS night
        ON night.property_id = %(property)s AND night.night = counted.night
       AND coalesce(night.room_type_id, 0) = counted.counter
     ORDER BY counted.night, counted.counter
"""
# One row per type and night: the tightest counter of the vector; a vector with a missing counter holds nothing.
# The outer join keeps types of which no night is open: their row has no night.
SELLABLE_SQL = """
    SELECT vector.room_type_id, night.night,
           CASE WHEN count(*) = vector.counters
                THEN greatest(0, min((night.capacity + night.overbooking - night.out_of_order
                                      - night.sold - night.blocked - night.held) / vector.quantity)) ELSE 0 END,
           CASE WHEN count(*) = vector.counters
                THEN greatest(0, min((night.day_limit - night.day_sold) / vector.quantity)) ELSE 0 END
      FROM (SELECT room_type_id, coalesce(counter_type_id, 0) AS counter, quantity,
                   count(*) OVER (PARTITION BY room_type_id) AS counters
              FROM rooms_roomtypeconsumption
             WHERE property_id = %(property)s AND quantity > 0
               AND (%(types)s::bigint[] IS NULL OR room_type_id = ANY (%(types)s::bigint[]))) AS vector
      LEFT JOIN rooms_inventorynight AS night
        ON night.property_id = %(property)s AND night.night >= %(start)s AND night.night < %(end)s
       AND coalesce(night.room_type_id, 0) = vector.counter
     GROUP BY vector.room_type_id, night.night, vector.counters
"""


def sellable(
    property_id: int, start: date, end: date, room_type_ids: Collection[int] | None = None
) -> dict[int, dict[date, int]]:
    """Rooms of each type that can still be sold per night of [start, end), one query.

    Returns:
        Type id to night to rooms ≥ 0, each night of the run; 0 where a night is not open. Types that can never be sold
        (pseudo) are missing.
    """
    return _by_type(property_id, start, end, room_type_ids)[0]


def day_sellable(property_id: int, day: date, room_type_ids: Collection[int] | None = None) -> dict[int, int]:
    """Day-use stays of each type that can still be sold on a business date. Returns type id to rooms ≥ 0."""
    found = _by_type(property_id, day, day + timedelta(days=1), room_type_ids)[1]
    return {type_id: by_day[day] for type_id, by_day in found.items()}


def sellable_min(
    property_id: int, start: date, end: date, room_type_ids: Collection[int] | None = None
) -> dict[int, int]:
    """Rooms of each type that can be sold for a stay over all nights of [start, end). Returns type id to rooms ≥ 0."""
    found = sellable(property_id, start, end, room_type_ids)
    return {type_id: min(by_night.values(), default=0) for type_id, by_night in found.items()}


def vectors(property_id: int, room_type_ids: Collection[int] | None = None) -> dict[int, dict[Counter, int]]:
    """The consumption vector of each type, own counter first, house last; empty for pseudo types."""
    rows = RoomTypeConsumption.objects.at(property_id)
    if room_type_ids is not None:
        rows = rows.filter(room_type_id__in=room_type_ids)
    found: dict[int, dict[Counter, int]] = defaultdict(dict)
    for type_id, counter, quantity in rows.order_by("pk").values_list(
        "room_type_id", "counter_type_id", "quantity"
    ):
        entries = found[type_id]
        if quantity:
            entries[counter] = quantity
    return dict(found)


def availability_explained(
    property_id: int, start: date, end: date, room_type_ids: Collection[int] | None = None
) -> list[NightExplained]:
    """Why so many of each type can be sold on each night of [start, end): two queries.

    Returns:
        One row per type (but pseudo ones) and night, by type id and night.
    """
    found: dict[date, dict[Counter, NightCount]] = defaultdict(dict)
    for count in night_counts(property_id, start, end):
        found[count.night][count.room_type_id] = count
    consumptions = vectors(property_id, room_type_ids)
    return [
        _explained(type_id, consumptions[type_id], night, found.get(night, {}))
        for type_id in sorted(consumptions)
        if consumptions[type_id]
        for night in _nights(start, end)
    ]


def _explained(
    type_id: int, consumption: dict[Counter, int], night: date, counts: dict[Counter, NightCount]
) -> NightExplained:
    free = {counter: count.free for counter, count in counts.items()}
    return NightExplained(
        room_type_id=type_id,
        night=night,
        sellable=tightest(consumption, free),
        is_open=all(counter in counts for counter in consumption),
        limited_by=tuple(limiting(consumption, free)),
        count=counts.get(type_id),
        house=counts.get(None),
    )


def _by_type(
    property_id: int, start: date, end: date, room_type_ids: Collection[int] | None
) -> tuple[dict[int, dict[date, int]], dict[int, dict[date, int]]]:
    types = sorted(room_type_ids) if room_type_ids is not None else None
    values: dict[str, Any] = {"property": property_id, "start": start, "end": end, "types": types}
    with connection.cursor() as cursor:
        cursor.execute(SELLABLE_SQL, values)
        rows = cursor.fetchall()
    closed = dict.fromkeys(_nights(start, end), 0)
    by_night = {row[0]: closed.copy() for row in rows}
    by_day = {row[0]: closed.copy() for row in rows}
    for type_id, night, rooms, day_rooms in rows:
        if night is not None:
            by_night[type_id][night] = rooms
            by_day[type_id][night] = day_rooms
    return by_night, by_day


def _nights(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=step) for step in range((end - start).days))
