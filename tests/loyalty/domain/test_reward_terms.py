"""Terms of prices: read as they were written, and refused when nobody could price by them."""

from datetime import date
from decimal import Decimal

import pytest

from loyalty.domain.reward_prices import Step
from loyalty.domain.reward_terms import (
    Season,
    TermsInvalid,
    season_of,
    seasons_read,
    steps_read,
    tiers_read,
    written,
)

D = Decimal
NEW_YEAR = {"name": "new year", "first": "12-27", "last": "01-06", "factor": "1.5"}
WINTER = {"name": "winter", "first": "02-01", "last": "02-29", "factor": "0.8"}


def test_steps_are_shares_and_factors():
    found = steps_read("demand_steps", [{"from": "0.5", "factor": "1.1"}, {"from": 1, "factor": "2"}])
    assert found == (Step(D("0.5"), D("1.1")), Step(D(1), D(2)))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("much", "write a list"),
        ([{"from": "0.5"}], "write a list"),
        ([{"from": "0.5", "factor": "1", "to": "1"}], "write a list"),
        ([{"from": "x", "factor": "1"}], "x is no number from 0 to 2"),
        ([{"from": "2.1", "factor": "1"}], "no number from 0 to 2"),
        ([{"from": "NaN", "factor": "1"}], "no number"),
        ([{"from": "0.5", "factor": "0"}], "above zero"),
        ([{"from": "0.5", "factor": "11"}], "no number from 0 to 10"),
        ([{"from": "0.5", "factor": "1"}, {"from": "0.5", "factor": "2"}], "higher share"),
    ],
)
def test_steps_that_nobody_can_price_by(rows, words):
    with pytest.raises(TermsInvalid, match=words) as refused:
        steps_read("stock_steps", rows)
    assert refused.value.name == "stock_steps"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 12, 26), None),
        (date(2027, 12, 27), "new year"),
        (date(2027, 1, 6), "new year"),
        (date(2027, 1, 7), None),
        (date(2027, 2, 28), "winter"),
        (date(2028, 2, 29), "winter"),
        (date(2027, 3, 1), None),
    ],
)
def test_a_season_has_its_first_and_last_day_of_each_year(day, name):
    found = season_of(seasons_read([NEW_YEAR, WINTER]), day)
    assert (found and found[0]) == name


def test_a_season_may_be_one_day():
    (one,) = seasons_read([{"name": "fair", "first": "05-01", "last": "05-01", "factor": "2"}])
    assert one == Season("fair", (5, 1), (5, 1), D(2))
    assert (one.has(date(2027, 5, 1)), one.has(date(2027, 5, 2))) == (True, False)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"first": "02-30"}, "no day such as"),
        ({"last": "soon"}, "no day such as"),
        ({"name": " "}, "has a name"),
        ({"name": 5}, "has a name"),
        ({"factor": "-1"}, "no number"),
    ],
)
def test_seasons_that_nobody_can_price_by(over, words):
    with pytest.raises(TermsInvalid, match=words):
        seasons_read([WINTER | over])


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [
        ("01-06", "01-10", True),
        ("01-07", "01-10", False),
        ("12-01", "12-27", True),
        ("12-28", "12-29", True),
        ("06-01", "12-26", False),
        ("12-01", "01-31", True),
    ],
)
def test_no_day_is_in_two_seasons(first, last, is_refused):
    rows = [NEW_YEAR, {"name": "other", "first": first, "last": last, "factor": "1"}]
    if is_refused:
        with pytest.raises(TermsInvalid, match="new year and other have days in common"):
            seasons_read(rows)
    else:
        assert len(seasons_read(rows)) == 2


def test_tiers_have_factors():
    assert tiers_read({"gold": "0.9"}) == {"gold": D("0.9")}
    for wrong in ([], {"": "1"}, {1: "1"}, {"gold": "x"}):
        with pytest.raises(TermsInvalid):
            tiers_read(wrong)


def test_numbers_are_kept_as_text_and_read_back_the_same():
    steps = written("demand_steps", [{"from": 0.5, "factor": 1.1}])
    assert steps == [{"from": "0.5", "factor": "1.1"}]
    assert written("demand_steps", steps) == steps
    assert written("seasons", [NEW_YEAR | {"name": " new year "}]) == [NEW_YEAR]
    assert written("tier_factors", {"gold": D("0.90")}) == {"gold": "0.90"}
    assert written("stock_steps", []) == []
