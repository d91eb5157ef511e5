"""Exchange rates: set for days that are not closed, in order; the latest that has begun holds."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.core.exceptions import PmsError, RuleBroken
from hotel.folios.domain.exchange import Rates
from hotel.folios.models import ExchangeRate
from hotel.folios.selectors.exchange_rates import rate_on, rates_of
from hotel.folios.services.exchange_rates import exchange_rate_set
from tests.factories.payments import exchange_rate_make

GOOD = Rates(Decimal("0.90"), Decimal("0.92"), Decimal("0.95"))


def test_the_latest_rate_that_has_begun_holds(stage):
    today = stage.alpha.business_date
    first = exchange_rate_make(stage.alpha)
    later = exchange_rate_make(stage.alpha, valid_from=today + timedelta(days=3))
    assert [rate_on(stage.alpha.pk, "USD", today + timedelta(days=n)) for n in (0, 2, 3, 30)] == [
        first,
        first,
        later,
        later,
    ]
    with pytest.raises(RuleBroken):
        rate_on(stage.alpha.pk, "USD", today - timedelta(days=1))
    with pytest.raises(RuleBroken):
        rate_on(stage.beta.pk, "USD", today)
    assert rates_of(first) == GOOD


def test_a_rate_of_the_same_day_is_replaced(stage):
    exchange_rate_make(stage.alpha)
    exchange_rate_make(stage.alpha, rates=Rates(Decimal("0.8"), Decimal("0.8"), Decimal("0.8")))
    assert ExchangeRate.objects.get().buy_rate == Decimal("0.8")


@pytest.mark.parametrize(
    ("currency", "rates", "days", "code"),
    [
        ("EUR", GOOD, 0, "currency_invalid"),
        ("XQX", GOOD, 0, "currency_invalid"),
        ("USD", Rates(Decimal("0.93"), Decimal("0.92"), Decimal("0.95")), 0, "exchange_rates_invalid"),
        ("USD", Rates(Decimal("0.90"), Decimal("0.96"), Decimal("0.95")), 0, "exchange_rates_invalid"),
        ("USD", Rates(Decimal(0), Decimal(0), Decimal(0)), 0, "exchange_rates_invalid"),
        ("USD", replace(GOOD, step=Decimal("0.005")), 0, "cash_step_invalid"),
        ("USD", replace(GOOD, step=Decimal(-1)), 0, "cash_step_invalid"),
        ("USD", GOOD, -1, "business_day_closed"),
    ],
)
def test_what_makes_no_rate_is_refused(stage, currency, rates, days, code):
    day = stage.alpha.business_date + timedelta(days=days)
    with pytest.raises(PmsError) as caught:
        exchange_rate_set(place=stage.alpha, currency=currency, valid_from=day, rates=rates)
    assert (caught.value.code, ExchangeRate.objects.count()) == (code, 0)
