"""Packages: elements are replaced whole, and plans with the package are told."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.core.models import OutboxMessage
from hotel.properties.models import AgeBand
from hotel.rates.models import Package, PackageElement
from hotel.rates.services.packages import package_change, package_create
from tests.factories.rates import package_make, rate_plan_make

BREAKFAST = {"code": "BF", "name": "Breakfast", "basis": "per_person", "amount": Money(12, "EUR")}
SPA = {"code": "SPA", "name": "Spa", "basis": "share_of_rate", "share": Decimal("0.05")}


def test_a_package_is_made_with_its_elements(cast):
    package = package_create(
        place=cast.alpha, values={"code": "BB", "name": "Breakfast"}, elements=[BREAKFAST, SPA]
    )
    assert list(package.elements.order_by("pk").values_list("code", "amount", "share")) == [
        ("BF", Decimal(12), None),
        ("SPA", None, Decimal("0.05")),
    ]
    assert not OutboxMessage.objects.filter(topic="RateChanged").exists()


def test_elements_are_replaced_and_every_plan_with_it_is_told(cast):
    plan, other = rate_plan_make(cast.alpha), rate_plan_make(cast.alpha, "OTHER")
    package = package_make(plan, 12).package
    package_change(package=package, values={"name": "Spa"}, elements=[SPA])
    assert list(package.elements.values_list("code", flat=True)) == ["SPA"]
    assert Package.objects.get().name == "Spa"
    plans = OutboxMessage.objects.filter(topic="RateChanged").values_list("payload__rate_plan_id", flat=True)
    assert list(plans) == [plan.pk]
    assert other.pk not in plans


def test_a_change_of_the_name_leaves_the_elements(cast):
    element = package_make(rate_plan_make(cast.alpha), 12)
    package_change(package=element.package, values={"name": "Morning"})
    assert PackageElement.objects.get() == element


@pytest.mark.parametrize("fault", ["currency", "age band"])
def test_elements_that_do_not_fit_change_nothing(cast, fault):
    package = package_make(rate_plan_make(cast.alpha), 12).package
    theirs = AgeBand.objects.get(property=cast.beta, code="child")
    element = {
        "currency": {**BREAKFAST, "amount": Money(12, "JPY")},
        "age band": {**BREAKFAST, "basis": "per_child", "age_band": theirs},
    }[fault]
    with pytest.raises(InvalidInput) as refused:
        package_change(package=package, values={"name": "X"}, elements=[element])
    assert refused.value.code == {"currency": "currency_mismatch", "age band": "other_property"}[fault]
    assert list(PackageElement.objects.values_list("code", "package__name")) == [("BF", "Bf")]
