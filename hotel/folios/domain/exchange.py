"""Foreign currency over the counter: what it is credited with, what it is worth, and what we gain or lose by it.

Source: docs/algorithms/payments.md, "Foreign currency".
"""

from dataclasses import dataclass
from decimal import Decimal

from moneyed import Money

from hotel.core.money import rounded


@dataclass(frozen=True)
class Rates:
    """The property's currency for one unit of the foreign one, each > 0; buy ≤ book ≤ sell."""

    buy: Decimal
    book: Decimal
    sell: Decimal


@dataclass(frozen=True)
class Exchange:
    """An amount of foreign currency as the ledger sees it.

    Attributes:
        amount: what the guest's account is credited or debited with, property currency.
        value: what the foreign currency is worth at the book rate, property currency.
        gain: what the house gains; below zero what it loses.
    """

    amount: Money
    value: Money
    gain: Money


def taken_in(tendered: Money, rates: Rates, currency: str) -> Exchange:
    """A guest hands over foreign currency: credited at the buy rate, worth the book rate.

    Args:
        tendered: > 0, foreign.
        rates: of the day.
        currency: the property's.

    Returns:
        Amounts rounded once, half up; ``gain`` = value − amount.
    """
    amount = rounded(Money(tendered.amount * rates.buy, currency))
    value = rounded(Money(tendered.amount * rates.book, currency))
    return Exchange(amount, value, value - amount)


def handed_out(tendered: Money, rates: Rates, currency: str) -> Exchange:
    """A guest is given foreign currency: he pays the sell rate, it was worth the book rate.

    Returns:
        Amounts rounded once, half up; ``gain`` = amount − value.
    """
    amount = rounded(Money(tendered.amount * rates.sell, currency))
    value = rounded(Money(tendered.amount * rates.book, currency))
    return Exchange(amount, value, amount - value)
