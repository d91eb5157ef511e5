"""How what was found in a room differs from what the front office has."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Occupied:
    """Whether somebody is in a room, and how many; ``persons`` None when they were not counted."""

    is_occupied: bool
    persons: int | None = None


def discrepancy_kind(found: Occupied, office: Occupied) -> str:
    """``skip``, ``sleep`` or ``person``; empty when they agree.

    Source: the words of the trade: a skipper has gone without telling, a sleeper was never taken out of the books.
    """
    if found.is_occupied != office.is_occupied:
        return "sleep" if found.is_occupied else "skip"
    counted = found.is_occupied and found.persons is not None
    return "person" if counted and found.persons != office.persons else ""
