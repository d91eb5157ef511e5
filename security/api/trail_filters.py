"""Filters of the trail."""

from typing import Any

import django_filters as filters

from security.choices import TrailOperation
from security.models import AccessEvent, AuditLog

BIGINT_MAX = 2**63 - 1


class IdFilter(filters.NumberFilter):
    """A whole number that fits a bigint; others are refused with 400."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=BIGINT_MAX, decimal_places=0, **kwargs)


class AuditLogFilter(filters.FilterSet):
    """By row, actor, property, request, door and time."""

    table = filters.CharFilter(max_length=63)
    row_pk = filters.CharFilter(max_length=80)
    op = filters.MultipleChoiceFilter(choices=TrailOperation.choices)
    property = IdFilter(field_name="property_id")
    actor = filters.CharFilter(max_length=120)
    actor_id = IdFilter()
    request_id = filters.CharFilter(max_length=64)
    door = filters.CharFilter(max_length=12)
    at_from = filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    at_before = filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = AuditLog
        fields: list[str] = []


class AccessEventFilter(filters.FilterSet):
    """By the person looked at, who looked, request and time."""

    subject = IdFilter(method="filter_subject", label="Key of the guest who was looked at.")
    property = IdFilter(field_name="property_id")
    actor_id = IdFilter()
    request_id = filters.CharFilter(max_length=64)
    at_from = filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    at_before = filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = AccessEvent
        fields: list[str] = []

    def filter_subject(self, rows: Any, name: str, value: Any) -> Any:
        """By the index on subjects."""
        return rows.of_subject(int(value))
