"""What lists of access control may be narrowed by."""

from django_filters import rest_framework as filters

from security.models import (
    AccessPolicy,
    AccessRequest,
    AccessReview,
    AccessReviewItem,
    DutyConflict,
    EmergencyAccess,
    Permission,
)


class PermissionFilter(filters.FilterSet):
    """By chain, area, verb, risk."""

    class Meta:
        model = Permission
        fields = ["chain", "area", "verb", "risk", "needs_second_person"]


class DutyConflictFilter(filters.FilterSet):
    """By chain and action."""

    class Meta:
        model = DutyConflict
        fields = ["chain", "action"]


class AccessPolicyFilter(filters.FilterSet):
    """By chain."""

    class Meta:
        model = AccessPolicy
        fields = ["chain"]


class AccessRequestFilter(filters.FilterSet):
    """By place, person, role and status."""

    class Meta:
        model = AccessRequest
        fields = ["property", "group", "user", "role", "status", "requested_by"]


class AccessReviewFilter(filters.FilterSet):
    """By property, and whether it is open."""

    is_open = filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull")

    class Meta:
        model = AccessReview
        fields = ["property"]


class AccessReviewItemFilter(filters.FilterSet):
    """By review, person, subject, decision and flag."""

    flag = filters.CharFilter(field_name="flags", lookup_expr="contains", method="with_flag")

    class Meta:
        model = AccessReviewItem
        fields = ["property", "review", "user", "subject", "decision"]

    def with_flag(self, queryset, name, value):  # noqa: ANN001, ANN201
        """Lines that carry this flag."""
        return queryset.filter(flags__contains=[value])


class EmergencyAccessFilter(filters.FilterSet):
    """By property, person and verdict."""

    class Meta:
        model = EmergencyAccess
        fields = ["property", "user", "verdict"]
