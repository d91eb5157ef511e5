"""Filters of operations."""

from django_filters import rest_framework as filters

from hotel.operations.choices import UNFINISHED
from hotel.operations.models import Discrepancy, HousekeepingRound, LostItem, Task, TaskChange, WorkOrder
from hotel.properties.api.filters import PropertyScopedFilterSet


class TaskFilter(PropertyScopedFilterSet):
    """Tasks by day, kind, state, who does them and where."""

    room = filters.NumberFilter(field_name="room_id", label="In this room.")
    reservation = filters.NumberFilter(field_name="reservation_id", label="For this stay.")
    assignee = filters.NumberFilter(field_name="assignee_id", label="Of this person.")
    floor = filters.NumberFilter(field_name="room__floor_id", label="On this floor.")
    section = filters.NumberFilter(field_name="room__section_id", label="In this section.")
    business_date = filters.DateFromToRangeFilter()
    is_unfinished = filters.BooleanFilter(method="by_unfinished", label="Open or started.")
    is_assigned = filters.BooleanFilter(
        field_name="assignee", lookup_expr="isnull", exclude=True, label="Whether somebody is to do it."
    )

    class Meta:
        model = Task
        fields = ["kind", "state", "priority", "source"]

    def by_unfinished(self, rows: Task, name: str, value: bool) -> Task:
        """Open or started, or else over."""
        return rows.filter(state__in=UNFINISHED) if value else rows.exclude(state__in=UNFINISHED)


class TaskChangeFilter(PropertyScopedFilterSet):
    """What happened, by task, person or time."""

    task = filters.NumberFilter(field_name="task_id", label="To this task.")
    actor = filters.NumberFilter(field_name="actor_id", label="By this person.")
    at = filters.IsoDateTimeFromToRangeFilter()

    class Meta:
        model = TaskChange
        fields = ["kind"]


class HousekeepingRoundFilter(PropertyScopedFilterSet):
    """Rounds by day and attendant."""

    attendant = filters.NumberFilter(field_name="attendant_id", label="Of this person.")
    business_date = filters.DateFromToRangeFilter()

    class Meta:
        model = HousekeepingRound
        fields: list[str] = []


class DiscrepancyFilter(PropertyScopedFilterSet):
    """Discrepancies by kind, day, room, or whether they are open."""

    room = filters.NumberFilter(field_name="room_id", label="In this room.")
    business_date = filters.DateFromToRangeFilter()
    is_open = filters.BooleanFilter(field_name="resolved_at", lookup_expr="isnull", label="Not resolved yet.")

    class Meta:
        model = Discrepancy
        fields = ["kind"]


class WorkOrderFilter(PropertyScopedFilterSet):
    """Work orders by place, state, category, severity, who does them, and until when."""

    room = filters.NumberFilter(field_name="room_id", label="In this room.")
    assignee = filters.NumberFilter(field_name="assignee_id", label="Of this person.")
    is_open = filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", label="Not over yet.")
    due_at = filters.IsoDateTimeFromToRangeFilter()

    class Meta:
        model = WorkOrder
        fields = ["state", "category", "severity"]


class LostItemFilter(PropertyScopedFilterSet):
    """Found things by kind, state, day, room, stay, or whether their time is over by a day."""

    room = filters.NumberFilter(field_name="room_id", label="Found in this room.")
    reservation = filters.NumberFilter(field_name="reservation_id", label="Of the guest of this stay.")
    found_on = filters.DateFromToRangeFilter()
    keep_until = filters.DateFromToRangeFilter()

    class Meta:
        model = LostItem
        fields = ["kind", "state"]
