"""Rights, requests, reviews and emergencies in the admin; every change goes through a service."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline, SharedAdmin
from hotel.properties.models import Property
from security.models import (
    AccessPolicy,
    AccessRequest,
    AccessReview,
    AccessReviewItem,
    DutyConflict,
    EmergencyAccess,
    Permission,
)
from security.services.access_requests import access_request_approve
from security.services.catalogue import (
    duty_conflict_change,
    duty_conflict_create,
    duty_conflict_delete,
    permission_change,
    policy_change,
)
from security.services.emergencies import emergency_close


class ChainwideAdmin(SharedAdmin):
    """What belongs to a chain: who manages security at every property of it changes it."""

    list_filter = ["chain"]

    def property_ids_of(self, obj: Any) -> Any:
        """All of the chain."""
        return Property.objects.filter(chain=obj.chain_id).values_list("pk", flat=True)


@admin.register(Permission)
class PermissionAdmin(ChainwideAdmin):
    """The rights of the house as a chain looks at them."""

    list_display = ["area", "verb", "risk", "needs_second_person", "chain"]
    list_filter = ["risk", "needs_second_person", "area", "chain"]
    search_fields = ["area", "verb"]
    readonly_fields = ["chain", "area", "verb"]
    admin_verbs = {"add": "", "delete": ""}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Through the service."""
        permission_change(permission=obj, changes=form.cleaned_data, by=request.user)


@admin.register(DutyConflict)
class DutyConflictAdmin(ChainwideAdmin):
    """Pairs of rights that one person should not hold."""

    list_display = ["first", "second", "action", "reason", "chain"]
    list_filter = ["action", "chain"]
    list_select_related = ["first", "second", "chain"]
    search_fields = ["reason", "first__area", "second__area"]
    fields = ["first", "second", "action", "reason"]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """The two rights are chosen once."""
        return ["first", "second"] if obj is not None else []

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Through the services."""
        values = form.cleaned_data
        if change:
            duty_conflict_change(rule=obj, changes=values, by=request.user)
        else:
            obj.pk = duty_conflict_create(**values, by=request.user).pk

    def delete_model(self, request: Any, obj: Any) -> None:
        """Through the service."""
        duty_conflict_delete(rule=obj, by=request.user)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        """One by one."""
        for rule in queryset:
            duty_conflict_delete(rule=rule, by=request.user)


@admin.register(AccessPolicy)
class AccessPolicyAdmin(ChainwideAdmin):
    """How a chain looks after its rights."""

    list_display = ["chain", "review_every_days", "dormant_after_days", "emergency_role", "emergency_minutes"]
    list_select_related = ["chain", "emergency_role"]
    search_fields = ["chain__name"]
    readonly_fields = ["chain"]
    admin_verbs = {"add": "", "delete": ""}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Through the service."""
        policy_change(policy=obj, changes=form.cleaned_data, by=request.user)


@admin.register(AccessRequest)
class AccessRequestAdmin(ReadOnlyAdmin):
    """Roles asked for."""

    list_display = ["user", "role", "property", "group", "status", "requested_by", "lapses_at"]
    list_filter = ["status", "property"]
    list_select_related = ["user", "role", "property", "group", "requested_by"]
    search_fields = ["user__username", "role__name", "reason"]
    actions = ["approve"]

    def property_ids_of(self, obj: Any) -> Any:
        """Where the role would be held."""
        return [place.pk for place in obj.places()]

    @admin.action(description="Agree: the role is assigned", permissions=["approve"])
    def approve(self, request: Any, queryset: Any) -> None:
        """Agree to each."""
        call = lambda row: access_request_approve(request=row, by=request.user)  # noqa: E731
        self.each(request, "approve", queryset, call, "{} roles are assigned.")


class AccessReviewItemInline(ReadOnlyInline):
    """The lines."""

    model = AccessReviewItem
    fields = ["user", "title", "flags", "last_used_at", "decision", "decided_by"]


@admin.register(AccessReview)
class AccessReviewAdmin(ReadOnlyAdmin):
    """Reviews of all rights at a property."""

    list_display = ["name", "property", "due_on", "closed_at"]
    list_filter = ["property"]
    list_select_related = ["property"]
    search_fields = ["name"]
    inlines = [AccessReviewItemInline]


@admin.register(AccessReviewItem)
class AccessReviewItemAdmin(ReadOnlyAdmin):
    """The lines of reviews."""

    list_display = ["user", "title", "decision", "last_used_at", "review"]
    list_filter = ["decision", "subject", "property"]
    list_select_related = ["user", "review"]
    search_fields = ["user__username", "title"]


@admin.register(EmergencyAccess)
class EmergencyAccessAdmin(ReadOnlyAdmin):
    """The glass that was broken."""

    list_display = ["user", "property", "role", "created_at", "ends_at", "closed_at", "verdict"]
    list_filter = ["verdict", "property"]
    list_select_related = ["user", "property", "role"]
    search_fields = ["user__username", "reason"]
    actions = ["close"]

    @admin.action(description="End it now", permissions=["approve"])
    def close(self, request: Any, queryset: Any) -> None:
        """End each before its time."""
        call = lambda row: emergency_close(emergency=row, by=request.user)  # noqa: E731
        self.each(request, "approve", queryset, call, "{} emergency accesses have ended.")
