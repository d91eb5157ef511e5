"""Where a member stands, and how far it is to the next tier."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from loyalty.domain.tiers import Credit, Qualification
from loyalty.models import LoyaltyMember, TierCredit
from loyalty.selectors.tiers import credits_of, standing
from loyalty.services.programs import program_change
from loyalty.services.tiers import tier_grant
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_tier_make


@pytest.fixture
def silver(cast):
    """At ten nights."""
    return loyalty_tier_make(cast.alpha)


def credit(member, day=TODAY, **amounts):
    return TierCredit.objects.create(member=member, property=member.home, day=day, **amounts)


def amounts(nights=0, stays=0, points=0, spend=0):
    return {"nights": nights, "stays": stays, "points": points, "spend": spend}


def stands(member, on=TODAY):
    return standing(LoyaltyMember.objects.select_related("program", "tier").get(pk=member.pk), on)


def words(member, on=TODAY):
    found = stands(member, on).progress
    return found and found.in_words()


def test_what_counted_is_summed_by_day_in_this_window_and_the_one_before(
    member, cast, django_assert_num_queries
):
    credit(member, nights=2, stays=1, points=1500, spend=Decimal("150.5"))
    credit(member, points=-200, spend=-20)
    credit(member, date(2026, 1, 1), nights=5)
    credit(member, date(2025, 12, 31), nights=9)
    credit(loyalty_member_make(cast.alpha), nights=7)
    with django_assert_num_queries(1):
        found = credits_of(member, Qualification(), TODAY)
    assert sorted(found, key=lambda one: one.day) == [
        Credit(date(2026, 1, 1), amounts(5)),
        Credit(TODAY, amounts(2, 1, 1300, Decimal("130.5"))),
    ]


def test_the_way_to_the_next_tier_in_words(member, silver, django_assert_num_queries):
    credit(member, nights=2, stays=1)
    known = LoyaltyMember.objects.select_related("program", "tier").get(pk=member.pk)
    with django_assert_num_queries(2):
        found = standing(known, TODAY)
    assert found.counted == amounts(2, 1)
    assert found.window == (date(2027, 1, 1), date(2027, 12, 31))
    assert found.progress.in_words() == "8 nights to Silver by 31 December 2027"


def test_the_last_night_is_one_night(member, silver):
    credit(member, nights=9)
    assert words(member) == "1 night to Silver by 31 December 2027"


@pytest.mark.parametrize(
    ("needs", "text"),
    [
        ("any", "8 nights or 1,250.5 spend to Silver by 31 December 2027"),
        ("all", "8 nights and 1,250.5 spend to Silver by 31 December 2027"),
    ],
)
def test_any_or_all_of_its_thresholds(cast, member, needs, text):
    loyalty_tier_make(cast.alpha, min_spend=1500, needs=needs)
    credit(member, nights=2, spend=Decimal("249.500"))
    assert words(member) == text


def test_a_tier_by_invitation_is_no_next_one_and_at_the_top_there_is_none(cast, member, silver):
    loyalty_tier_make(cast.alpha, level=2, code="circle", name="Circle", min_nights=None)
    assert words(member) == "10 nights to Silver by 31 December 2027"
    tier_grant(member=member, tier=silver, until=None, reason="Match", actor=None)
    found = stands(member)
    assert (found.progress, found.counted) == (None, amounts())


def test_the_members_own_year_ends_before_his_day(member, silver, noon):
    program_change(program=member.program, changes={"window": "anniversary"})
    credit(member, nights=3)
    assert words(member) == "7 nights to Silver by 13 March 2028"
    assert stands(member).window == (TODAY, date(2028, 3, 13))
    assert words(member, date(2028, 3, 14)) == "10 nights to Silver by 13 March 2029"


def test_a_rolling_window_moves_on_and_has_no_last_day(member, silver):
    program_change(program=member.program, changes={"window": "rolling", "window_months": 6})
    credit(member, nights=3)
    assert words(member) == "7 nights to Silver"
    assert stands(member).window == (date(2026, 9, 15), TODAY)
    assert words(member, date(2027, 9, 13)) == "7 nights to Silver"
    assert words(member, date(2027, 9, 14)) == "10 nights to Silver"


def test_what_was_too_much_last_year_counts_in_this_one(member, silver):
    program_change(program=member.program, changes={"rolls_over": ["nights"]})
    credit(member, date(2026, 7, 1), nights=14, stays=5)
    assert stands(member).counted == amounts(4)
    assert words(member) == "6 nights to Silver by 31 December 2027"


def test_corrections_never_count_below_nothing(member, silver):
    credit(member, nights=-3)
    assert words(member) == "10 nights to Silver by 31 December 2027"


def test_the_day_is_asked_for_and_not_taken_from_the_clock(member, silver, noon):
    credit(member, nights=3)
    noon.move_to(datetime(2031, 1, 1, tzinfo=UTC))
    assert words(member, TODAY) == "7 nights to Silver by 31 December 2027"
