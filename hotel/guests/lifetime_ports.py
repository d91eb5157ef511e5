"""The port through which a higher floor tells what a guest or company has stayed and paid at a property."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from moneyed import Money

Owner = Literal["guest", "company"]


@dataclass(frozen=True, kw_only=True)
class LifetimeFigures:
    """All that happened at one property until now.

    Attributes:
        stays: reservations that were or are in house.
        nights: business dates slept in them.
        revenue: what those nights and day uses cost, taxes included, in the property's currency; None for nothing yet.
        first_stay_on, last_stay_on: business dates of arrival; None before the first stay.
    """

    stays: int = 0
    nights: int = 0
    cancellations: int = 0
    no_shows: int = 0
    revenue: Money | None = None
    first_stay_on: date | None = None
    last_stay_on: date | None = None


Source = Callable[[Sequence[int], int], Mapping[int, LifetimeFigures]]
_sources: dict[Owner, Source] = {}


def register_lifetime_source(source: Source, *, of: Owner = "guest") -> None:
    """Install who computes the figures: ``source(ids, property_id)`` gives figures by id; absent ids are zeros.

    The last one installed counts.
    """
    _sources[of] = source


def lifetime_figures(
    ids: Sequence[int], property_id: int, *, of: Owner = "guest"
) -> Mapping[int, LifetimeFigures] | None:
    """The figures by id as the source tells them now; None while no source is installed."""
    source = _sources.get(of)
    return source(ids, property_id) if source else None
