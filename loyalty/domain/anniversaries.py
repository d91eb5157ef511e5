"""Days that come once a year, also those of 29 February.

Source: docs/algorithms/points.md §6.
"""

from calendar import monthrange
from datetime import date

from hotel.core.months import months_later

OLDEST = 125  # years that anybody has lived
LEAP = 29


def in_year(day: date, year: int) -> date:
    """The day in this year; who was born on 29 February has it on the 28th when there is none."""
    return months_later(day, 12 * (year - day.year))


def celebrated_between(day: date, after: date, until: date) -> date | None:
    """The anniversary after one day and until another, inclusive: a run that was missed is made up for.

    Args:
        day: of birth, or of enrolment; its own year is not celebrated.
        after: what was looked through last.
        until: today, in the member's zone.

    Returns:
        The latest one within the span; None when there is none.
    """
    for year in range(until.year, after.year - 1, -1):
        if year > day.year and after < (found := in_year(day, year)) <= until:
            return found
    return None


def years_of(day: date, on: date) -> int:
    """Full years gone by on a day."""
    return on.year - day.year - (on < in_year(day, on.year))


def next_after(day: date, on: date) -> date:
    """The first anniversary later than a day."""
    this = in_year(day, on.year)
    return this if this > on else in_year(day, on.year + 1)


def first_days_of(day: date) -> list[date]:
    """The days of earlier years that are celebrated on this one, such as dates of birth; the youngest first."""
    found = []
    for year in range(day.year - 1, max(day.year - OLDEST, date.min.year) - 1, -1):
        for candidate in (day.day, LEAP) if (day.month, day.day) == (2, LEAP - 1) else (day.day,):
            if candidate <= monthrange(year, day.month)[1]:
                found.append(date(year, day.month, candidate))
    return [first for first in found if in_year(first, day.year) == day]
