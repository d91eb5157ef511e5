"""Rate plans: making and changing them, deriving them from one another, and on what they are sold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput, RuleBroken, VersionConflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.guests.models import Company
from hotel.properties.models import Property
from hotel.rates.domain.pricing import DerivationCycle, ancestry
from hotel.rates.models import Package, RatePlan, RatePlanCompany, RatePlanPackage, RatePlanRoomType
from hotel.rates.services.facts import rates_changed
from hotel.rooms.models import RoomType


class PlanCycle(RuleBroken):
    """The plan would be derived from itself."""

    code = "rate_plan_cycle"


@dataclass(frozen=True, kw_only=True)
class PlanContents:
    """What a plan is made of; None leaves what is there.

    Attributes:
        values: columns of RatePlan.
        room_types: the types it is sold on.
        companies: who it is agreed with, and the share taken off if any.
        packages: whether each package is contained in the rate or added to it.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    room_types: Iterable[RoomType] | None = None
    companies: Mapping[Company, Decimal | None] | None = None
    packages: Mapping[Package, bool] | None = None


@transaction.atomic
def plan_create(*, place: Property, contents: PlanContents) -> RatePlan:
    """Make a rate plan.

    Raises:
        InvalidInput: an amount in another currency, or something of another property.

    Locks: the property's plans, when it derives from one.
    """
    _check(place, contents)
    if contents.values.get("parent") is not None:
        plans_locked(property_id=place.pk)
    plan = RatePlan.objects.create(property=place, **contents.values)
    _write(plan, contents)
    rates_changed(property_id=place.pk, plan_ids=[plan.pk])
    return plan


@transaction.atomic
def plan_change(*, plan: RatePlan, contents: PlanContents, expected_version: int | None = None) -> RatePlan:
    """Change a plan; what derives from it changes with it, stays sold already keep their price and policies.

    Raises:
        VersionConflict: somebody changed it since.
        PlanCycle: it would derive from itself.
        InvalidInput: an amount in another currency, or something of another property.

    Locks: all plans of the property, in order: no two changes can close a cycle together.
    """
    plans = plans_locked(property_id=plan.property_id)
    fresh = plans[plan.pk]
    if expected_version is not None and fresh.version != expected_version:
        raise VersionConflict(_("Somebody changed this plan since you read it. Read it again."))
    _check(fresh.property, contents)
    for name, value in contents.values.items():
        setattr(fresh, name, value)
    _refuse_cycle(fresh, plans)
    fresh.version += 1
    fresh.save()
    _write(fresh, contents)
    rates_changed(property_id=fresh.property_id, plan_ids=[fresh.pk])
    return fresh


def plans_locked(*, property_id: int) -> dict[int, RatePlan]:
    """All plans of a property, locked in order of their ids, by id."""
    return {row.pk: row for row in lock_rows(RatePlan.objects.at(property_id))}


def _refuse_cycle(plan: RatePlan, plans: Mapping[int, RatePlan]) -> None:
    parents = {row.pk: row.parent_id for row in plans.values()} | {plan.pk: plan.parent_id}
    try:
        ancestry(plan.pk, parents)
    except DerivationCycle as error:
        text = _("%(plan)s cannot derive from %(parent)s: that plan derives from %(plan)s.") % {
            "plan": plan.name,
            "parent": plan.parent,
        }
        raise PlanCycle(text) from error


def _check(place: Property, contents: PlanContents) -> None:
    related = [value for value in contents.values.values() if hasattr(value, "property_id")]
    related += [*(contents.room_types or ()), *(contents.packages or ())]
    if any(row.property_id != place.pk for row in related):
        raise InvalidInput(
            _("Parent, policies, types and packages must be of this property."), code="other_property"
        )
    check_currency(place=place, values=contents.values)


def check_currency(*, place: Property, values: Mapping[str, Any]) -> None:
    """Refuse amounts in another currency than the property's.

    Raises:
        InvalidInput: ``currency_mismatch``.
    """
    for name, value in values.items():
        code = getattr(getattr(value, "currency", None), "code", None)
        if code is not None and code != str(place.currency):
            text = _("Amounts of this property are in %(currency)s.") % {"currency": place.currency}
            raise InvalidInput(text, code="currency_mismatch", fields={name: [text]})


def _write(plan: RatePlan, contents: PlanContents) -> None:
    if contents.room_types is not None:
        wanted = {room_type.pk: room_type for room_type in contents.room_types}
        plan.room_types.exclude(room_type__in=wanted).delete()
        present = set(plan.room_types.values_list("room_type_id", flat=True))
        RatePlanRoomType.objects.bulk_create(
            RatePlanRoomType(property_id=plan.property_id, rate_plan=plan, room_type=room_type)
            for pk, room_type in wanted.items()
            if pk not in present
        )
    if contents.companies is not None:
        plan.companies.all().delete()
        RatePlanCompany.objects.bulk_create(
            RatePlanCompany(property_id=plan.property_id, rate_plan=plan, company=company, discount_rate=rate)
            for company, rate in contents.companies.items()
        )
    if contents.packages is not None:
        plan.packages.all().delete()
        RatePlanPackage.objects.bulk_create(
            RatePlanPackage(
                property_id=plan.property_id, rate_plan=plan, package=package, is_included=is_included
            )
            for package, is_included in contents.packages.items()
        )
