"""Operations in the admin: rows to be read, and commands that call services."""

from typing import Any

from django.contrib import admin

from hotel.operations.models import (
    Discrepancy,
    HandoverNote,
    HousekeepingRound,
    LostItem,
    Task,
    TaskChange,
    WorkOrder,
    WorkOrderChange,
)
from hotel.operations.services.tasks import task_cancel
from hotel.operations.services.work_orders import order_cancel
from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline

BY_ADMIN = "Cancelled in the administration"


class TaskChangeInline(ReadOnlyInline):
    """What happened to a task."""

    model = TaskChange
    fields = ["at", "kind", "actor", "note"]


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    """What is to be done, by whom, and what became of it."""

    list_display = [
        "kind", "room", "location", "business_date", "priority", "state", "assignee", "due_at", "credits", "property",
    ]  # fmt: skip
    list_filter = ["property", "state", "kind", "source"]
    list_select_related = ["property", "room", "assignee"]
    search_fields = ["room__number", "location", "title"]
    date_hierarchy = "business_date"
    inlines = [TaskChangeInline]
    actions = ["cancel"]

    @admin.action(description="Cancel", permissions=["manage"])
    def cancel(self, request: Any, queryset: Any) -> None:
        """Take tasks back that need not be done."""
        call = lambda row: task_cancel(task=row, actor=request.user, reason=BY_ADMIN)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} tasks are cancelled.")


@admin.register(HousekeepingRound)
class HousekeepingRoundAdmin(ReadOnlyAdmin):
    """Who works on which day, and how much is a full round."""

    list_display = ["attendant", "business_date", "credit_target", "property"]
    list_filter = ["property"]
    list_select_related = ["property", "attendant"]
    search_fields = ["attendant__username"]
    date_hierarchy = "business_date"


@admin.register(Discrepancy)
class DiscrepancyAdmin(ReadOnlyAdmin):
    """Where housekeeping found a room otherwise than the front office had it."""

    list_display = [
        "room", "kind", "business_date", "persons", "office_persons", "found_by", "resolved_at", "because", "property",
    ]  # fmt: skip
    list_filter = ["property", "kind", ("resolved_at", admin.EmptyFieldListFilter)]
    list_select_related = ["property", "room", "found_by"]
    search_fields = ["room__number"]
    date_hierarchy = "business_date"


@admin.register(LostItem)
class LostItemAdmin(ReadOnlyAdmin):
    """What was found, where it lies and what became of it; without who signed for it and where it was sent."""

    list_display = [
        "description", "kind", "room", "location", "found_on", "storage", "keep_until", "state", "property",
    ]  # fmt: skip
    list_filter = ["property", "state", "kind"]
    list_select_related = ["property", "room"]
    search_fields = ["description", "location", "storage", "room__number"]
    date_hierarchy = "found_on"
    exclude = ["signed_name", "ship_to"]


class WorkOrderChangeInline(ReadOnlyInline):
    """What states a work order came to."""

    model = WorkOrderChange
    fields = ["at", "state", "actor", "note"]


@admin.register(WorkOrder)
class WorkOrderAdmin(ReadOnlyAdmin):
    """What is broken, how bad it is, who repairs it, and until when."""

    list_display = [
        "title", "room", "location", "category", "severity", "state", "assignee", "due_at", "ended_at", "property",
    ]  # fmt: skip
    list_filter = ["property", "state", "category", "severity"]
    list_select_related = ["property", "room", "assignee"]
    search_fields = ["title", "location", "room__number"]
    date_hierarchy = "reported_at"
    inlines = [WorkOrderChangeInline]
    actions = ["cancel"]

    @admin.action(description="Cancel", permissions=["manage"])
    def cancel(self, request: Any, queryset: Any) -> None:
        """Give work orders up; rooms that were held for them come back."""
        call = lambda row: order_cancel(order=row, actor=request.user, reason=BY_ADMIN)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} work orders are cancelled.")


@admin.register(HandoverNote)
class HandoverNoteAdmin(ReadOnlyAdmin):
    """What shifts told each other, and who has done it; written at the desk."""

    list_display = ["text", "is_urgent", "business_date", "written_by", "done_at", "done_by", "property"]
    list_filter = ["property", "is_urgent"]
    list_select_related = ["property", "written_by", "done_by"]
    search_fields = ["text"]
    date_hierarchy = "business_date"
