"""Contracts with partners: what an amount earns, what is left below the caps, and the contract in words.

Source: docs/algorithms/points.md §15.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What was agreed with a partner.

    Attributes:
        unit: what his amounts count.
        rate: points for one unit.
        price: what he pays for a point, in ``currency``.
        first_day, last_day: that earn, inclusive; no last day without an end.
        month_cap, year_cap: points of one member in a calendar month and year; None without one.
    """

    unit: str
    rate: Decimal
    price: Decimal
    currency: str
    first_day: date
    last_day: date | None = None
    month_cap: int | None = None
    year_cap: int | None = None


def holds_on(contract: Contract, day: date) -> bool:
    """Whether a day earns."""
    return contract.first_day <= day and (contract.last_day is None or day <= contract.last_day)


def points_of(contract: Contract, amount: Decimal) -> int:
    """What an amount earns, rounded down."""
    return int((amount * contract.rate).to_integral_value(rounding=ROUND_FLOOR))


def room_below(contract: Contract, *, month: int, year: int) -> int | None:
    """How many points a member may still have, who has so many of the month and the year; None for any number."""
    rooms = [
        max(cap - had, 0)
        for cap, had in ((contract.month_cap, month), (contract.year_cap, year))
        if cap is not None
    ]
    return min(rooms, default=None)


def in_words(contract: Contract) -> str:
    """One sentence for managers."""
    parts = [f"{_plain(contract.rate)} points for each {contract.unit}, rounded down"]
    parts += [
        f"at most {cap:,} points a member and {period}"
        for cap, period in ((contract.month_cap, "month"), (contract.year_cap, "year"))
        if cap is not None
    ]
    until = f" to {contract.last_day}" if contract.last_day else " on"
    parts.append(f"from {contract.first_day}{until}")
    price = f"pays {contract.currency} {_plain(contract.price)} a point" if contract.price else "pays nothing"
    return f"{'; '.join(parts)}; the partner {price}."


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
