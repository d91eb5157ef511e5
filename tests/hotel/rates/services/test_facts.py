"""What the house is told when rates change."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from hotel.core.models import OutboxMessage
from hotel.rates.services.facts import plan_ids_below, rates_changed
from tests.factories.rates import rate_plan_make


def told() -> list[tuple]:
    names = ("rate_plan_id", "room_type_id", "first_night", "last_night")
    rows = OutboxMessage.objects.filter(topic="RateChanged").order_by("pk")
    return [tuple(row.payload[name] for name in names) for row in rows]


def test_everything_below_a_plan_is_concerned_once(cast):
    bar = rate_plan_make(cast.alpha)
    child = rate_plan_make(cast.alpha, "NRF", parent=bar, offset_rate=Decimal("-0.1"))
    grandchild = rate_plan_make(cast.alpha, "APP", parent=child, offset_rate=Decimal("-0.1"))
    rate_plan_make(cast.alpha, "OTHER")
    assert plan_ids_below(plan_ids=[bar.pk, child.pk], property_id=cast.alpha.pk) == [
        bar.pk,
        child.pk,
        grandchild.pk,
    ]
    assert plan_ids_below(plan_ids=[grandchild.pk], property_id=cast.alpha.pk) == [grandchild.pk]


def test_a_change_of_the_house_is_one_fact_and_its_end_is_inclusive(cast):
    with transaction.atomic():
        rates_changed(property_id=cast.alpha.pk, plan_ids=None, start=date(2027, 4, 1), end=date(2027, 5, 1))
    assert told() == [(None, None, "2027-04-01", "2027-04-30")]


def test_each_plan_and_type_is_told(cast):
    bar = rate_plan_make(cast.alpha)
    with transaction.atomic():
        rates_changed(property_id=cast.alpha.pk, plan_ids=[bar.pk], room_type_ids=[3, None])
    assert told() == [(bar.pk, 3, None, None), (bar.pk, None, None, None)]
