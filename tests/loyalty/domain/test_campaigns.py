"""Which stays a campaign takes, and how far its budget reaches."""

from dataclasses import replace
from datetime import date

import pytest

from loyalty.domain.accrual import Earning
from loyalty.domain.campaigns import Campaign, CampaignStay, in_words, refusal, within_budget
from tests.pages import worked_table

SPRING = Campaign("Spring", date(2027, 3, 1), date(2027, 5, 31))
STAY = CampaignStay(booked_on=date(2027, 2, 1), arrival=date(2027, 3, 1), departure=date(2027, 5, 31))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("asked", "seen", "why"),
    [
        ({}, {}, ""),
        ({}, {"arrival": day("2027-02-28")}, "not within 2027-03-01 and 2027-05-31"),
        ({}, {"departure": day("2027-06-01")}, "not within 2027-03-01 and 2027-05-31"),
        ({"booked_from": day("2027-02-01"), "booked_until": day("2027-02-01")}, {}, ""),
        ({"booked_from": day("2027-02-02")}, {}, "booked on 2027-02-01, before 2027-02-02"),
        ({"booked_until": day("2027-01-31")}, {}, "booked on 2027-02-01, after 2027-01-31"),
        ({"needs_registration": True}, {}, "the member had not registered"),
        ({"needs_registration": True}, {"registered_on": day("2027-06-01")}, "the member had not registered"),
        ({"needs_registration": True}, {"registered_on": day("2027-05-31")}, ""),
        ({"times": 2}, {"times_before": 1}, ""),
        ({"times": 2}, {"times_before": 2}, "2 stays of the member have it already"),
    ],
)
def test_a_stay_takes_part_or_it_is_told_why_not(asked, seen, why):
    assert refusal(replace(SPRING, **asked), replace(STAY, **seen)) == why


def earned(*points):
    return [Earning(n, one, False, f"rule {n}") for n, one in enumerate(points)]


def test_the_worked_table_of_the_page():
    given = 0
    for row in worked_table("points", "A budget of 2,000 points"):
        campaign = replace(SPRING, budget=2000, given=given)
        own = int(row["Has of it"])
        found = within_budget(campaign, replace(STAY, own=own), earned(int(row["Would earn"])))
        gets = sum(one.points for one in found)
        assert gets == int(row["Gets"]), row
        given += gets - own
        assert given == int(row["Given in all"]), row


def test_the_budget_is_for_the_first_rules_and_is_told():
    found = within_budget(replace(SPRING, budget=100, given=30), STAY, earned(50, 40, 10))
    assert [(one.points, one.because) for one in found] == [
        (50, "rule 0"),
        (20, "rule 1, as the budget reaches"),
    ]
    assert within_budget(SPRING, STAY, earned(50)) == earned(50)


def test_it_is_read_in_plain_words():
    spring = replace(
        SPRING, booked_from=day("2027-01-01"), booked_until=day("2027-02-28"), needs_registration=True, times=2,
        budget=5000, given=120,
    )  # fmt: skip
    assert in_words(spring, ["500 points for each night, rounded down."]) == (
        "Stays from 2027-03-01 to 2027-05-31, booked from 2027-01-01 to 2027-02-28, of members who registered, "
        "at most 2 times a member, 5000 points in all, 120 of them given: 500 points for each night, rounded down."
    )
    assert in_words(replace(SPRING, times=1, booked_until=day("2027-02-28")), []) == (
        "Stays from 2027-03-01 to 2027-05-31, booked until 2027-02-28, once a member: no rule yet."
    )
    assert "booked from 2027-01-01:" in in_words(replace(SPRING, booked_from=day("2027-01-01")), [])
