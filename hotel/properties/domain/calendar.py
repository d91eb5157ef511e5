"""The fiscal calendar: year, quarter and period of a business date, and the day to compare it with.

Source: docs/algorithms/fiscal_calendar.md, whose table a test reproduces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from hotel.core.words import _

WEEK = timedelta(weeks=1)
FIRST_YEAR, LAST_YEAR = 1000, 9000


class FiscalKind(StrEnum):
    """How a fiscal year is cut into periods."""

    MONTHS = "months"
    WEEKS_4_4_5 = "4-4-5"
    WEEKS_13X4 = "13x4"


WEEKS: dict[FiscalKind, Sequence[int]] = {
    FiscalKind.WEEKS_4_4_5: (4, 4, 5) * 4,
    FiscalKind.WEEKS_13X4: (4,) * 13,
}


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days from ``first`` to ``last``, both inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FiscalDay:
    """Where a business date stands in the fiscal calendar.

    Attributes:
        day: the business date.
        year: called after the calendar year in which its start month lies.
        quarter: 1–4.
        period: 1–12, or 1–13 of four weeks.
        year_span: the days of the year; ``quarter_span`` and ``period_span`` likewise.
        comparable: the day of the year before with the same weekday.
    """

    day: date
    year: int
    quarter: int
    period: int
    year_span: DaySpan
    quarter_span: DaySpan
    period_span: DaySpan
    comparable: date


def fiscal_day(day: date, kind: FiscalKind, start_month: int = 1) -> FiscalDay:
    """The fiscal year, quarter and period of a business date.

    Args:
        day: business date.
        kind: calendar months; or weeks from Monday, in a year that begins on the Monday nearest to the first day of
            the start month, the 53rd week of a long year belonging to its last period.
        start_month: 1–12, of the first period.

    Raises:
        ValueError: the day is not in the years 1000 to 9000.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            _("Give a day of the years %(first_year)s to %(last_year)s.")
            % {"first_year": FIRST_YEAR, "last_year": LAST_YEAR}
        )
    begins = fiscal_year(day, kind, start_month)
    starts = [*_period_starts(begins, kind, start_month), year_start(begins + 1, kind, start_month)]
    period = sum(start <= day for start in starts[:-1])
    quarter = min((period - 1) // 3, 3) + 1
    quarter_end = len(starts) - 1 if quarter == 4 else quarter * 3
    return FiscalDay(
        day=day,
        year=begins,
        quarter=quarter,
        period=period,
        year_span=_span(starts, 0, len(starts) - 1),
        quarter_span=_span(starts, quarter * 3 - 3, quarter_end),
        period_span=_span(starts, period - 1, period),
        comparable=_comparable(day, begins, kind, start_month),
    )


def fiscal_year(day: date, kind: FiscalKind, start_month: int) -> int:
    """The fiscal year of a business date, called after the calendar year in which its start month lies."""
    begins = day.year + 1
    while year_start(begins, kind, start_month) > day:
        begins -= 1
    return begins


def year_start(begins: int, kind: FiscalKind, start_month: int) -> date:
    """The first day of the fiscal year whose start month lies in the calendar year ``begins``."""
    first = date(begins, start_month, 1)
    if kind is FiscalKind.MONTHS:
        return first
    half_a_week_on = first + timedelta(days=3)
    return half_a_week_on - timedelta(days=half_a_week_on.weekday())


def _period_starts(begins: int, kind: FiscalKind, start_month: int) -> list[date]:
    if kind is FiscalKind.MONTHS:
        months = range(start_month - 1, start_month + 11)
        return [date(begins + month // 12, month % 12 + 1, 1) for month in months]
    first = year_start(begins, kind, start_month)
    return [first + weeks * WEEK for weeks in accumulate(WEEKS[kind][:-1], initial=0)]


def _span(starts: Sequence[date], first: int, past: int) -> DaySpan:
    return DaySpan(starts[first], starts[past] - timedelta(days=1))


def _comparable(day: date, begins: int, kind: FiscalKind, start_month: int) -> date:
    """52 weeks before; in weeks, the same week of the year before, its last one when it had no 53rd."""
    if kind is FiscalKind.MONTHS:
        return day - 52 * WEEK
    start, before = (year_start(year, kind, start_month) for year in (begins, begins - 1))
    found = before + (day - start)
    return found if found < start else found - WEEK
