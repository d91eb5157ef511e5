"""Packages with their elements."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.models import Package, PackageElement
from hotel.rates.services.facts import rates_changed
from hotel.rates.services.plans import check_currency


@transaction.atomic
def package_create(
    *, place: Property, values: Mapping[str, Any], elements: Sequence[Mapping[str, Any]] = ()
) -> Package:
    """Make a package.

    Raises:
        InvalidInput: an amount in another currency, or an age band of another property.
    """
    package = Package.objects.create(property=place, **values)
    _elements_write(package, elements)
    return package


@transaction.atomic
def package_change(
    *, package: Package, values: Mapping[str, Any], elements: Sequence[Mapping[str, Any]] | None = None
) -> Package:
    """Change a package for stays sold from now on; None leaves the elements, a list replaces them all.

    Raises:
        InvalidInput: an amount in another currency, or an age band of another property.

    Locks: the package.
    """
    (fresh,) = lock_rows(Package.objects.filter(pk=package.pk))
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    if elements is not None:
        fresh.elements.all().delete()
        _elements_write(fresh, elements)
    plan_ids = list(fresh.rate_plans.values_list("rate_plan_id", flat=True))
    if plan_ids:
        rates_changed(property_id=fresh.property_id, plan_ids=plan_ids)
    return fresh


def _elements_write(package: Package, elements: Sequence[Mapping[str, Any]]) -> None:
    for element in elements:
        check_currency(place=package.property, values=element)
        band = element.get("age_band")
        if band is not None and band.property_id != package.property_id:
            raise InvalidInput(_("The age band must be of this property."), code="other_property")
        PackageElement.objects.create(property_id=package.property_id, package=package, **element)
