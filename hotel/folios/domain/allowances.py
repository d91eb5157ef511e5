"""What an allowance of a package lets a guest consume: when, by which charges, and how much of each.

Source: docs/algorithms/folios.md, "Allowances". The period comes frozen with the price of the night.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hotel.rates.choices import AllowancePeriod
from hotel.rates.domain.postings import Posting

ZERO = Decimal(0)


def last_day(part: Posting) -> date | None:
    """The last business day an allowance can be consumed on; None for as long as the guest stays."""
    period = "" if part.allowance is None else part.allowance.period
    if period == AllowancePeriod.STAY:
        return None
    return part.night + timedelta(days=period == AllowancePeriod.NEXT_DAY)


def is_usable(part: Posting, day: date) -> bool:
    """Whether the allowance of a night can be consumed on a business day of its stay."""
    last = last_day(part)
    return last is None or last == day


def pays(part: Posting, code: str, group: str) -> bool:
    """Whether a line of a night is an allowance for charges of this code and group."""
    allowance = part.allowance
    if allowance is None:
        return False
    return code in allowance.codes if allowance.codes else group == part.group


def taken(charge: Decimal, left: Sequence[Decimal]) -> list[Decimal]:
    """What a charge takes of allowances, the first ones first.

    Args:
        charge: gross, > 0.
        left: gross, of each allowance; what is not above zero gives nothing.

    Returns:
        One amount each, together at most the charge.
    """
    found = []
    for amount in left:
        share = min(max(amount, ZERO), charge)
        found.append(share)
        charge -= share
    return found
