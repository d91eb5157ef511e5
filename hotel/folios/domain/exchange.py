"""Foreign currency over the counter: what it is credited with and is worth, its change, and what we gain or lose by it.

Source: docs/algorithms/payments.md, "Foreign currency".
"""

from dataclasses import dataclass
from decimal import Decimal

from moneyed import Money

from hotel.core.money import quantum, rounded, zero


@dataclass(frozen=True)
class Rates:
    """The property's currency for one unit of the foreign one, each > 0; buy ≤ book ≤ sell.

    Attributes:
        step: the smallest note or coin of the foreign currency that is handed out; zero: its minor unit.
    """

    buy: Decimal
    book: Decimal
    sell: Decimal
    step: Decimal = Decimal(0)


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


@dataclass(frozen=True)
class Change:
    """What a guest gets back of foreign currency that he handed over; each ≥ 0.

    Attributes:
        foreign: in the currency he handed over.
        home: in the property's.
    """

    foreign: Money
    home: Money


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


def taken_with_change(
    tendered: Money, due: Money, rates: Rates, *, is_foreign: bool = False
) -> tuple[Exchange, Change]:
    """A guest hands over more foreign currency than he wants to pay, and gets change.

    Args:
        tendered: > 0, foreign.
        due: what he pays, property currency; > 0, at most what ``taken_in`` credits.
        rates: of the day.
        is_foreign: the change is in the foreign currency, at the buy rate and rounded down to the step; what that
            leaves is in the property's. Else all of it is in the property's.

    Returns:
        What is credited, which is ``due`` to the cent, with the gain by what stays in the till; and the change.
    """
    home, foreign = due.currency.code, tendered.currency.code
    over = taken_in(tendered, rates, home).amount - due
    given = zero(foreign)
    if is_foreign:
        step = rates.step or quantum(foreign)
        given = rounded(Money(over.amount / rates.buy // step * step, foreign))
    rest = over - rounded(Money(given.amount * rates.buy, home))
    value = rounded(Money((tendered - given).amount * rates.book, home)) - rest
    return Exchange(due, value, value - due), Change(given, rest)
