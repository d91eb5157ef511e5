"""The first rate plan and the first taxes of a hotel that opens: each made whole, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import LockSpace, advisory_lock
from hotel.properties.models import Property
from hotel.rates.choices import DeadlineKind, PenaltyKind
from hotel.rates.models import CancellationPolicy, NoShowPolicy, RatePlan, TaxRule
from hotel.rates.services.plans import PlanContents, plan_create
from hotel.rates.services.policies import policy_create
from hotel.rates.services.prices import PriceChange, prices_set
from hotel.rates.services.taxes import tax_rule_create
from hotel.rooms.models import RoomType


class CancelTerms(TextChoices):
    """What a first plan may say of cancellations; anything finer is made in the administration."""

    FREE = "free", gettext_lazy("Always free of charge")
    FIRST_NIGHT = "first_night", gettext_lazy("Free until a deadline, then the first night")
    WHOLE_STAY = "whole_stay", gettext_lazy("Free until a deadline, then the whole stay")
    NEVER = "never", gettext_lazy("Not refundable: the whole stay from the booking on")


@dataclass(frozen=True, kw_only=True)
class FirstPlan:
    """What the first plan says.

    Attributes:
        prices: a night of each type, up to its standard occupancy, in the property's currency.
        days_before, at_time: the deadline on the property's clock, where the terms have one.
        no_show_nights: nights that a guest owes who does not come; 0 for nothing.
    """

    code: str
    name: str
    prices: Mapping[RoomType, Money]
    terms: CancelTerms
    days_before: int = 1
    at_time: time = time(18)
    no_show_nights: int = 1


@transaction.atomic
def first_plan_create(*, place: Property, plan: FirstPlan) -> RatePlan:
    """Make a plan with its prices and its terms, sold on every type that has a price.

    Raises:
        Conflict: the property has a plan of this code, such as one that somebody made at the same time.
        InvalidInput: no price, or one in another currency.

    Locks: the property's setting-up.
    """
    if not plan.prices:
        raise InvalidInput(_("Say what a night of one type costs at least."), code="prices_missing")
    advisory_lock(LockSpace.PROPERTY_SETUP, f"rates {place.pk}")
    if RatePlan.objects.at(place.pk).filter(code=plan.code).exists():
        text = _("There is a rate plan %(code)s already. Nothing was made.") % {"code": plan.code}
        raise Conflict(text, code="rate_plan_exists")
    made = plan_create(
        place=place,
        contents=PlanContents(
            values={
                "code": plan.code,
                "name": plan.name,
                "sort_order": 10,
                "cancellation_policy": _cancellation(place, plan),
                "no_show_policy": _no_show(place, plan),
            },
            room_types=list(plan.prices),
        ),
    )
    prices_set(plan=made, changes=_changes(plan.prices))
    return made


@transaction.atomic
def standing_prices_set(*, plan: RatePlan, prices: Mapping[RoomType, Money]) -> None:
    """Let nights of these types cost so much where no season or date says otherwise.

    Raises:
        InvalidInput: an amount in another currency.

    Locks: the plan.
    """
    prices_set(plan=plan, changes=_changes(prices))


@transaction.atomic
def first_taxes_create(*, place: Property, taxes: Sequence[Mapping[str, Any]]) -> list[TaxRule]:
    """Make taxes that count from the business date on.

    Args:
        place: the property.
        taxes: columns of TaxRule without ``valid_from``.

    Raises:
        Conflict: a tax of one of the codes is there already; nothing was made.
        InvalidInput: an amount in another currency.

    Locks: the property's setting-up.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"rates {place.pk}")
    codes = [tax["code"] for tax in taxes]
    there = sorted(set(TaxRule.objects.at(place.pk).filter(code__in=codes).values_list("code", flat=True)))
    if there:
        text = _("These taxes are there already: %(codes)s. Nothing was made.") % {"codes": ", ".join(there)}
        raise Conflict(text, code="tax_exists", extra={"codes": there})
    return [tax_rule_create(place=place, values={"valid_from": place.business_date, **tax}) for tax in taxes]


def _changes(prices: Mapping[RoomType, Money]) -> list[PriceChange]:
    return [PriceChange(room_types=[room_type], amount=amount) for room_type, amount in prices.items()]


def _cancellation(place: Property, plan: FirstPlan) -> CancellationPolicy:
    whole = {"penalty": PenaltyKind.PERCENT, "share": Decimal(1)}
    until = {
        "deadline": DeadlineKind.BEFORE_ARRIVAL,
        "days_before": plan.days_before,
        "at_time": plan.at_time,
    }
    steps: dict[CancelTerms, list[dict[str, Any]]] = {
        CancelTerms.FREE: [],
        CancelTerms.FIRST_NIGHT: [{**until, "penalty": PenaltyKind.NIGHTS, "nights": 1}],
        CancelTerms.WHOLE_STAY: [{**until, **whole}],
        CancelTerms.NEVER: [{"deadline": DeadlineKind.AFTER_BOOKING, "hours_after": 0, **whole}],
    }
    values = {"code": plan.code, "name": str(plan.terms.label)[:80]}
    return policy_create(model=CancellationPolicy, place=place, values=values, steps=steps[plan.terms])


def _no_show(place: Property, plan: FirstPlan) -> NoShowPolicy | None:
    if not plan.no_show_nights:
        return None
    values = {
        "code": plan.code,
        "name": _("First nights: %(n)d") % {"n": plan.no_show_nights},
        "penalty": PenaltyKind.NIGHTS,
        "nights": plan.no_show_nights,
    }
    return policy_create(model=NoShowPolicy, place=place, values=values)
