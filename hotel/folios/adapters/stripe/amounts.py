"""Money as Stripe writes it: a whole number in the smallest unit of its own list of currencies."""

from decimal import Decimal

from moneyed import Money

from hotel.core.money import exponent
from hotel.folios.adapters.base import GatewayRefused

# Without decimals in ISO 4217, yet counted in hundredths by Stripe, of which only whole units are allowed.
_WHOLE_UNITS_IN_HUNDREDTHS = {"ISK", "UGX"}


def to_stripe(amount: Money) -> int:
    """The amount in Stripe's smallest unit.

    Raises:
        GatewayRefused: Stripe cannot express it, such as the last digit of KWD 1.001.
    """
    code = amount.currency.code
    units = amount.amount.scaleb(_places(code))
    step = 100 if code in _WHOLE_UNITS_IN_HUNDREDTHS else 10 if exponent(code) == 3 else 1
    if units % step:
        raise GatewayRefused(f"Stripe cannot move {amount}: it is too fine.", code="amount_too_fine")
    return int(units)


def from_stripe(units: int, currency: str) -> Money:
    """What Stripe's number means; the currency is written in lower case there."""
    code = currency.upper()
    amount = Decimal(units).scaleb(-_places(code))
    return Money(amount.quantize(Decimal(1).scaleb(-exponent(code))), code)


def _places(code: str) -> int:
    return 2 if code in _WHOLE_UNITS_IN_HUNDREDTHS else exponent(code)
