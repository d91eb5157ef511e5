"""Promotion codes: uses are counted under lock and given back."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.rates.models import PromoCode
from hotel.rates.services.promos import PromoUsedUp, promo_change, promo_create, promo_release, promo_use
from tests.factories.rates import promo_make, rate_plan_make
from tests.together import together


def test_a_code_is_made_for_certain_plans(cast):
    plan = rate_plan_make(cast.alpha)
    values = {"code": "SPRING", "name": "Spring", "discount_rate": Decimal("0.1")}
    promo = promo_create(place=cast.alpha, values=values, rate_plans=[plan])
    assert list(promo.rate_plans.all()) == [plan]


def test_a_change_counts_the_version_and_may_leave_or_replace_the_plans(cast):
    plan, promo = rate_plan_make(cast.alpha), promo_make(cast.alpha)
    promo_change(promo=promo, values={}, rate_plans=[plan])
    changed = promo_change(promo=promo, values={"max_uses": 5})
    assert (changed.version, changed.max_uses, list(changed.rate_plans.all())) == (3, 5, [plan])


def test_plans_of_another_property_and_other_money_are_refused(cast):
    theirs, promo = rate_plan_make(cast.beta), promo_make(cast.alpha)
    with pytest.raises(InvalidInput):
        promo_change(promo=promo, values={"name": "X"}, rate_plans=[theirs])
    with pytest.raises(InvalidInput):
        promo_change(promo=promo, values={"discount_amount": Money(5, "JPY")})
    promo.refresh_from_db()
    assert (promo.name, promo.version) == ("Spring", 1)


def test_uses_are_counted_whatever_the_case_and_given_back(cast):
    promo_make(cast.alpha, max_uses=2)
    promo_use(place=cast.alpha, code="spring")
    promo_use(place=cast.alpha, code="SPRING")
    with pytest.raises(PromoUsedUp):
        promo_use(place=cast.alpha, code="SPRING")
    assert PromoCode.objects.get().used_count == 2
    promo_release(place=cast.alpha, code="spring")
    assert PromoCode.objects.get().used_count == 1


def test_giving_back_what_nobody_used_stays_at_nothing(cast):
    promo_make(cast.alpha)
    promo_release(place=cast.alpha, code="SPRING")
    assert PromoCode.objects.get().used_count == 0


def test_an_unknown_code_is_no_code(cast):
    promo_make(cast.beta)
    assert promo_use(place=cast.alpha, code="SPRING") is None
    assert PromoCode.objects.get().used_count == 0


@pytest.mark.django_db(transaction=True)
def test_two_guests_cannot_use_the_last_one(cast):
    promo_make(cast.alpha, max_uses=1)
    results = together(*[lambda: promo_use(place=cast.alpha, code="SPRING")] * 2)
    assert sorted(type(result).__name__ for result in results) == ["PromoCode", "PromoUsedUp"]
    assert PromoCode.objects.get().used_count == 1
