"""Which exchange rate holds on a day."""

from datetime import date

from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from hotel.folios.domain.exchange import Rates
from hotel.folios.models import ExchangeRate


def rate_on(property_id: int, currency: str, day: date) -> ExchangeRate:
    """The rate of a foreign currency on a business day: the latest that began on it or before.

    Raises:
        RuleBroken: the property takes no such currency on that day (``no_exchange_rate``).
    """
    rows = ExchangeRate.objects.at(property_id).filter(currency=currency, valid_from__lte=day)
    rate = rows.order_by("-valid_from").first()
    if rate is None:
        raise RuleBroken(
            _("There is no exchange rate for %(currency)s on %(day)s.") % {"currency": currency, "day": day},
            code="no_exchange_rate",
        )
    return rate


def rates_of(rate: ExchangeRate) -> Rates:
    """The row as the rules take it."""
    return Rates(buy=rate.buy_rate, book=rate.book_rate, sell=rate.sell_rate, step=rate.cash_step)
