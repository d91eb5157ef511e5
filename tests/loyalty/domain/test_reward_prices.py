"""Prices in points, step by step and within their bounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.reward_prices import Priced, RewardPrice, Step, priced
from tests.pages import worked_table

D = Decimal
NIGHT = RewardPrice(
    base=10_000,
    floor=8_000,
    ceiling=18_000,
    demand=(Step(D("0.5"), D("1.1")), Step(D("0.8"), D("1.5"))),
    stock=(Step(D("0.9"), D("1.2")),),
    to=500,
)


def test_a_price_tells_its_way():
    found = priced(NIGHT, sold=D("0.62"), season=("summer", D("1.15")), tier=("Gold", D("0.9")))
    assert found == Priced(
        11_500,
        (
            ("base", 10_000),
            ("demand × 1.1", 11_000),
            ("season summer × 1.15", 12_650),
            ("tier Gold × 0.9", 11_385),
            ("in steps of 500", 11_500),
        ),
    )


@pytest.mark.parametrize(
    ("sold", "gone", "points"),
    [("0.49", "0", 10_000), ("0.5", "0", 11_000), ("0.8", "0", 15_000), ("1.05", "0", 15_000), ("0", "0.9", 12_000)],
    ids=["below the first step", "at a step", "at the next", "oversold", "nearly gone"],
)  # fmt: skip
def test_steps_begin_at_their_share(sold, gone, points):
    assert priced(NIGHT, sold=D(sold), gone=D(gone)).points == points


def test_floor_and_ceiling_have_the_last_word():
    dear = priced(NIGHT, sold=D(1), gone=D(1), season=("new year", D("1.5")))
    assert (dear.points, dear.because[-1]) == (18_000, ("at most", 18_000))
    cheap = priced(NIGHT, season=("november", D("0.5")))
    assert (cheap.points, cheap.because[-1]) == (8_000, ("at least", 8_000))


@given(st.decimals(0, 2, places=2), st.decimals(0, 1, places=2), st.decimals("0.1", 3, places=2))
def test_more_demand_never_costs_less_and_bounds_hold(sold, gone, season):
    less = priced(NIGHT, sold=sold / 2, gone=gone / 2, season=("s", season)).points
    more = priced(NIGHT, sold=sold, gone=gone, season=("s", season))
    assert 8_000 <= less <= more.points <= 18_000
    assert more.because[-1][1] == more.points


def test_the_page_prices_as_we_do():
    found = priced(NIGHT, sold=D("0.62"), season=("summer", D("1.15")), tier=("Gold", D("0.9")))
    rows = worked_table("points", "5. Prices of rewards")
    assert [(name, str(points)) for name, points in found.because] == [
        (r["Reason"], r["Points"]) for r in rows
    ]
