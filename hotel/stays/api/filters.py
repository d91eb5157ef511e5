"""Filters of the hotel day."""

from django_filters import rest_framework as filters

from hotel.properties.api.filters import PropertyScopedFilterSet
from hotel.stays.models import DailyStatistic, FixedCharge, NightAudit


class NightAuditFilter(PropertyScopedFilterSet):
    """Audits by status and business date."""

    since = filters.DateFilter(
        field_name="business_date", lookup_expr="gte", label="From this business date."
    )
    until = filters.DateFilter(
        field_name="business_date", lookup_expr="lte", label="Up to this business date."
    )

    class Meta:
        model = NightAudit
        fields = ["business_date", "status"]


class FixedChargeFilter(PropertyScopedFilterSet):
    """Fixed charges by stay."""

    reservation = filters.NumberFilter(field_name="reservation_id", label="Of this stay.")

    class Meta:
        model = FixedCharge
        fields = ["every_nights"]


class DailyStatisticFilter(PropertyScopedFilterSet):
    """Figures by business date."""

    since = filters.DateFilter(
        field_name="business_date", lookup_expr="gte", label="From this business date."
    )
    until = filters.DateFilter(
        field_name="business_date", lookup_expr="lte", label="Up to this business date."
    )

    class Meta:
        model = DailyStatistic
        fields = ["business_date"]
