"""Filters of the hotel day."""

from django_filters import rest_framework as filters

from hotel.properties.api.filters import PropertyScopedFilterSet
from hotel.stays.models import DailyStatistic, NightAudit


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
