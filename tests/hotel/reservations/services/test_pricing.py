"""What a stay is sold for: by the plan, by hand within limits, as agreed, or for nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import RuleBroken
from hotel.rates.models import RatePrice
from hotel.rates.selectors.quotes import RatesNotSet
from hotel.reservations.models import Reservation
from hotel.reservations.services.drafts import wish_of
from hotel.reservations.services.pricing import stay_recorded
from tests.factories.rates import tax_rule_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def total(house, actor=None, **over):
    return house.reserve(actor=actor, **over).total_amount


def test_a_discount_is_taken_off_each_night_and_rounded_to_the_cent(house):
    RatePrice.objects.update(amount=Money("33.33", "EUR"))

    assert total(house, nights=3, discount_rate=Decimal("0.1")) == Money("90.00", "EUR")


def test_a_price_by_hand_beats_the_discount_of_its_night(house):
    first = house.stay().arrival

    assert total(house, prices={first: Money(95, "EUR")}, discount_rate=Decimal("0.05")) == Money(190, "EUR")


@pytest.mark.parametrize("flag", ["is_complimentary", "is_house_use"])
def test_complimentary_and_house_use_cost_nothing_to_those_who_may_give_it(house, cast, flag):
    assert total(house, actor=cast.val, flags=frozenset({flag})) == Money(0, "EUR")
    with pytest.raises(RuleBroken) as refused:
        total(house, actor=cast.bo, flags=frozenset({flag}))
    assert refused.value.code == "discount_above_limit"
    assert Reservation.objects.count() == 1


def test_without_a_rate_only_who_may_override_rates_sets_a_price(house, cast):
    RatePrice.objects.all().delete()
    first = house.stay().arrival
    prices = {first: Money(80, "EUR"), first + timedelta(days=1): Money(90, "EUR")}

    for actor, given, code in (
        (cast.bo, prices, "rate_override_not_permitted"),
        (cast.val, {}, "rates_not_set"),
    ):
        with pytest.raises(RuleBroken) as refused:
            total(house, actor=actor, prices=given)
        assert refused.value.code == code
    with pytest.raises(RatesNotSet):
        total(house, actor=cast.val, prices={first: Money(80, "EUR")})
    assert not Reservation.objects.exists()

    assert total(house, actor=cast.val, prices=prices) == Money(170, "EUR")
    assert total(house, actor=cast.bo, prices=prices, is_agreed=True) == Money(170, "EUR")


def test_a_recorded_stay_costs_its_amounts_and_tells_the_taxes_inside(house):
    tax_rule_make(house.place, "VAT10")
    stay = house.stay(nights=2)
    amounts = (Money("135.15", "EUR"), Money("110.00", "EUR"))
    prices = dict(zip((stay.arrival, stay.arrival + timedelta(days=1)), amounts, strict=True))

    quote = stay_recorded(wish_of(house.place, house.stay(nights=2, prices=prices), None))

    assert [night.room_net for night in quote.nights] == [Money("122.86", "EUR"), Money("100.00", "EUR")]
    assert (quote.total, quote.net_total, quote.tax_total) == tuple(
        Money(amount, "EUR") for amount in ("245.15", "222.86", "22.29")
    )
