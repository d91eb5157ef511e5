"""Plans: derivation without cycles, versions, and what belongs to them."""

from datetime import date
from decimal import Decimal

import pytest

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.rates.models import RatePlan
from hotel.rates.services.plans import PlanContents, PlanCycle, plan_change, plan_create, plans_locked
from tests.factories.guests import company_make
from tests.factories.rates import rate_plan_make
from tests.factories.rooms import room_type_make
from tests.together import together


def test_a_plan_is_made_with_its_types_and_companies(cast):
    double, company = room_type_make(cast.alpha), company_make(cast.alpha)
    contents = PlanContents(
        values={"code": "CORP", "name": "Corporate", "is_negotiated": True},
        room_types=[double],
        companies={company: Decimal("0.1")},
        packages={},
    )
    plan = plan_create(place=cast.alpha, contents=contents)
    assert list(plan.room_types.values_list("room_type_id", flat=True)) == [double.pk]
    assert plan.companies.get().discount_rate == Decimal("0.1")
    told = OutboxMessage.objects.get(topic="RateChanged").payload
    assert (told["rate_plan_id"], told["first_night"]) == (plan.pk, None)


def test_a_change_is_told_for_everything_that_derives_from_the_plan(cast):
    bar = rate_plan_make(cast.alpha)
    child = rate_plan_make(cast.alpha, code="NRF", parent=bar, offset_rate=Decimal("-0.1"))
    grandchild = rate_plan_make(cast.alpha, code="APP", parent=child, offset_rate=Decimal("-0.05"))
    rate_plan_make(cast.alpha, code="OTHER")
    changed = plan_change(plan=bar, contents=PlanContents(values={"sell_from": date(2027, 1, 1)}))
    assert changed.version == 2
    told = OutboxMessage.objects.filter(topic="RateChanged").values_list("payload__rate_plan_id", flat=True)
    assert sorted(told) == [bar.pk, child.pk, grandchild.pk]


def test_a_stale_change_is_refused(cast):
    bar = rate_plan_make(cast.alpha)
    with pytest.raises(VersionConflict):
        plan_change(plan=bar, contents=PlanContents(values={"name": "X"}), expected_version=7)
    assert RatePlan.objects.get(pk=bar.pk).name == "Bar"


def test_parts_of_another_property_are_refused(cast):
    bar, theirs = rate_plan_make(cast.alpha), room_type_make(cast.beta)
    with pytest.raises(InvalidInput):
        plan_change(plan=bar, contents=PlanContents(room_types=[theirs]))
    assert not bar.room_types.exists()


@pytest.mark.parametrize("length", [2, 3, 4])
def test_no_chain_may_close(cast, length):
    plans = [rate_plan_make(cast.alpha, code="P0")]
    for n in range(1, length):
        plans.append(rate_plan_make(cast.alpha, code=f"P{n}", parent=plans[-1], offset_rate=Decimal("-0.1")))
    values = {"parent": plans[-1], "offset_rate": Decimal("-0.1")}
    with pytest.raises(PlanCycle):
        plan_change(plan=plans[0], contents=PlanContents(values=values))
    assert RatePlan.objects.get(pk=plans[0].pk).parent is None


def test_the_locked_plans_are_those_of_the_property(cast):
    mine = rate_plan_make(cast.alpha)
    rate_plan_make(cast.beta)
    assert list(plans_locked(property_id=cast.alpha.pk)) == [mine.pk]


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_close_a_cycle_together(cast):
    one, two = rate_plan_make(cast.alpha, code="ONE"), rate_plan_make(cast.alpha, code="TWO")

    def derive(plan, parent):
        contents = PlanContents(values={"parent": parent, "offset_rate": Decimal("-0.1")})
        return lambda: plan_change(plan=plan, contents=contents)

    results = together(derive(one, two), derive(two, one))
    assert sorted(type(result).__name__ for result in results) == ["PlanCycle", "RatePlan"]
    assert RatePlan.objects.exclude(parent=None).count() == 1
