"""The figures of a business day and of a period, in the words of the trade.

Source: docs/algorithms/statistics.md; features reference §5 (STR definitions).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from moneyed import Money

from hotel.core.money import rounded, total, zero

SHARE = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class DayCounts:
    """What is counted of a business day, or summed up over days.

    Attributes:
        rooms_available: supply: rooms that are open, those out of order included, those out of inventory not.
        rooms_out_of_order: of these, not to be slept in.
        rooms_sold: slept in by paying guests; a no-show is none.
        rooms_complimentary, rooms_house_use: slept in for nothing; not sold.
        rooms_day_use: let by the hour; not slept in, so neither sold nor occupied overnight.
        arrivals, departures: stays that came and left.
        walk_ins: arrivals that had not booked.
        no_shows: arrivals of the day that did not come.
        cancellations: stays cancelled on the day, whenever they would have come.
        persons: guests who slept in the house, by age band.
    """

    rooms_available: int = 0
    rooms_out_of_order: int = 0
    rooms_sold: int = 0
    rooms_complimentary: int = 0
    rooms_house_use: int = 0
    rooms_day_use: int = 0
    arrivals: int = 0
    departures: int = 0
    walk_ins: int = 0
    no_shows: int = 0
    cancellations: int = 0
    persons: Mapping[str, int] = field(default_factory=dict)

    @property
    def rooms_occupied(self) -> int:
        """Rooms slept in, paid for or not."""
        return self.rooms_sold + self.rooms_complimentary + self.rooms_house_use

    @property
    def rooms_sellable(self) -> int:
        """Supply without the rooms out of order: what the desk could have let."""
        return self.rooms_available - self.rooms_out_of_order

    @property
    def occupancy(self) -> Decimal | None:
        """Rooms sold of rooms available, 0–1 and more when a room was let twice; None without supply."""
        return share(self.rooms_sold, self.rooms_available)


@dataclass(frozen=True, kw_only=True)
class DayRevenue:
    """What a business day earned, without taxes; or the sum over days.

    Attributes:
        room: everything posted in the revenue group of rooms, fees of no-shows among it.
        no_show: the part of ``room`` that came from no-shows.
        other: revenue of all other groups.
        tax: taxes that became due.
    """

    room: Money
    no_show: Money
    other: Money
    tax: Money

    @property
    def revenue(self) -> Money:
        """All revenue, without taxes."""
        return self.room + self.other


@dataclass(frozen=True)
class DayFigures:
    """Counts and revenue of a day or a period, and the ratios of their sums."""

    counts: DayCounts
    revenue: DayRevenue

    @property
    def average_daily_rate(self) -> Money | None:
        """ADR: room revenue by room sold; None when nothing was sold."""
        return per_room(self.revenue.room, self.counts.rooms_sold)

    @property
    def revenue_per_available_room(self) -> Money | None:
        """RevPAR: room revenue by room available; None without supply."""
        return per_room(self.revenue.room, self.counts.rooms_available)

    @property
    def total_revenue_per_available_room(self) -> Money | None:
        """TRevPAR: all revenue by room available; None without supply."""
        return per_room(self.revenue.revenue, self.counts.rooms_available)


def period(days: Iterable[DayFigures], currency: str) -> DayFigures:
    """The figures of a period: sums of the days, so that each ratio is a ratio of sums.

    Args:
        days: in any order, all in ``currency``.
        currency: of the property.

    Raises:
        CurrencyMismatch: an amount is in another currency.
    """
    found = list(days)
    numbers = {
        name: sum(getattr(day.counts, name) for day in found)
        for name in DayCounts.__dataclass_fields__
        if name != "persons"
    }
    persons: Counter[str] = Counter()
    for day in found:
        persons.update(day.counts.persons)
    amounts = {
        name: total((getattr(day.revenue, name) for day in found), currency)
        for name in DayRevenue.__dataclass_fields__
    }
    return DayFigures(DayCounts(**numbers, persons=dict(sorted(persons.items()))), DayRevenue(**amounts))


def counted_as(*, is_day_use: bool, is_house_use: bool, is_complimentary: bool) -> str:
    """The count of ``DayCounts`` that the room of a stay belongs to."""
    if is_day_use:
        return "rooms_day_use"
    if is_house_use:
        return "rooms_house_use"
    return "rooms_complimentary" if is_complimentary else "rooms_sold"


def nothing_earned(currency: str) -> DayRevenue:
    """A day without revenue."""
    none = zero(currency)
    return DayRevenue(room=none, no_show=none, other=none, tax=none)


def share(part: int, whole: int) -> Decimal | None:
    """A share on four places, half up; None of nothing."""
    return (Decimal(part) / whole).quantize(SHARE, rounding=ROUND_HALF_UP) if whole else None


def per_room(amount: Money, rooms: int) -> Money | None:
    """An amount by room, rounded once to the minor unit; None without rooms."""
    return rounded(Money(amount.amount / rooms, amount.currency)) if rooms else None
