"""Prices as managers read them."""

from decimal import Decimal

from loyalty.domain.reward_prices import RewardPrice, Step
from loyalty.domain.reward_terms import seasons_read
from loyalty.domain.reward_words import price_in_words

D = Decimal


def test_a_fixed_price_is_short():
    assert price_in_words(RewardPrice(base=2500, floor=2500, ceiling=2500)) == "2,500 points."


def test_all_that_moves_a_price_is_named():
    price = RewardPrice(
        base=10_000, floor=8_000, ceiling=18_000, demand=(Step(D("0.8"), D("1.50")),),
        stock=(Step(D("0.9"), D("1.2")),), to=500,
    )  # fmt: skip
    seasons = seasons_read([{"name": "summer", "first": "06-15", "last": "09-15", "factor": "1.15"}])
    assert price_in_words(price, seasons=seasons, tiers={"gold": D("0.90")}) == (
        "10,000 points; from 80 % of rooms sold × 1.5; from 90 % of the stock gone × 1.2; "
        "summer (15 Jun to 15 Sep) × 1.15; gold × 0.9; in steps of 500; at least 8,000 and at most 18,000."
    )
