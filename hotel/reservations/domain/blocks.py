"""What a group block takes from the house, and what a pick-up takes from the block.

| control | takes rooms from the house | pick-up beyond the block |
|---|---|---|
| ``elastic`` | what is not picked up yet | from the house, while it has rooms |
| ``non_elastic`` | what is not picked up yet | refused |
| ``sell_limit`` | nothing | refused |

Source: features reference §1.3, §2.4 (c).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

DEDUCTING_STATUSES = frozenset({"tentative", "optional", "definite"})
PICKABLE_STATUSES = frozenset({"tentative", "definite"})
TRANSITIONS: Mapping[str, frozenset[str]] = {
    "inquiry": frozenset({"tentative", "optional", "definite", "waitlist", "lost", "refused"}),
    "waitlist": frozenset({"tentative", "optional", "definite", "lost", "refused"}),
    "optional": frozenset({"tentative", "definite", "lost", "cancelled"}),
    "tentative": frozenset({"optional", "definite", "lost", "cancelled"}),
    "definite": frozenset({"cancelled"}),
    "lost": frozenset({"inquiry"}),
    "refused": frozenset({"inquiry"}),
    "cancelled": frozenset({"inquiry"}),
}


@dataclass(frozen=True)
class Cell:
    """One cell of the grid: rooms promised now and rooms picked up."""

    room_type_id: int
    night: date
    current: int
    picked_up: int

    @property
    def unpicked(self) -> int:
        """Rooms still promised; an elastic block may be picked up beyond its promise."""
        return max(self.current - self.picked_up, 0)


def deducts(status: str, control: str, *, is_cut_off: bool) -> bool:
    """Whether a block holds rooms back from the house."""
    return status in DEDUCTING_STATUSES and control != "sell_limit" and not is_cut_off


def blocked_by(cells: Sequence[Cell], *, is_deducting: bool) -> dict[tuple[int, date], int]:
    """Rooms held back per (room type, night); cells that hold nothing are left out."""
    return {
        (cell.room_type_id, cell.night): cell.unpicked for cell in cells if is_deducting and cell.unpicked
    }


def difference(
    before: Mapping[tuple[int, date], int], after: Mapping[tuple[int, date], int]
) -> dict[tuple[int, date], int]:
    """What has to be moved: key to signed rooms, zeros left out."""
    keys = {*before, *after}
    return {key: change for key in keys if (change := after.get(key, 0) - before.get(key, 0))}


def pick_up_refused(
    cells: Mapping[date, Cell], nights: Sequence[date], control: str, shoulder: Sequence[date]
) -> date | None:
    """The first night that a pick-up of one room may not have; None when it may.

    Args:
        cells: of the wanted room type by night.
        nights: wanted nights.
        control: of the block.
        shoulder: nights before and after the grid on which the house may be used.
    """
    for night in nights:
        cell = cells.get(night)
        if cell is None:
            if night not in shoulder:
                return night
        elif control != "elastic" and not cell.unpicked:
            return night
    return None


def attrition_rooms(contracted: int, picked_up: int, allowance: Decimal) -> Decimal:
    """Room nights the group owes for: contracted less the allowance less picked up, never negative.

    Args:
        contracted: room nights in the contract.
        picked_up: room nights booked from it.
        allowance: 0–1, the share it may give up free.
    """
    return max(contracted * (1 - allowance) - picked_up, Decimal(0))
