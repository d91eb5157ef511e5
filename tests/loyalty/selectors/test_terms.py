"""What a programme says, as the domain reads it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from loyalty.domain import accrual, expiry, tiers
from loyalty.models import LoyaltyTier
from loyalty.selectors.terms import (
    earning_rules,
    expiry_of,
    qualification_of,
    tier_rules,
    today_of,
)
from loyalty.services.programs import rule_change, rule_end
from tests.cast import TODAY
from tests.factories.loyalty import (
    BEGAN,
    earning_rule_make,
    loyalty_program_make,
    loyalty_tier_make,
)


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Europe/Vienna", datetime(2027, 3, 14, 22, 59, tzinfo=UTC), date(2027, 3, 14)),
        ("Europe/Vienna", datetime(2027, 3, 14, 23, 0, tzinfo=UTC), date(2027, 3, 15)),
        ("Asia/Tokyo", datetime(2027, 3, 14, 15, 0, tzinfo=UTC), date(2027, 3, 15)),
        ("America/New_York", datetime(2027, 3, 14, 3, 59, tzinfo=UTC), date(2027, 3, 13)),
    ],
)
def test_today_is_the_day_of_the_programmes_zone(cast, noon, zone, instant, day):
    noon.move_to(instant)
    assert today_of(loyalty_program_make(cast.alpha, time_zone=zone)) == day


def test_the_terms_of_a_programme_that_says_nothing(cast):
    program = loyalty_program_make(cast.alpha)
    assert expiry_of(program) == expiry.ExpiryRule("never", 0, "day")
    assert qualification_of(program) == tiers.Qualification("calendar", 12, 0, "one_level", frozenset())


def test_the_terms_of_a_programme_that_says_all(cast):
    program = loyalty_program_make(
        cast.alpha,
        expiry="activity",
        expiry_months=18,
        expiry_end="month",
        window="rolling",
        window_months=24,
        grace_months=2,
        landing="as_earned",
        rolls_over=["nights", "spend"],
    )
    assert expiry_of(program) == expiry.ExpiryRule("activity", 18, "month")
    wanted = tiers.Qualification("rolling", 24, 2, "as_earned", frozenset({"nights", "spend"}))
    assert qualification_of(program) == wanted


def test_tiers_ask_for_what_is_set_and_for_nothing_else(cast):
    loyalty_tier_make(cast.alpha, min_spend=Decimal("1500.500"), needs="all")
    loyalty_tier_make(cast.alpha, level=2, code="circle", name="Circle", min_nights=None)
    first, silver, circle = tier_rules(LoyaltyTier.objects.all())
    assert first == tiers.TierRule(0, "Member", {}, "any")
    assert silver == tiers.TierRule(1, "Silver", {"nights": Decimal(10), "spend": Decimal("1500.5")}, "all")
    assert circle == tiers.TierRule(2, "Circle", {}, "any")


def test_a_rule_is_read_with_all_its_conditions(cast):
    row = earning_rule_make(
        cast.alpha,
        rate=Decimal("2.5"),
        groups=["room", "food"],
        only={"channel": ["web", "app"]},
        never={"market": ["ota"]},
        min_nights=2,
        max_nights=7,
        from_stay=2,
        to_stay=5,
        with_awards=True,
        is_qualifying=False,
        most=900,
        rounding="nearest",
        valid_until=TODAY,
    )
    (rule,) = earning_rules(row.program, TODAY)
    assert rule == accrual.EarningRule(
        id=row.pk,
        name="Ten for each",
        basis="spend",
        rate=Decimal("2.5"),
        conditions=accrual.Conditions(
            only={"channel": frozenset({"web", "app"})},
            never={"market": frozenset({"ota"})},
            min_nights=2,
            max_nights=7,
            from_stay=2,
            to_stay=5,
            with_awards=True,
        ),
        groups=frozenset({"room", "food"}),
        is_qualifying=False,
        most=900,
        rounding="nearest",
        first_day=BEGAN,
        last_day=TODAY,
    )


def test_the_rules_of_a_departure_are_those_of_its_day_in_order_of_their_codes(
    cast, django_assert_num_queries
):
    spend = earning_rule_make(cast.alpha)
    night = earning_rule_make(cast.alpha, code="night", basis="night", rate=500)
    earning_rule_make(cast.alpha, code="later", valid_from=TODAY + timedelta(days=9))
    loyalty_program_make(cast.beta)
    earning_rule_make(cast.beta)
    rule_end(rule=night, valid_until=TODAY)
    newer = rule_change(rule=spend, changes={"rate": 20}, valid_from=TODAY)

    def found(days):
        return [rule.id for rule in earning_rules(spend.program, TODAY + timedelta(days=days))]

    with django_assert_num_queries(1):
        assert found(0) == [night.pk, newer.pk]
    assert found(-1) == [night.pk, spend.pk]
    assert found(1) == [newer.pk]
    assert found(-9999) == []
