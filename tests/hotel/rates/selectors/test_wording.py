"""A code is read with the codes of its plans."""

from hotel.rates.selectors.wording import promo_terms
from tests.factories.rates import promo_make, rate_plan_make


def test_a_code_names_its_plans_in_order(cast):
    promo = promo_make(cast.alpha, max_uses=5)
    promo.rate_plans.set([rate_plan_make(cast.alpha, "WEEK"), rate_plan_make(cast.alpha, "BAR")])
    found = promo_terms(promo)
    assert (found.plans, found.max_uses, found.used_count) == (["BAR", "WEEK"], 5, 0)
