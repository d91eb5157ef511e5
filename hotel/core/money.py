"""Rounding by currency exponent at named steps, and exact allocation; the arithmetic is django-money's.

Source: docs/algorithms/pricing.md §1.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from moneyed import Money, get_currency


class CurrencyMismatch(ValueError):
    """Amounts of different currencies met in one sum."""


@cache
def exponent(currency: str) -> int:
    """Decimal places of the currency's minor unit (EUR 2, JPY 0, KWD 3).

    ISO 4217, as on documents; CLDR, which rounds some currencies for cash (RSD, ISK), is not asked.

    Raises:
        CurrencyDoesNotExist: no such currency.
    """
    return len(str(get_currency(currency).sub_unit)) - 1


def quantum(currency: str) -> Decimal:
    """The smallest amount of the currency, such as 0.01 for EUR."""
    return Decimal(1).scaleb(-exponent(currency))


def rounded(amount: Money, *, rounding: str = ROUND_HALF_UP) -> Money:
    """Round to the minor unit, half away from zero unless told otherwise.

    Args:
        amount: any precision.
        rounding: a ``decimal`` rounding constant.

    Returns:
        The amount on the currency's exponent.
    """
    code = amount.currency.code
    return Money(amount.amount.quantize(quantum(code), rounding=rounding), code)


def zero(currency: str) -> Money:
    """No money, in this currency."""
    return Money(Decimal(0).quantize(quantum(currency)), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Sum amounts of one currency.

    Raises:
        CurrencyMismatch: an amount is in another currency.
    """
    result = zero(currency)
    for amount in amounts:
        if amount.currency.code != currency:
            raise CurrencyMismatch(f"{amount.currency.code} met {currency}")
        result += amount
    return result


def in_words(amount: Money) -> str:
    """An amount as sentences name it, on its minor unit: ``110.00 EUR``, ``110 JPY``, ``-1.500 KWD``."""
    code = amount.currency.code
    return f"{amount.amount:.{exponent(code)}f} {code}"


def allocate(amount: Money, weights: Sequence[Decimal | int]) -> list[Money]:
    """Split an amount by weights so that the parts sum to the whole exactly (largest remainder).

    Args:
        amount: on the minor unit already; may be negative.
        weights: one per part, each ≥ 0, sum > 0; ties go to the earlier part.

    Returns:
        One Money per weight, same order, each on the minor unit.

    Raises:
        ValueError: no weights, a negative one, or a sum of zero; or the amount is not on the minor unit.
    """
    if not weights or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("weights must be ≥ 0 with a positive sum")
    code = amount.currency.code
    units = amount.amount / quantum(code)
    if units != units.to_integral_value():
        raise ValueError("round the amount before allocating it")
    sign, whole, mass = (-1 if units < 0 else 1), abs(int(units)), Decimal(sum(weights))
    exact = [Decimal(whole) * Decimal(weight) / mass for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return [Money(sign * part * quantum(code), code) for part in parts]
