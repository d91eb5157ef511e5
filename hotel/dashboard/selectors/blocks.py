"""A group block as a grid, room types by nights through a lens, and how it was picked up day by day."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce, TruncDate
from moneyed import Money

from hotel.reservations.choices import TAKES_INVENTORY
from hotel.reservations.models import BlockNight, GroupBlock, ReservationNight
from hotel.rooms.models import RoomType

LENSES: Mapping[str, Callable[[BlockNight], int]] = MappingProxyType(
    {
        "contracted": lambda cell: cell.contracted,
        "current": lambda cell: cell.current,
        "picked_up": lambda cell: cell.picked_up,
        "left": lambda cell: cell.current - cell.picked_up,
    }
)
RATE = "rate"


@dataclass(frozen=True)
class BlockRow:
    """A room type: a value for each night (None: not in the block), and their sum; rates have none."""

    room_type: RoomType
    values: list[int | Money | None]
    total: int | None


@dataclass(frozen=True)
class BlockGrid:
    """The nights of a block and its types; ``totals`` by night, and ``total`` of all, are empty for rates.

    ``contracted`` and ``picked_up`` are the room nights of the contract and those booked from it, whatever the lens.
    """

    nights: list[date]
    rows: list[BlockRow]
    totals: list[int]
    total: int | None
    contracted: int = 0
    picked_up: int = 0


@dataclass(frozen=True)
class PickUpDay:
    """Room nights of a block that were booked and given back on a day, and what was picked up at its end."""

    day: date
    booked: int
    given_back: int
    total: int


def block_grid(block: GroupBlock, lens: str) -> BlockGrid:
    """The grid of a block through a lens; one query, whatever its size.

    Args:
        block: the block.
        lens: one of ``LENSES``, or ``rate`` for the price of a room: None where it is the plan's.
    """
    nights = [block.arrival + timedelta(days=step) for step in range((block.departure - block.arrival).days)]
    cells: dict[RoomType, dict[date, BlockNight]] = {}
    rows = BlockNight.objects.filter(block=block).select_related("room_type")
    for cell in rows.order_by("room_type__sort_order", "room_type__code", "night"):
        cells.setdefault(cell.room_type, {})[cell.night] = cell
    every = [cell for of in cells.values() for cell in of.values()]
    sums = (sum(cell.contracted for cell in every), sum(cell.picked_up for cell in every))
    if lens == RATE:
        found = [
            BlockRow(kind, [of[night].price if night in of else None for night in nights], None)
            for kind, of in cells.items()
        ]
        return BlockGrid(nights, found, [], None, *sums)
    value = LENSES[lens]
    counted = {
        kind: [value(of[night]) if night in of else None for night in nights] for kind, of in cells.items()
    }
    totals = [sum(row[index] or 0 for row in counted.values()) for index in range(len(nights))]
    return BlockGrid(
        nights,
        [BlockRow(kind, [*row], sum(one or 0 for one in row)) for kind, row in counted.items()],
        totals,
        sum(totals),
        *sums,
    )


def pick_up_days(block: GroupBlock) -> list[PickUpDay]:
    """The days on which a block was picked up or given back to, ascending; one query.

    A stay counts with the nights of the grid that it has now, from the business date it was booked until the calendar
    day it was cancelled or missed. What was amended, or cancelled and reinstated, in between is not known here.
    """
    zone = block.property.zone
    is_over = ~Q(reservation__status__in=TAKES_INVENTORY)
    ended = Coalesce("reservation__cancelled_at", "reservation__no_show_at")
    cell = BlockNight.objects.filter(
        block=block, room_type=OuterRef("rate_room_type"), night=OuterRef("night")
    )
    rows = (
        ReservationNight.objects.filter(Exists(cell), reservation__block=block, holds_room=True)
        .annotate(ended_on=Case(When(is_over, then=TruncDate(ended, tzinfo=zone))))
        .exclude(is_over, ended_on=None)
        .order_by()
        .values_list("reservation__booked_on", "ended_on")
        .annotate(nights=Count("pk"))
    )
    booked: Counter[date] = Counter()
    given_back: Counter[date] = Counter()
    for booked_on, ended_on, nights in rows:
        booked[booked_on] += nights
        if ended_on is not None:
            given_back[max(booked_on, ended_on)] += nights
    found, total = [], 0
    for day in sorted({*booked, *given_back}):
        total += booked[day] - given_back[day]
        found.append(PickUpDay(day, booked[day], given_back[day], total))
    return found
