"""Filters of rules, usage and looks."""

import django_filters as filters

from hotel.monitoring.choices import Action, ClientKind, Grain, HealthState, Scope
from hotel.monitoring.models import ApiHealth, ApiUsage, RateLimit, RestoreDrill

BIGINT_MAX = 2**63 - 1


class IdFilter(filters.NumberFilter):
    """A whole number that fits a bigint; others are refused with 400."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, min_value=0, max_value=BIGINT_MAX, decimal_places=0, **kwargs)


class RateLimitFilter(filters.FilterSet):
    """Of rules."""

    property = IdFilter(field_name="property_id")
    scope = filters.ChoiceFilter(choices=Scope.choices)
    action = filters.ChoiceFilter(choices=Action.choices)
    is_active = filters.BooleanFilter()
    is_floor = filters.BooleanFilter()

    class Meta:
        model = RateLimit
        fields: list[str] = []


class UsageFilter(filters.FilterSet):
    """Of usage."""

    property = IdFilter(field_name="property_id")
    grain = filters.ChoiceFilter(choices=Grain.choices)
    since = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="lt")
    client_kind = filters.ChoiceFilter(choices=ClientKind.choices)
    client_id = IdFilter()
    operation = filters.CharFilter(max_length=160)
    status_class = filters.NumberFilter(min_value=0, max_value=9, decimal_places=0)
    version = filters.CharFilter(max_length=20)

    class Meta:
        model = ApiUsage
        fields: list[str] = []


class HealthFilter(filters.FilterSet):
    """Of looks."""

    check_name = filters.CharFilter(max_length=40)
    state = filters.MultipleChoiceFilter(choices=HealthState.choices)
    since = filters.IsoDateTimeFilter(field_name="checked_at", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="checked_at", lookup_expr="lt")

    class Meta:
        model = ApiHealth
        fields: list[str] = []


class RestoreDrillFilter(filters.FilterSet):
    """Of trials of backups."""

    is_proven = filters.BooleanFilter()
    since = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="lt")

    class Meta:
        model = RestoreDrill
        fields: list[str] = []
