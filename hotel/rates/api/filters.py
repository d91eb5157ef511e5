"""Filters of rates."""

from typing import Any

from django.db.models import Q
from django_filters import rest_framework as filters

from hotel.properties.api.filters import PropertyScopedFilterSet
from hotel.rates.models import (
    CancellationPolicy,
    DepositPolicy,
    NoShowPolicy,
    Package,
    PromoCode,
    RatePlan,
    RatePrice,
    Restriction,
    Season,
    TaxExemption,
    TaxRule,
)


class RatePlanFilter(PropertyScopedFilterSet):
    """Plans by code, market, parent, type or activity."""

    parent = filters.NumberFilter(field_name="parent_id", label="Plans derived from this one.")
    room_type = filters.NumberFilter(field_name="room_types__room_type_id", label="Plans sold on this type.")
    company = filters.NumberFilter(
        field_name="companies__company_id", label="Plans agreed with this company."
    )

    class Meta:
        model = RatePlan
        fields = ["code", "market", "is_active", "is_negotiated", "needs_promo"]


class PromoCodeFilter(PropertyScopedFilterSet):
    """Codes by code, plan or activity."""

    rate_plan = filters.NumberFilter(field_name="rate_plans", label="Codes of this plan.")

    class Meta:
        model = PromoCode
        fields = ["code", "is_active"]


class NightsFilterSet(PropertyScopedFilterSet):
    """Rows that touch the nights [start, end)."""

    start = filters.DateFilter(
        field_name="end_on", lookup_expr="gt", label="Touching this night or later ones."
    )
    end = filters.DateFilter(
        field_name="start_on", lookup_expr="lt", label="Touching nights before this one."
    )


class RatePriceFilter(NightsFilterSet):
    """Prices by plan, type, season or nights."""

    rate_plan = filters.NumberFilter(field_name="rate_plan_id", label="Prices of this plan.")
    room_type = filters.NumberFilter(field_name="room_type_id", label="Prices of this type.")
    season = filters.NumberFilter(field_name="season_id", label="Prices of this season.")

    class Meta:
        model = RatePrice
        fields: list[str] = []


class RestrictionFilter(NightsFilterSet):
    """Restrictions by kind, plan, type, level or nights."""

    rate_plan = filters.NumberFilter(field_name="rate_plan_id", label="Restrictions of this plan.")
    room_type = filters.NumberFilter(field_name="room_type_id", label="Restrictions of this type.")
    is_house = filters.BooleanFilter(method="filter_house", label="Those of the whole house, or the others.")

    class Meta:
        model = Restriction
        fields = ["kind"]

    def filter_house(self, queryset: Any, name: str, value: bool) -> Any:
        """Neither plan nor type."""
        house = Q(rate_plan=None, room_type=None)
        return queryset.filter(house if value else ~house)


class SeasonFilter(PropertyScopedFilterSet):
    """Seasons by code."""

    class Meta:
        model = Season
        fields = ["code"]


class CancellationPolicyFilter(PropertyScopedFilterSet):
    """Policies by code or activity."""

    class Meta:
        model = CancellationPolicy
        fields = ["code", "is_active"]


class DepositPolicyFilter(PropertyScopedFilterSet):
    """Policies by code or activity."""

    class Meta:
        model = DepositPolicy
        fields = ["code", "is_active"]


class NoShowPolicyFilter(PropertyScopedFilterSet):
    """Policies by code or activity."""

    class Meta:
        model = NoShowPolicy
        fields = ["code", "is_active"]


class TaxRuleFilter(PropertyScopedFilterSet):
    """Rules by code, method, or the night they count on."""

    night = filters.DateFilter(method="filter_night", label="Versions that count on this night.")

    class Meta:
        model = TaxRule
        fields = ["code", "method", "is_inclusive"]

    def filter_night(self, queryset: Any, name: str, value: Any) -> Any:
        """From valid_from until before valid_until."""
        return queryset.filter(Q(valid_until=None) | Q(valid_until__gt=value), valid_from__lte=value)


class TaxExemptionFilter(PropertyScopedFilterSet):
    """Certificates by number, reason, company, or whether they are revoked."""

    company = filters.NumberFilter(field_name="company_id", label="Certificates of this company.")
    is_revoked = filters.BooleanFilter(
        field_name="revoked_at", lookup_expr="isnull", exclude=True, label="Revoked, or not."
    )

    class Meta:
        model = TaxExemption
        fields = ["certificate", "reason"]


class PackageFilter(PropertyScopedFilterSet):
    """Packages by code or activity."""

    class Meta:
        model = Package
        fields = ["code", "is_active"]
