"""Months later and the ends of months, for days without a clock; pure."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months later, below zero earlier, or that month's last day when it has no such day.

    Source:
        Regulation 1182/71, article 3(2)(c), for terms; 31 January and a month is the last day of February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month that a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])
