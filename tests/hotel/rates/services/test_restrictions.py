"""Restrictions: set, split, lifted; each level for itself."""

from datetime import date

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.core.models import OutboxMessage
from hotel.rates.choices import RestrictionKind
from hotel.rates.models import Restriction
from hotel.rates.services.restrictions import RestrictionChange, restriction_delete, restrictions_set
from tests.factories.rates import rate_plan_make, restriction_make
from tests.factories.rooms import room_type_make
from tests.together import together

FIRST, LAST = date(2027, 4, 1), date(2027, 5, 1)


def change(**over) -> RestrictionChange:
    return RestrictionChange(
        **{"kind": RestrictionKind.MIN_LOS, "start": FIRST, "end": LAST, "value": 2, **over}
    )


def test_the_newest_word_counts_on_its_nights(cast):
    restrictions_set(
        place=cast.alpha, changes=[change(), change(start=date(2027, 4, 10), end=date(2027, 4, 12), value=4)]
    )
    rows = Restriction.objects.order_by("start_on").values_list("start_on", "end_on", "value")
    assert list(rows) == [
        (FIRST, date(2027, 4, 10), 2),
        (date(2027, 4, 10), date(2027, 4, 12), 4),
        (date(2027, 4, 12), LAST, 2),
    ]


def test_levels_and_kinds_do_not_cut_each_other(cast):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha)
    levels = [{}, {"room_type": double}, {"rate_plan": plan}, {"room_type": double, "rate_plan": plan}]
    restrictions_set(place=cast.alpha, changes=[change(**level) for level in levels])
    restrictions_set(place=cast.alpha, changes=[change(kind=RestrictionKind.CTA, value=None)])
    assert Restriction.objects.count() == 5
    told = OutboxMessage.objects.filter(topic="RateChanged").values_list(
        "payload__rate_plan_id", "payload__room_type_id"
    )
    assert set(told) == {(None, None), (None, double.pk), (plan.pk, None), (plan.pk, double.pk)}


def test_a_rule_that_is_replaced_whole_leaves_nothing(cast):
    restrictions_set(place=cast.alpha, changes=[change(), change(value=3)])
    assert Restriction.objects.get().value == 3


@pytest.mark.parametrize(
    "over", [{"end": FIRST}, {"weekdays": 16, "end": date(2027, 4, 2)}], ids=["empty", "weekday"]
)
def test_impossible_nights_are_refused(cast, over):
    with pytest.raises(InvalidInput):
        restrictions_set(place=cast.alpha, changes=[change(), change(**over)])


def test_a_type_of_another_property_is_refused(cast):
    with pytest.raises(InvalidInput):
        restrictions_set(place=cast.alpha, changes=[change(room_type=room_type_make(cast.beta))])


def test_one_restriction_is_lifted(cast):
    row = restriction_make(cast.alpha, "cta", FIRST, LAST)
    restriction_delete(restriction=row)
    assert not Restriction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_set_the_same_nights_leave_one_rule(cast):
    results = together(
        *(lambda v=v: restrictions_set(place=cast.alpha, changes=[change(value=v)]) for v in (2, 3))
    )
    assert all(isinstance(result, list) for result in results), results
    assert Restriction.objects.count() == 1
