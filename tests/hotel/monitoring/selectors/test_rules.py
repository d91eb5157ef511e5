"""Rows become rules that can be matched."""

from datetime import date

import pytest

from hotel.monitoring.models import RateLimit
from hotel.monitoring.selectors.rules import rules_read
from tests.factories.accounts import assignment_make, role_make, token_make, user_make
from tests.factories.monitoring import api_plan_make, rate_limit_make

pytestmark = pytest.mark.usefixtures("seeded")


def by_name(name):
    return next(rule for rule in rules_read().rules if rule.name == name)


def test_a_role_stands_for_those_who_hold_it_today(cast):
    role = role_make(cast.alpha.chain)
    now_held = assignment_make(cast.alpha, role=role)
    assignment_make(
        cast.alpha, role=role, user=user_make(cast.alpha, username="past"), valid_to=date(2020, 1, 1)
    )
    rate_limit_make(None, name="by-role", role=role)
    assert by_name("by-role").principals == {("user", now_held.user_id)}


def test_a_plan_stands_for_its_tokens_and_says_how_many_at_once(cast):
    token, plan = token_make(cast.alpha), api_plan_make(concurrency=5)
    plan.tokens.add(token)
    rate_limit_make(None, name="by-plan", plan=plan)
    assert by_name("by-plan").principals == {("token", token.pk)}
    assert rules_read().concurrency == {token.pk: 5}


def test_inactive_rules_are_left_out_and_the_others_come_by_priority(cast):
    rate_limit_make(cast.alpha, name="off", is_active=False)
    rate_limit_make(cast.alpha, name="on", priority=5)
    assert [rule.name for rule in rules_read().rules] == ["sign-in", "address", "on", "anonymous", "default"]


def test_what_is_left_out_matches_everything(cast):
    rule = by_name("default")
    assert (rule.principals, rule.network, rule.area, rule.property_id) == (None, None, "", 0)


def test_reading_takes_five_queries_at_most(cast, django_assert_max_num_queries):
    for n in range(4):
        rate_limit_make(None, name=f"r{n}", role=role_make(cast.alpha.chain, code=f"c{n}"))
    with django_assert_max_num_queries(5):
        assert len(rules_read().rules) == RateLimit.objects.count()
