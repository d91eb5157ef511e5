"""A group block as a grid: room types by nights, each number through one lens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from moneyed import Money

from hotel.reservations.models import BlockNight, GroupBlock
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

    ``picked_up`` is the room nights booked from it, whatever the lens.
    """

    nights: list[date]
    rows: list[BlockRow]
    totals: list[int]
    total: int | None
    picked_up: int = 0


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
    taken = sum(cell.picked_up for of in cells.values() for cell in of.values())
    if lens == RATE:
        found = [
            BlockRow(kind, [of[night].price if night in of else None for night in nights], None)
            for kind, of in cells.items()
        ]
        return BlockGrid(nights, found, [], None, taken)
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
        taken,
    )
