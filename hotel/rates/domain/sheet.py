"""All terms of a property that quotes need, read once; and the question that is put to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from hotel.rates.domain.pricing import ancestry
from hotel.rates.domain.quotes import NightPrice, Occupancy
from hotel.rates.domain.terms import (
    Band,
    Discount,
    ElementTerms,
    Exemption,
    PlanTerms,
    PriceRow,
    PromoTerms,
    RestrictionRow,
    TaxTerms,
    TypeTerms,
)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RateSheet:
    """The terms of one property for a range of dates.

    Attributes:
        prices: own rows by (plan, type).
        elements: package elements by plan that states packages itself.
        policies: frozen policies by plan, only the parts it states itself.
        agreements: plans agreed with the asking company, each with its discount if any.
        taxes: in order of computation.
    """

    property_id: int
    currency: str
    plans: Mapping[int, PlanTerms]
    types: Mapping[int, TypeTerms]
    bands: Sequence[Band] = ()
    prices: Mapping[tuple[int, int], Sequence[PriceRow]] = field(default_factory=dict)
    restrictions: Sequence[RestrictionRow] = ()
    taxes: Sequence[TaxTerms] = ()
    elements: Mapping[int, Sequence[ElementTerms]] = field(default_factory=dict)
    policies: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    agreements: Mapping[int, Discount | None] = field(default_factory=dict)
    promo: PromoTerms | None = None
    exemptions: Sequence[Exemption] = ()

    def lineage(self, plan_id: int) -> list[PlanTerms]:
        """The plan and its ancestors, upwards."""
        return [self.plans[found] for found in ancestry(plan_id, self._parents) if found in self.plans]

    def restricting(self, plan_id: int) -> list[PlanTerms]:
        """The plan, then the ancestors whose restrictions count for it too; stops where one does not inherit."""
        found: list[PlanTerms] = []
        for plan in self.lineage(plan_id):
            found.append(plan)
            if not plan.inherits_restrictions:
                break
        return found

    def nearest(self, plan_id: int, stated: Mapping[int, T]) -> T | None:
        """What the plan states itself, or its nearest ancestor that does."""
        return next((stated[plan.id] for plan in self.lineage(plan_id) if plan.id in stated), None)

    def types_of(self, plan_id: int) -> frozenset[int]:
        """The types a plan is sold on."""
        return self.nearest(plan_id, self._stated_types) or frozenset()

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return {plan.id: plan.parent_id for plan in self.plans.values()}

    @cached_property
    def _stated_types(self) -> dict[int, frozenset[int]]:
        return {plan.id: plan.room_type_ids for plan in self.plans.values() if plan.room_type_ids}

    def policies_of(self, plan_id: int) -> dict[str, Any]:
        """Cancellation, deposit and no-show: each the plan's own or its nearest ancestor's; empty when none."""
        found: dict[str, Any] = {"cancellation": {}, "deposit": {}, "no_show": {}}
        for plan in reversed(self.lineage(plan_id)):
            found |= self.policies.get(plan.id, {})
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRequest:
    """What is asked: the stay, who, and what is settled already.

    Attributes:
        kept: nights whose sold price stays as it is; taxes added per guest follow the party and the nights counted.
        settled: kept nights whose taxes stand too, because they are posted.
        overrides: the night's rate by hand or from a block: takes the place of plan price and discounts.
        exemptions: stated by the guest, beside the certificates of the sheet.
        minutes: length of day use, in real time.
    """

    arrival: date
    departure: date
    occupancy: Occupancy
    booked_on: date
    kept: Mapping[date, NightPrice] = field(default_factory=dict)
    settled: frozenset[date] = frozenset()
    overrides: Mapping[date, Decimal] = field(default_factory=dict)
    exemptions: Sequence[Exemption] = ()
    is_day_use: bool = False
    minutes: int | None = None
