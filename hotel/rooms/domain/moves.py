"""Moves: rooms of a type that go into or out of a bucket over a run of nights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hotel.rooms.domain.vectors import Counter


class Bucket(StrEnum):
    """What takes a room away from sale. Capacity and holds are recounted from the rooms, never moved."""

    SOLD = "sold"
    BLOCKED = "blocked"
    HELD = "held"
    DAY_SOLD = "day_sold"


@dataclass(frozen=True, slots=True)
class Move:
    """Rooms of a type on the nights [start, end) into a bucket; a negative quantity gives them back.

    Attributes:
        room_type_id: the type sold; its vector says which counters change.
        start: first night, business date.
        end: the day after the last night; for day use the day after the day.
        bucket: which counter.
        quantity: rooms, not zero.

    Raises:
        ValueError: no nights, or a quantity of zero.
    """

    room_type_id: int
    start: date
    end: date
    bucket: Bucket
    quantity: int

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"A move needs a night: {self.start}–{self.end}")
        if self.quantity == 0:
            raise ValueError("A move of zero rooms moves nothing")


def deltas(
    moves: Sequence[Move], vectors: Mapping[int, Mapping[Counter, int]]
) -> dict[tuple[Counter, date, Bucket], int]:
    """The net change of each counter, as ``rooms_inventory_move`` sums it; the specification for its tests.

    Args:
        moves: any order.
        vectors: the vector of each type that occurs.

    Returns:
        (counter, night, bucket) to change; entries that cancel out are left out.
    """
    net: dict[tuple[Counter, date, Bucket], int] = {}
    for move in moves:
        for counter, quantity in vectors[move.room_type_id].items():
            for step in range((move.end - move.start).days):
                key = (counter, move.start + timedelta(days=step), move.bucket)
                net[key] = net.get(key, 0) + quantity * move.quantity
    return {key: change for key, change in net.items() if change}
