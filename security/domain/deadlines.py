"""The clock of requests: one month, in hard cases three (GDPR 12(3)); months end with their last day."""

from datetime import date

from hotel.core.months import months_later

MONTHS = 1
MONTHS_EXTENDED = 3


def due_on(received_on: date, *, is_extended: bool = False) -> date:
    """Last calendar day, at the property, to answer a request received on a day.

    Source:
        Regulation 1182/71, article 3. That a term which ends on a holiday ends a day later is not used: whoever
        answers earlier is not wrong.
    """
    return months_later(received_on, MONTHS_EXTENDED if is_extended else MONTHS)
