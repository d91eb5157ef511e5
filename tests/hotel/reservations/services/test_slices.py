"""The stored nights of a stay as prices again."""

from datetime import time

import pytest
from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePrice
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.pricing import stay_priced
from hotel.reservations.services.slices import day_use_of, occupancy_of, prices_of, wish_of_reservation
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, day_use_limit=1)


def test_a_party_is_read_as_it_was_stored(house):
    party = Occupancy(adults=1, child_ages=(3, 7))
    assert occupancy_of(house.reserve(occupancy=party)) == Occupancy(
        adults=1, children=(("child", 2),), child_ages=(3, 7)
    )


def test_sold_prices_stand_whatever_the_plan_costs_now(house):
    row = house.reserve()
    RatePrice.objects.update(amount=Money(999, "EUR"))

    quote = stay_priced(wish_of_reservation(row), Authority(house.place, None))

    assert quote.total == Money(200, "EUR")
    assert [price.total for price in prices_of(row.nights.all()).values()] == [Money(100, "EUR")] * 2


def test_only_day_use_has_hours(house):
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    hours = (time(10), time(16))

    assert day_use_of(house.reserve(1, 0, day_use=hours, rate_plan=plan)) == hours
    assert day_use_of(house.reserve()) is None
