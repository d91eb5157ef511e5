"""What rewards cost now: the demand is what the house has sold."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loyalty.selectors.rewards import Cost, cost_of, reward_priced, sold_share, taken_of
from tests.cast import TODAY
from tests.factories.loyalty import (
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    points_make,
    program_property_make,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make

D = Decimal
DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    """Five doubles and nothing else; two are sold tonight and one tomorrow."""
    house = house_make(cast.alpha, doubles=5)
    house.reserve(0, 2)
    house.reserve(0, 1)
    return house


def test_the_dearest_night_decides(cast, house):
    rooms = len(house.rooms)
    assert sold_share(cast.alpha, TODAY, TODAY + DAY) == D(2) / rooms
    assert sold_share(cast.alpha, TODAY + DAY, TODAY + 2 * DAY) == D(1) / rooms
    assert sold_share(cast.alpha, TODAY + 2 * DAY, TODAY + 3 * DAY) == 0
    assert sold_share(cast.alpha, TODAY, TODAY + 3 * DAY) == D(2) / rooms
    assert sold_share(cast.alpha, date(2040, 1, 1), date(2040, 1, 2)) == 0


def test_a_free_night_is_priced_by_what_is_sold(cast, house):
    rooms = len(house.rooms)
    steps = [{"from": str(round(D(2) / rooms, 4) - D("0.0001")), "factor": "1.5"}]
    night = reward_make(cast.alpha, kind="free_night", base=10_000, demand_steps=steps)

    def price(first, nights=1):
        return reward_priced(night, place=cast.alpha, first_day=first, past_day=first + nights * DAY)

    assert price(TODAY).because == (("base", 10_000), ("demand × 1.5", 15_000))
    assert price(TODAY + DAY).because == (("base", 10_000),)
    assert price(TODAY, 3).points == 15_000


def test_what_has_no_night_is_not_priced_by_demand(cast, house):
    breakfast = reward_make(cast.alpha, demand_steps=[{"from": "0", "factor": "2"}])
    assert reward_priced(breakfast, place=cast.alpha).points == 1000


def test_the_stock_that_is_gone_the_season_and_the_tier_move_the_price(cast):
    gold = loyalty_tier_make(cast.alpha, code="gold", name="Gold")
    reward = reward_make(
        cast.alpha, stock=2, stock_steps=[{"from": "0.5", "factor": "2"}], tier_factors={"gold": "0.9"},
        seasons=[{"name": "spring", "first": "03-01", "last": "05-31", "factor": "1.5"}],
    )  # fmt: skip
    assert reward_priced(reward, place=cast.alpha).points == 1500
    later = reward_priced(
        reward, place=cast.alpha, first_day=date(2027, 6, 1), past_day=date(2027, 6, 2), tier=gold
    )
    assert later.because == (("base", 1000), ("tier Gold × 0.9", 900))
    reward_redemption_make(cast.alpha, reward=reward, member=rich(cast))
    assert reward_priced(reward, place=cast.alpha, tier=gold).because == (
        ("base", 1000), ("stock × 2", 2000), ("season spring × 1.5", 3000), ("tier Gold × 0.9", 2700),
    )  # fmt: skip
    assert taken_of(reward) == 1


def rich(cast):
    member = loyalty_member_make(cast.alpha)
    points_make(member, 100_000)
    return member


def test_a_part_may_be_money(cast):
    house = program_property_make(cast.alpha)
    house.currency_rate = D("0.5")
    loyalty_program_make(cast.alpha)
    reward = reward_make(cast.alpha, cash_percent=40, cash_per_point=D("0.0123"))
    assert cost_of(reward, house, whole=1001, points=None) == Cost(1001, D("0.00"))
    assert cost_of(reward, house, whole=1001, points=601) == Cost(601, D("9.84"))
    for points in (600, 1002, 0, -5):
        with pytest.raises(ValueError, match="Give 601 to 1001 points"):
            cost_of(reward, house, whole=1001, points=points)


def test_money_is_whole_where_the_currency_is(cast):
    house = program_property_make(cast.beta)
    reward = reward_make(cast.beta, cash_percent=50, cash_per_point=D("0.333"))
    assert cost_of(reward, house, whole=1000, points=500) == Cost(500, D(167))
