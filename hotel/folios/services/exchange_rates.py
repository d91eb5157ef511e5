"""Exchange rates by the day they begin."""

from datetime import date

from django.db import transaction
from moneyed import CurrencyDoesNotExist

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import exponent, quantum
from hotel.core.words import _
from hotel.folios.domain.exchange import Rates
from hotel.folios.models import ExchangeRate
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_hold


@transaction.atomic
def exchange_rate_set(*, place: Property, currency: str, valid_from: date, rates: Rates) -> ExchangeRate:
    """Set what a foreign currency is worth from a business day on; a rate of the same day is replaced.

    Args:
        currency: ISO 4217, not the property's own.
        valid_from: business date, not before the open one: what was booked keeps the rate it was booked at.
        rates: buy ≤ book ≤ sell, each > 0.

    Raises:
        InvalidInput: no such currency, or the property's own (``currency_invalid``); rates in another order
            (``exchange_rates_invalid``); a step below zero or finer than the currency (``cash_step_invalid``).
        RuleBroken: the day is closed (``business_day_closed``).

    Locks: the property (shared).
    """
    day = business_day_hold(place=place)
    try:
        exponent(currency)
    except CurrencyDoesNotExist as error:
        raise InvalidInput(
            _("There is no currency %(currency)s.") % {"currency": currency}, code="currency_invalid"
        ) from error
    if currency == str(place.currency):
        raise InvalidInput(
            _("%(currency)s is the property's own currency.") % {"currency": currency},
            code="currency_invalid",
        )
    if not 0 < rates.buy <= rates.book <= rates.sell:
        raise InvalidInput(_("Give rates above zero: buy ≤ book ≤ sell."), code="exchange_rates_invalid")
    if rates.step < 0 or rates.step % quantum(currency):
        text = _("The smallest note or coin is no finer than %(quantum)s %(currency)s.") % {
            "quantum": quantum(currency),
            "currency": currency,
        }
        raise InvalidInput(text, code="cash_step_invalid", fields={"cash_step": [text]})
    if valid_from < day:
        raise RuleBroken(_("The open business day is %(day)s.") % {"day": day}, code="business_day_closed")
    values = {
        "buy_rate": rates.buy, "book_rate": rates.book, "sell_rate": rates.sell, "cash_step": rates.step,
    }  # fmt: skip
    return ExchangeRate.objects.update_or_create(
        property=place, currency=currency, valid_from=valid_from, defaults=values
    )[0]
