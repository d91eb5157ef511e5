"""Chains and properties: opened with a business day, changed by version."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.contracts.properties import PropertyChanged, PropertyOpened
from hotel.core.clock import now
from hotel.core.exceptions import RuleBroken, VersionConflict
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import AgeBand, BusinessDay, Chain, Property
from hotel.properties.tenancy import tenant_scope

CHANGEABLE = frozenset(
    {
        "name",
        "country",
        "language",
        "check_in_time",
        "check_out_time",
        "fiscal_year_start_month",
        "brand_name",
        "brand_colour",
        "logo",
        "address",
        "phone",
        "email",
        "tax_number",
        "is_active",
    }
)
_AGE_BANDS = (
    {"code": "adult", "name": "Adult", "min_age": 12, "max_age": 199, "takes_bed": True},
    {"code": "child", "name": "Child", "min_age": 2, "max_age": 11, "takes_bed": True},
    {"code": "infant", "name": "Infant", "min_age": 0, "max_age": 1, "takes_bed": False},
)


@transaction.atomic
def chain_create(*, code: str, name: str) -> Chain:
    """Create a hotel company; its roles are seeded when its first property opens.

    Raises:
        ValidationError: the code is malformed or taken.
    """
    chain = Chain(code=code, name=name)
    chain.full_clean()
    chain.save()
    return chain


@transaction.atomic
def property_create(
    *, chain: Chain, values: Mapping[str, Any], business_date: date | None = None
) -> Property:
    """Open a property: its first business day and the usual age bands (adult, child, infant).

    Args:
        chain: its hotel company.
        values: fields of Property; code, name, time_zone, currency and country at least.
        business_date: the first business date; the local calendar day now when None.

    Publishes: PropertyOpened.

    Raises:
        ValidationError: a field is missing or malformed, or the code is taken.
    """
    place = Property(chain=chain, **values)
    place.clean_fields(exclude=["business_date"])
    place.business_date = business_date or now().astimezone(place.zone).date()
    place.full_clean()
    place.save()
    with tenant_scope([place.pk]):
        BusinessDay.objects.create(property=place, business_date=place.business_date)
        AgeBand.objects.bulk_create(AgeBand(property=place, **band) for band in _AGE_BANDS)
    publish(
        PropertyOpened(
            property_id=place.pk,
            chain_id=chain.pk,
            business_date=place.business_date,
            currency=str(place.currency),
        )
    )
    return place


@transaction.atomic
def property_change(
    *, place: Property, changes: Mapping[str, Any], expected_version: int | None = None
) -> Property:
    """Change master data. Chain, code, currency, time zone and business date are fixed: amounts, instants
    and nights already stored were made with them.

    Args:
        place: the property; read again under its lock.
        changes: field name to value, of ``CHANGEABLE``.
        expected_version: what the caller saw; None skips the check.

    Publishes: PropertyChanged, when something differs.

    Raises:
        VersionConflict: changed by someone else meanwhile.
        RuleBroken: a fixed field would change.
        ValidationError: a value is malformed.

    Locks: the property.
    """  # noqa: D205
    [place] = lock_rows(Property.objects.filter(pk=place.pk))
    if expected_version not in (None, place.version):
        raise VersionConflict(_("Someone else has changed this property. Read it again and repeat."))
    changed = sorted(name for name, value in changes.items() if getattr(place, name) != value)
    if fixed := [name for name in changed if name not in CHANGEABLE]:
        text = _("Fixed once the property is open: %(fixed)s.") % {"fixed": ", ".join(fixed)}
        raise RuleBroken(text, code="property_field_fixed", extra={"fields": fixed})
    if not changed:
        return place
    for name in changed:
        setattr(place, name, changes[name])
    place.full_clean()
    place.version += 1
    place.save()
    publish(PropertyChanged(property_id=place.pk, version=place.version, changed=tuple(changed)))
    return place
