"""The invariants are green after what services do, and red when somebody goes around them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from hotel.rates.invariants import invariants
from hotel.rates.models import RatePlan, RatePrice, Restriction, TaxRule
from tests.factories.rates import package_make, price_make, rate_plan_make, restriction_make, tax_rule_make
from tests.factories.rooms import room_type_make

JULY, AUGUST = (date(2027, 7, 1), date(2027, 8, 1)), (date(2027, 8, 1), date(2027, 9, 1))


def violated() -> list[str]:
    found = []
    for invariant in invariants():
        with connection.cursor() as cursor:
            cursor.execute(invariant.sql)
            found += [invariant.name] if cursor.fetchall() else []
    return found


@pytest.fixture
def house(cast):
    bar, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)
    rate_plan_make(cast.alpha, "NRF", parent=bar, offset_rate=Decimal("-0.1"))
    price_make(bar, double, 100)
    for start, end in (JULY, AUGUST):
        price_make(bar, double, 120, start_on=start, end_on=end)
        restriction_make(cast.alpha, "cta", start, end)
    package_make(bar, 12)
    tax_rule_make(cast.alpha, method="per_room_night", amount=2)
    rate_plan_make(cast.beta)
    return cast


def test_a_sound_house_keeps_them(house):
    assert violated() == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("inv_rate_plan_cycle", lambda beta: _close_a_cycle()),
        ("inv_rate_price_overlap", lambda beta: RatePrice.objects.filter(start_on=AUGUST[0]).update(start_on=JULY[0])),
        ("inv_restriction_overlap", lambda beta: Restriction.objects.filter(start_on=AUGUST[0]).update(start_on=JULY[0])),
        ("inv_rate_currency", lambda beta: TaxRule.objects.update(amount_currency="JPY")),
        ("inv_rate_property", lambda beta: Restriction.objects.update(rate_plan=RatePlan.objects.get(property=beta))),
    ],
)  # fmt: skip
def test_whoever_goes_around_the_services_is_found(house, name, wrong):
    with transaction.atomic():
        wrong(house.beta)
        assert violated() == [name]
        transaction.set_rollback(True)  # before the database finds it by itself


def _close_a_cycle() -> None:
    bar, nrf = RatePlan.objects.get(code="BAR", property__code="ALPHA"), RatePlan.objects.get(code="NRF")
    RatePlan.objects.filter(pk=bar.pk).update(parent=nrf, offset_rate=Decimal("-0.1"))
