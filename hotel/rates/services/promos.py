"""Promotion codes: made, changed, and counted when they are used."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput, NotAvailable
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.models import PromoCode, RatePlan
from hotel.rates.services.plans import check_currency


class PromoUsedUp(NotAvailable):
    """The code was used as often as it may be."""

    code = "promo_used_up"


@transaction.atomic
def promo_create(
    *, place: Property, values: Mapping[str, Any], rate_plans: Iterable[RatePlan] = ()
) -> PromoCode:
    """Make a code; without plans it counts for every plan.

    Raises:
        InvalidInput: an amount in another currency, or a plan of another property.
    """
    check_currency(place=place, values=values)
    promo = PromoCode.objects.create(property=place, **values)
    _plans_write(promo, rate_plans)
    return promo


@transaction.atomic
def promo_change(
    *, promo: PromoCode, values: Mapping[str, Any], rate_plans: Iterable[RatePlan] | None = None
) -> PromoCode:
    """Change a code; None leaves its plans.

    Raises:
        InvalidInput: an amount in another currency, or a plan of another property.

    Locks: the code.
    """
    (fresh,) = lock_rows(PromoCode.objects.filter(pk=promo.pk))
    check_currency(place=fresh.property, values=values)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    if rate_plans is not None:
        _plans_write(fresh, rate_plans)
    return fresh


@transaction.atomic
def promo_use(*, place: Property, code: str, times: int = 1) -> PromoCode | None:
    """Count uses; call it in the transaction that books. None when there is no such code.

    Raises:
        PromoUsedUp: not so many are left.

    Locks: the code.
    """
    found = lock_rows(PromoCode.objects.at(place.pk).filter(code=code.upper()))
    if not found:
        return None
    (promo,) = found
    if promo.max_uses is not None and promo.used_count + times > promo.max_uses:
        raise PromoUsedUp(_("The code %(promo)s was used up. Book without it.") % {"promo": promo.code})
    promo.used_count += times
    promo.save(update_fields=["used_count", "updated_at"])
    return promo


@transaction.atomic
def promo_release(*, place: Property, code: str) -> None:
    """Give one use back, when a booking is cancelled; never below zero. Locks: the code."""
    for promo in lock_rows(PromoCode.objects.at(place.pk).filter(code=code.upper(), used_count__gt=0)):
        promo.used_count -= 1
        promo.save(update_fields=["used_count", "updated_at"])


def _plans_write(promo: PromoCode, rate_plans: Iterable[RatePlan]) -> None:
    plans = list(rate_plans)
    if any(plan.property_id != promo.property_id for plan in plans):
        raise InvalidInput(_("The plans must be of this property."), code="other_property")
    promo.rate_plans.set(plans)
