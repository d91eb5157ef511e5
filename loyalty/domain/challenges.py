"""Challenges: what is asked for within which days, what is missing, and what became of one.

Source: docs/algorithms/points.md §16.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from loyalty.domain.matches import last_day

METRICS = ("nights", "stays", "spend", "hotels", "direct")
CREDITS = ("nights", "stays", "points")
DIRECT = "direct"
WORDS = {
    "nights": ("night", "nights"),
    "stays": ("stay", "stays"),
    "spend": ("spent", "spent"),
    "hotels": ("hotel", "hotels"),
    "direct": ("direct booking", "direct bookings"),
    "points": ("qualifying point", "qualifying points"),
}
State = Literal["open", "done", "missed"]


@dataclass(frozen=True)
class StayCounted:
    """What counts of one stay within the days, corrections inside.

    Attributes:
        property_id: where it was.
        channel: code of where it was booked; empty when nobody knows.
    """

    property_id: int
    nights: int
    stays: int
    spend: Decimal
    channel: str = ""


def window(joined_on: date, days: int | None, first: date | None, last: date | None) -> tuple[date, date]:
    """First and last day, inclusive, of who joins on a day: so many days from then, or the days that all have."""
    if first is not None and last is not None:
        return first, last
    return joined_on, last_day(joined_on, days or 1)


def counted(stays: Sequence[StayCounted]) -> dict[str, Decimal]:
    """Metric to what there is of it, never below zero."""
    slept = [stay for stay in stays if stay.stays > 0]
    sums: dict[str, Decimal | int] = {
        "nights": sum(stay.nights for stay in stays),
        "stays": sum(stay.stays for stay in stays),
        "spend": sum((stay.spend for stay in stays), Decimal(0)),
        "hotels": len({stay.property_id for stay in slept}),
        "direct": sum(stay.stays for stay in slept if stay.channel == DIRECT),
    }
    return {name: max(Decimal(amount), Decimal(0)) for name, amount in sums.items()}


def missing(targets: Mapping[str, Decimal], has: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Metric to what is missing of it, above zero; empty when all of them are reached."""
    return {name: needed - has[name] for name, needed in targets.items() if needed > has[name]}


def state(lacks: Mapping[str, Decimal], last: date, today: date) -> State:
    """What became of it: what is reached is done, also when it is told after the last day."""
    if not lacks:
        return "done"
    return "open" if today <= last else "missed"


def amounts_in_words(amounts: Mapping[str, Decimal], currency: str) -> str:
    """``2 nights and 100 EUR spent``."""
    parts = []
    for name, amount in amounts.items():
        unit = f"{currency} spent" if name == "spend" else WORDS[name][amount != 1]
        parts.append(f"{amount.normalize():,f} {unit}")
    return " and ".join(parts)


def to_go(lacks: Mapping[str, Decimal], last: date, currency: str) -> str:
    """``2 nights to go by 31 December 2027``."""
    return f"{amounts_in_words(lacks, currency)} to go by {last.day} {last:%B %Y}"
