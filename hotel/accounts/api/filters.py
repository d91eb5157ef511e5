"""Filters of users, roles and tokens."""

from typing import Any

from django_filters import rest_framework as filters

from hotel.accounts.models import ApiToken, Impersonation, Integrator, Role, RoleAssignment, User


class UserFilter(filters.FilterSet):
    """Users who belong to a property, by name or kind."""

    property = filters.NumberFilter(method="at_property", label="Users who belong to this property.")

    class Meta:
        model = User
        fields = ["username", "email", "is_active", "is_machine"]

    def at_property(self, queryset: Any, name: str, value: Any) -> Any:
        """By any role there, or at home there."""
        return queryset.belonging_to([value])


class RoleFilter(filters.FilterSet):
    """Roles by chain, property or code."""

    chain = filters.NumberFilter(field_name="chain_id", label="Roles of this chain.")
    property = filters.NumberFilter(field_name="chain__properties", label="Roles of this property's chain.")

    class Meta:
        model = Role
        fields = ["code", "is_seeded"]


class RoleAssignmentFilter(filters.FilterSet):
    """Assignments by user, role, or a property they reach."""

    property = filters.NumberFilter(method="at_property", label="Assignments that reach this property.")
    user = filters.NumberFilter(field_name="user_id", label="Assignments of this user.")
    role = filters.NumberFilter(field_name="role_id", label="Assignments of this role.")

    class Meta:
        model = RoleAssignment
        fields: list[str] = []

    def at_property(self, queryset: Any, name: str, value: Any) -> Any:
        """Directly or by a group."""
        return queryset.reaching([value])


class IntegratorFilter(filters.FilterSet):
    """Integrators by user, property, or whether they were revoked."""

    property = filters.NumberFilter(method="at_property", label="Integrators for this property.")
    user = filters.NumberFilter(field_name="user_id", label="Integrators of this user.")
    is_revoked = filters.BooleanFilter(field_name="revoked_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Integrator
        fields: list[str] = []

    def at_property(self, queryset: Any, name: str, value: Any) -> Any:
        """For this property among others."""
        scope = Integrator.properties.through.objects.filter(property=value)
        return queryset.filter(pk__in=scope.values("integrator"))


class ApiTokenFilter(filters.FilterSet):
    """Tokens by user, property, or whether they were revoked."""

    property = filters.NumberFilter(method="at_property", label="Tokens for this property.")
    user = filters.NumberFilter(field_name="user_id", label="Tokens of this user.")
    is_revoked = filters.BooleanFilter(field_name="revoked_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = ApiToken
        fields: list[str] = []

    def at_property(self, queryset: Any, name: str, value: Any) -> Any:
        """For this property among others."""
        scope = ApiToken.properties.through.objects.filter(property=value)
        return queryset.filter(pk__in=scope.values("apitoken"))


class ImpersonationFilter(filters.FilterSet):
    """By who looked, as whom, where that person belongs to, and when it began."""

    property = filters.NumberFilter(method="at_property", label="As people who belong to this property.")

    created_at = filters.IsoDateTimeFromToRangeFilter()

    class Meta:
        model = Impersonation
        fields = ["actor", "user", "ending"]

    def at_property(self, queryset: Any, name: str, value: Any) -> Any:
        """By any role there, or at home there."""
        return queryset.filter(user__in=User.objects.belonging_to([value]).values("pk"))
