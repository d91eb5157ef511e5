"""Why a plan cannot be sold."""

from hotel.reservations.selectors.explanations import closed_plans
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make, plan_make


def test_each_plan_in_each_type_tells_the_rules_that_close_it(cast):
    house = house_make(cast.alpha)
    other = plan_make(cast.alpha, "NREF", {house.double: "80"})
    stay = house.stay()
    restriction_make(cast.alpha, "cta", stay.arrival, stay.departure, rate_plan=other)

    found = closed_plans(cast.alpha, stay.arrival, stay.departure)

    assert {(row.room_type, row.rate_plan): [rule.code for rule in row.rules] for row in found} == {
        (house.double.pk, house.plan.pk): [],
        (house.suite.pk, house.plan.pk): [],
        (house.double.pk, other.pk): ["cta"],
    }
    narrowed = closed_plans(cast.alpha, stay.arrival, stay.departure, [house.suite.pk], [house.plan.pk])
    assert [(row.room_type, row.rate_plan) for row in narrowed] == [(house.suite.pk, house.plan.pk)]
