"""What a stay earns by which rule, and why a rule gives nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.accrual import (
    Conditions,
    Earning,
    EarningRule,
    StayEarned,
    difference,
    earnings,
    refusal,
)
from tests.pages import worked_table

D = Decimal
STAY = StayEarned(
    departure=date(2027, 3, 14),
    nights=3,
    spend={"room": D("301.99"), "food": D("48.50")},
    traits={"property": "VIENNA", "channel": "web", "rate_plan": "BAR", "tier": "Gold"},
    number=2,
)


def rule(id=1, basis="spend", rate="10", **more) -> EarningRule:
    return EarningRule(id, f"rule {id}", basis, D(rate), **more)


@pytest.mark.parametrize(
    ("one", "points", "because"),
    [
        (rule(), 3504, "350.49 spent × 10"),
        (rule(rounding="nearest"), 3505, "350.49 spent × 10"),
        (rule(rate="0.1", rounding="up"), 36, "350.49 spent × 0.1"),
        (rule(groups=frozenset({"food"})), 485, "48.50 spent × 10"),
        (rule(basis="night", rate="500"), 1500, "3 nights × 500"),
        (rule(basis="stay", rate="1000"), 1000, "1000 for the stay"),
        (rule(most=2000), 2000, "350.49 spent × 10, at most 2000"),
    ],
    ids=["rounded down once", "nearest", "up", "by department", "by night", "by stay", "capped"],
)
def test_what_a_rule_gives(one, points, because):
    assert earnings([one], STAY) == [Earning(1, points, True, because)]


def test_percents_are_of_all_points_before_them_and_never_of_one_another():
    rules = [
        rule(1, "percent", "50", is_qualifying=False),
        rule(2, "night", "500"),
        rule(3, "percent", "25", is_qualifying=False),
        rule(4, "stay", "1"),
    ]
    assert earnings(rules, STAY) == [
        Earning(2, 1500, True, "3 nights × 500"),
        Earning(4, 1, True, "1 for the stay"),
        Earning(1, 750, False, "50 % of 1501 points"),
        Earning(3, 375, False, "25 % of 1501 points"),
    ]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"only": {"channel": frozenset({"desk", "phone"})}}, "channel is not one of desk, phone"),
        ({"only": {"market": frozenset({"leisure"})}}, "market is not one of leisure"),
        ({"never": {"rate_plan": frozenset({"BAR"})}}, "rate plan BAR is left out"),
        ({"min_nights": 4}, "nights 3 of 4"),
        ({"max_nights": 2}, "nights 3 is after 2"),
        ({"from_stay": 3}, "stay number 2 of 3"),
        ({"to_stay": 1}, "stay number 2 is after 1"),
        ({"only": {"channel": frozenset({"web"})}, "min_nights": 3, "max_nights": 3, "to_stay": 2}, ""),
        ({"never": {"market": frozenset({"leisure"})}}, ""),
    ],
    ids=[
        "another channel", "a trait that is not known", "left out", "too short", "too long", "too early a stay",
        "too late a stay", "fits at its borders", "what is not known is not left out",
    ],
)  # fmt: skip
def test_when_a_rule_gives_nothing(wanted, why):
    one = rule(conditions=Conditions(**wanted))
    assert refusal(one, STAY) == why
    assert bool(earnings([one], STAY)) is not bool(why)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2027, 3, 14), date(2027, 3, 14), ""),
        (date(2027, 3, 15), None, "departure 2027-03-14 is before 2027-03-15"),
        (None, date(2027, 3, 13), "departure 2027-03-14 is after 2027-03-13"),
    ],
)
def test_the_days_of_a_rule_are_those_of_departures_and_inclusive(first, last, why):
    assert refusal(rule(first_day=first, last_day=last), STAY) == why


def test_a_stay_paid_with_points_earns_by_rules_that_say_so():
    award = StayEarned(STAY.departure, 2, {"room": D(100)}, is_award=True)
    assert refusal(rule(), award) == "the nights were paid with points"
    assert [e.points for e in earnings([rule(conditions=Conditions(with_awards=True))], award)] == [1000]


@pytest.mark.parametrize("amount", ["0", "-20.00"])
def test_nothing_spent_or_more_refunded_earns_nothing(amount):
    assert earnings([rule()], StayEarned(STAY.departure, 0, {"room": D(amount)})) == []


def test_a_correction_tells_each_rule_what_changes():
    before = [Earning(1, 300, True, ""), Earning(2, 150, False, ""), Earning(3, 7, True, "")]
    after = [Earning(1, 200, True, ""), Earning(3, 7, True, ""), Earning(4, 9, True, "")]
    assert difference(before, after) == {1: -100, 2: -150, 4: 9}


@given(st.lists(st.decimals("-500", "5000", places=2), max_size=6))
def test_corrections_in_any_number_end_where_one_calculation_ends(amounts):
    """Late charges and refunds one by one, or all at once: the member has the same points."""
    spent, points, known = D(0), 0, []
    for amount in amounts:
        spent += amount
        now = earnings(
            [rule(rate="1.5"), rule(2, "percent", "30")], StayEarned(STAY.departure, 1, {"room": spent})
        )
        points += sum(difference(known, now).values())
        known = now
    assert points == sum(earning.points for earning in known)


def test_the_page_earns_as_we_do():
    rules = [
        rule(1),
        rule(2, "night", "500"),
        rule(
            3, "percent", "25", is_qualifying=False, conditions=Conditions(only={"tier": frozenset({"Gold"})})
        ),
    ]
    rows = worked_table("points", "A stay of three nights, 301.99 in the room and 48.50 in the restaurant")
    found = earnings(rules, STAY)
    assert [str(one.points) for one in found] == [row["Points"] for row in rows]
    assert ["yes" if one.is_qualifying else "no" for one in found] == [
        row["Counts for the tier"] for row in rows
    ]
