"""The base of every published fact: a frozen dataclass of ids and plain values, no Django."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that has happened, told once.

    Attributes:
        property_id: the property it happened at; None for facts about the whole chain.
    Class attributes:
        aggregate_name: the noun whose order matters, such as ``reservation``.
        aggregate_field: the field that holds its id.
    """

    aggregate_name: ClassVar[str]
    aggregate_field: ClassVar[str]

    property_id: int | None

    @property
    def aggregate(self) -> str:
        """The key within which facts are delivered in order, such as ``reservation:17``."""
        return f"{self.aggregate_name}:{getattr(self, self.aggregate_field)}"
