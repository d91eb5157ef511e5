"""The first plan and the first taxes: what they say, once though two make them."""

from datetime import time
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.rates.models import CancellationPolicy, RatePlan, RatePrice, TaxRule
from hotel.rates.services.opening import (
    CancelTerms,
    FirstPlan,
    first_plan_create,
    first_taxes_create,
    standing_prices_set,
)
from tests.cast import TODAY, make_cast
from tests.factories.rooms import room_type_make
from tests.together import together

CITY = {
    "code": "CITY",
    "name": "City tax",
    "position": 50,
    "method": "per_person_night",
    "is_inclusive": False,
}
VAT = {"code": "VAT10", "name": "VAT 10 %", "method": "percent", "rate": Decimal("0.10"), "groups": ["room"]}


def plan_of(room_type, terms=CancelTerms.FIRST_NIGHT, **over) -> FirstPlan:
    prices = {room_type: Money(120, str(room_type.property.currency))}
    return FirstPlan(**{"code": "BAR", "name": "Best rate", "prices": prices, "terms": terms, **over})


def test_a_plan_is_made_with_its_prices_and_terms(cast):
    double = room_type_make(cast.alpha)
    made = first_plan_create(place=cast.alpha, plan=plan_of(double, days_before=2, at_time=time(12)))

    assert [(row.room_type, row.amount, row.start_on) for row in made.prices.all()] == [
        (double, Money(120, "EUR"), None)
    ]
    assert [row.room_type for row in made.room_types.all()] == [double]
    [step] = made.cancellation_policy.steps.all()
    assert (step.deadline, step.days_before, step.at_time, step.penalty, step.nights) == (
        "before_arrival",
        2,
        time(12),
        "nights",
        1,
    )
    assert (made.no_show_policy.penalty, made.no_show_policy.nights) == ("nights", 1)


@pytest.mark.parametrize(
    ("terms", "steps"),
    [
        (CancelTerms.FREE, []),
        (CancelTerms.WHOLE_STAY, [("before_arrival", 1, None, "percent", 1)]),
        (CancelTerms.NEVER, [("after_booking", None, 0, "percent", 1)]),
    ],
)
def test_each_of_the_terms_says_what_is_owed(cast, terms, steps):
    made = first_plan_create(place=cast.alpha, plan=plan_of(room_type_make(cast.alpha), terms))
    columns = ("deadline", "days_before", "hours_after", "penalty", "share")
    assert list(made.cancellation_policy.steps.values_list(*columns)) == steps


def test_who_does_not_come_may_owe_nothing(cast):
    made = first_plan_create(place=cast.alpha, plan=plan_of(room_type_make(cast.alpha), no_show_nights=0))
    assert made.no_show_policy is None


def test_without_a_price_or_in_other_money_nothing_is_made(cast):
    double = room_type_make(cast.alpha)
    for prices, code in (({}, "prices_missing"), ({double: Money(9000, "JPY")}, "currency_mismatch")):
        with pytest.raises(InvalidInput) as refused:
            first_plan_create(place=cast.alpha, plan=plan_of(double, prices=prices))
        assert refused.value.code == code
    assert (RatePlan.objects.count(), CancellationPolicy.objects.count()) == (0, 0)


def test_a_type_that_comes_later_is_sold_once_it_has_a_price(cast):
    plan = first_plan_create(place=cast.alpha, plan=plan_of(room_type_make(cast.alpha)))
    suite = room_type_make(cast.alpha, "SUITE")
    standing_prices_set(plan=plan, prices={suite: Money(200, "EUR")})
    assert RatePrice.objects.get(room_type=suite).amount == Money(200, "EUR")
    assert set(plan.room_types.values_list("room_type__code", flat=True)) == {"DBL", "SUITE"}


def test_taxes_count_from_the_business_date_on(cast):
    first_taxes_create(place=cast.alpha, taxes=[VAT, {**CITY, "amount": Money("2.50", "EUR")}])
    rows = TaxRule.objects.at(cast.alpha.pk).values_list(
        "code", "rate", "amount", "valid_from", "is_inclusive"
    )
    assert list(rows) == [
        ("VAT10", Decimal("0.10"), None, TODAY, True),
        ("CITY", None, Decimal("2.50"), TODAY, False),
    ]


def test_a_tax_that_is_there_keeps_the_others_from_being_made(cast):
    first_taxes_create(place=cast.alpha, taxes=[VAT])
    with pytest.raises(Conflict, match="VAT10"):
        first_taxes_create(place=cast.alpha, taxes=[{**CITY, "amount": Money(2, "EUR")}, VAT])
    assert TaxRule.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_first_plan_at_once_make_one():
    cast = make_cast()
    double = room_type_make(cast.alpha)
    answers = together(*[lambda: first_plan_create(place=cast.alpha, plan=plan_of(double))] * 2)
    assert [error.code for error in answers if isinstance(error, Exception)] == ["rate_plan_exists"]
    assert (RatePlan.objects.count(), RatePrice.objects.count(), CancellationPolicy.objects.count()) == (
        1,
        1,
        1,
    )
