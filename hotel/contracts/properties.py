"""What properties tell the house."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class _PropertyFact(Fact):
    """Something about one property."""

    aggregate_name: ClassVar[str] = "property"
    aggregate_field: ClassVar[str] = "property_id"


@dataclass(frozen=True, kw_only=True)
class PropertyOpened(_PropertyFact):
    """A property was set up; it has an open business day and age bands, and nothing to sell yet.

    Attributes:
        business_date: the first business date.
        currency: ISO 4217, never changed later.
    """

    chain_id: int
    business_date: date
    currency: str


@dataclass(frozen=True, kw_only=True)
class PropertyChanged(_PropertyFact):
    """Master data of a property changed.

    Attributes:
        version: the version after the change.
        changed: names of the changed fields, in alphabetical order.
    """

    version: int
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SettingChanged(_PropertyFact):
    """A dated setting has another value from a business date on.

    Attributes:
        key: which setting, such as ``rooms.turn_minutes``.
        valid_from: business date, inclusive.
    """

    key: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Fact):
    """A group of properties was made, renamed, or has other members; ``property_id`` is None.

    Attributes:
        added, removed: ids of properties, ascending.
    """

    aggregate_name: ClassVar[str] = "property_group"
    aggregate_field: ClassVar[str] = "group_id"

    group_id: int
    chain_id: int
    added: tuple[int, ...]
    removed: tuple[int, ...]
