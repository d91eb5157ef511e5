"""Work orders, and what happened to them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import Versioned
from hotel.operations.choices import (
    WORK_ORDER_OVER,
    TaskPriority,
    WorkOrderCategory,
    WorkOrderState,
)
from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.models import Room, RoomBlock


class WorkOrder(PropertyScopedModel, Versioned):
    """Something is broken in a room or elsewhere; new → assigned → being done, or waiting → done or cancelled.

    ``hold`` is the maintenance hold that was made for it; it ends with the order.
    """

    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="work_orders", db_index=False
    )
    location = models.CharField(max_length=80, blank=True, help_text="Where, when it is not in a room.")
    category = models.CharField(max_length=10, choices=WorkOrderCategory)
    severity = models.PositiveSmallIntegerField(choices=TaskPriority, default=TaskPriority.NORMAL)
    title = models.CharField(max_length=120)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(help_text="Until when it should be over, by its severity.")
    state = models.CharField(
        max_length=10, choices=WorkOrderState, default=WorkOrderState.NEW, editable=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    hold = models.OneToOneField(
        RoomBlock, on_delete=models.PROTECT, null=True, editable=False, related_name="work_order"
    )
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    minutes_spent = models.PositiveIntegerField(null=True, editable=False)
    because = models.CharField(max_length=200, blank=True, help_text="What was done, or why it was not.")

    class Meta:
        ordering = ["property_id", "severity", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="operations_order_titled"),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(location=""), name="operations_order_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(hold=None) | Q(room__isnull=False), name="operations_order_holds_its_room"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) & ~Q(state__in=WORK_ORDER_OVER)
                | Q(ended_at__isnull=False, state__in=WORK_ORDER_OVER) & ~Q(because=""),
                name="operations_order_over_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[WorkOrderState.DOING, WorkOrderState.DONE])
                | Q(started_at__isnull=False),
                name="operations_order_begun",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="operations_order_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=WorkOrderState.ASSIGNED) | Q(assignee__isnull=False),
                name="operations_order_assigned_to_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "due_at"], condition=Q(ended_at=None), name="operations_order_open"
            ),
            models.Index(fields=["property", "room", "id"], name="operations_order_room"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.room or self.location}"


class WorkOrderChange(PropertyScopedModel):
    """What state a work order came to, when and by whom; written once."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="changes", db_index=False)
    state = models.CharField(max_length=10, choices=WorkOrderState)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["property_id", "id"]
        indexes = [models.Index(fields=["property", "order", "id"], name="operations_order_changes")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.get_state_display()}"
