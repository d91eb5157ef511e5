"""Codes are read with the codes of their plans, restrictions with the plans that take them over."""

from datetime import date

from hotel.rates.selectors.wording import promo_terms, restriction_says
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import promo_make, rate_plan_make, restriction_make
from tests.factories.rooms import room_type_make


def test_a_code_names_its_plans_in_order(cast):
    promo = promo_make(cast.alpha, max_uses=5)
    promo.rate_plans.set([rate_plan_make(cast.alpha, "WEEK"), rate_plan_make(cast.alpha, "BAR")])
    found = promo_terms(promo)
    assert (found.plans, found.max_uses, found.used_count) == (["BAR", "WEEK"], 5, 0)


FIRST, END = date(2027, 4, 2), date(2027, 4, 5)


def test_a_restriction_names_its_plan_its_type_and_who_takes_it_over(cast):
    bar = rate_plan_make(cast.alpha, "BAR")
    week = rate_plan_make(cast.alpha, "WEEK", parent=bar, offset_rate="-0.1")
    rate_plan_make(cast.alpha, "SOLO", parent=bar, offset_rate="-0.1", inherits_restrictions=False)
    rate_plan_make(cast.alpha, "OLD", parent=week, offset_rate="-0.1", is_active=False)
    suite = room_type_make(cast.alpha, "SUI", name="Suite")
    rule = restriction_make(
        cast.alpha, "los_pattern", FIRST, END, pattern=[7, 3], rate_plan=bar, room_type=suite
    )
    said = "In BAR on Suite, from Fri 2 Apr 2027 to Sun 4 Apr 2027: who arrives stays 3 or 7 nights. WEEK takes it over."
    assert restriction_says(rule) == said

    few = queries_of(lambda: restriction_says(rule))
    rate_plan_make(cast.alpha, "CORP", parent=bar, offset_rate="-0.2")
    assert_constant(few, queries_of(lambda: restriction_says(rule)))


def test_a_restriction_of_the_house_names_nobody(cast):
    rate_plan_make(cast.alpha, "BAR")
    rule = restriction_make(cast.alpha, "closed", FIRST, END)
    assert (
        restriction_says(rule)
        == "In the whole house, from Fri 2 Apr 2027 to Sun 4 Apr 2027: no night is sold."
    )
