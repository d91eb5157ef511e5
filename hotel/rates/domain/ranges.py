"""Carving nights out of rows that count on a range of dates and certain weekdays.

Setting a price or a restriction cuts what it replaces out of older rows, so that rows of one kind never overlap
and the newest word counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotel.rates.domain.terms import ALL_WEEK, weekday_bit


@dataclass(frozen=True, slots=True)
class Span:
    """The nights of [start, end) on the marked weekdays."""

    start: date
    end: date
    weekdays: int = ALL_WEEK

    def touches(self, other: "Span") -> bool:
        """Whether both may have a night in common: by range and by weekdays."""
        return self.start < other.end and other.start < self.end and bool(self.weekdays & other.weekdays)


def carve(row: Span, cut: Span) -> list[Span]:
    """What is left of a row when the cut's nights are taken out of it.

    Returns:
        Up to three spans: before, between (other weekdays) and after; those without a night are absent.
        The row itself, alone, when the two have no night in common.
    """
    if not row.touches(cut):
        return [row]
    start, end = max(row.start, cut.start), min(row.end, cut.end)
    pieces = [
        Span(row.start, start, row.weekdays),
        Span(start, end, row.weekdays & ~cut.weekdays),
        Span(end, row.end, row.weekdays),
    ]
    return [piece for piece in pieces if has_night(piece)]


def has_night(span: Span) -> bool:
    """Whether any marked weekday comes in the range."""
    week = min((span.end - span.start).days, 7)
    days: Sequence[date] = [span.start + timedelta(days=step) for step in range(max(week, 0))]
    return any(span.weekdays & weekday_bit(day) for day in days)
