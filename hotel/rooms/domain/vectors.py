"""What a sale of a room type consumes: its vector of counters.

Source: docs/algorithms/availability.md §2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotel.core.words import _

HOUSE = None
Counter = int | None


class StructureInvalid(ValueError):
    """The kind, base and parts of a room type do not fit together."""


@dataclass(frozen=True)
class Structure:
    """How a room type is made.

    Attributes:
        type_id: the type itself.
        kind: standard, component, virtual or pseudo.
        base_id: the standard type a virtual type sells rooms of; None otherwise.
        parts: for a component type, standard type id to number of rooms; empty otherwise.
    """

    type_id: int
    kind: str
    base_id: int | None = None
    parts: Mapping[int, int] = field(default_factory=dict)


def structure_check(structure: Structure, kinds: Mapping[int, str]) -> None:
    """Refuse a structure that could not be counted.

    Args:
        structure: the type in question.
        kinds: kind of each type it refers to.

    Raises:
        StructureInvalid: with a sentence that says what to change.
    """
    if (structure.kind == "virtual") != (structure.base_id is not None):
        raise StructureInvalid(_("A virtual type names its base type, and only a virtual type does."))
    if structure.base_id is not None and kinds.get(structure.base_id) != "standard":
        raise StructureInvalid(_("The base of a virtual type must be a standard type."))
    if (structure.kind == "component") != bool(structure.parts):
        raise StructureInvalid(_("A component type names its parts, and only a component type does."))
    if any(kinds.get(part) != "standard" for part in structure.parts):
        raise StructureInvalid(_("The parts of a component type must be standard types."))
    if any(quantity < 1 for quantity in structure.parts.values()):
        raise StructureInvalid(_("Each part needs a quantity of one or more."))


def vector(structure: Structure) -> dict[Counter, int]:
    """The counters one sale consumes per night, and how many rooms of each.

    Returns:
        Counter to rooms ≥ 1; ``HOUSE`` (None) is the whole house. Empty for pseudo types.
    """
    if structure.kind == "pseudo":
        return {}
    if structure.kind == "component":
        parts: dict[Counter, int] = dict(structure.parts.items())
        return {structure.type_id: 1} | parts | {HOUSE: sum(structure.parts.values())}
    if structure.kind == "virtual" and structure.base_id is not None:
        return {structure.type_id: 1, structure.base_id: 1, HOUSE: 1}
    return {structure.type_id: 1, HOUSE: 1}


def sellable(consumption: Mapping[Counter, int], free: Mapping[Counter, int]) -> int:
    """How many of a type can still be sold on one night: the tightest of its counters.

    Args:
        consumption: the type's vector.
        free: rooms left per counter; a counter that is missing is a night not opened and holds nothing.

    Returns:
        Rooms ≥ 0; 0 for a pseudo type, which is never offered.
    """
    if not consumption:
        return 0
    return max(0, min(free.get(counter, 0) // quantity for counter, quantity in consumption.items()))


def limiting(consumption: Mapping[Counter, int], free: Mapping[Counter, int]) -> list[Counter]:
    """The counters that set the limit, the type's own first, the house last."""
    least = sellable(consumption, free)
    return [counter for counter, quantity in consumption.items() if free.get(counter, 0) // quantity <= least]
