"""The clock of requests: one month, in hard cases three (GDPR 12(3)); months end with their last day."""

from calendar import monthrange
from datetime import date

MONTHS = 1
MONTHS_EXTENDED = 3


def months_later(start: date, months: int) -> date:
    """The same day so many months later, or that month's last day when it has no such day.

    Source:
        Regulation 1182/71, article 3(2)(c). That a term which ends on a holiday ends a day later is not used: whoever
        answers earlier is not wrong.
    """
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def due_on(received_on: date, *, is_extended: bool = False) -> date:
    """Last calendar day, at the property, to answer a request received on a day."""
    return months_later(received_on, MONTHS_EXTENDED if is_extended else MONTHS)
