"""Tasks, and what happened to them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import Versioned
from hotel.operations.choices import (
    UNFINISHED,
    TaskChangeKind,
    TaskKind,
    TaskPriority,
    TaskSource,
    TaskState,
)
from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room


class Task(PropertyScopedModel, Versioned):
    """Something to do on a business date, in a room or elsewhere.

    What the rules of the day made is rewritten by them while nobody has started it; who has started one is told in
    ``notice`` what has changed since. ``source`` and ``source_key`` say what made it, once.
    """

    kind = models.CharField(max_length=10, choices=TaskKind)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", db_index=False
    )
    location = models.CharField(max_length=80, blank=True, help_text="Where, when it is not in a room.")
    reservation = models.ForeignKey(
        Reservation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The stay it is for.",
    )
    title = models.CharField(max_length=120, blank=True, help_text="What to do, beyond the kind.")
    business_date = models.DateField()
    priority = models.PositiveSmallIntegerField(choices=TaskPriority, default=TaskPriority.NORMAL)
    due_at = models.DateTimeField(null=True, blank=True)
    credits = models.DecimalField(
        max_digits=5, decimal_places=2, default=0, validators=[MinValueValidator(0)], help_text="Its weight."
    )
    standard_minutes = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="None for the rules of the day.",
    )
    dnd_at = models.DateTimeField(
        null=True, editable=False, help_text="When its door last said not to disturb, since it was made."
    )
    inspects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="inspections",
        db_index=False,
        help_text="The clean that an inspection is of.",
    )
    because = models.CharField(max_length=200, blank=True, help_text="Why it was not done, or was not good.")
    notice = models.CharField(max_length=200, blank=True, help_text="What has changed since it was started.")
    source = models.CharField(max_length=10, choices=TaskSource, default=TaskSource.PERSON, editable=False)
    source_key = models.CharField(
        max_length=60, blank=True, editable=False, help_text="What of it made the task, once; empty by hand."
    )

    class Meta:
        ordering = ["property_id", "priority", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "source", "source_key"],
                condition=~Q(source_key=""),
                name="operations_task_made_once",
            ),
            models.UniqueConstraint(
                fields=["property", "room"],
                condition=Q(source=TaskSource.DAY, state__in=UNFINISHED),
                name="operations_task_one_of_day",
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(location=""), name="operations_task_is_somewhere"
            ),
            models.CheckConstraint(condition=Q(credits__gte=0), name="operations_task_credits"),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, started_at=None, ended_at=None)
                | Q(state=TaskState.STARTED, started_at__isnull=False, ended_at=None)
                | Q(state=TaskState.DONE, started_at__isnull=False, ended_at__isnull=False)
                | (
                    Q(state__in=[TaskState.SKIPPED, TaskState.CANCELLED], ended_at__isnull=False)
                    & ~Q(because="")
                ),
                name="operations_task_state",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="operations_task_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(inspects=None) | Q(kind=TaskKind.INSPECTION), name="operations_task_inspects"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by=None), name="operations_task_ended_by"
            ),
        ]
        indexes = [
            models.Index(fields=["property", "business_date", "state"], name="operations_task_day"),
            models.Index(fields=["property", "room", "business_date"], name="operations_task_room"),
            models.Index(
                fields=["property", "inspects"],
                condition=Q(inspects__isnull=False),
                name="operations_task_inspections",
            ),
            models.Index(
                fields=["property", "assignee"],
                condition=Q(state__in=UNFINISHED),
                name="operations_task_attendant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.room or self.location}"


class TaskChange(PropertyScopedModel):
    """What happened to a task, when and by whom; written once. Times of work are read from here."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes", db_index=False)
    kind = models.CharField(max_length=10, choices=TaskChangeKind)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="None for the rules of the day.",
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["property_id", "id"]
        indexes = [models.Index(fields=["property", "task", "id"], name="operations_task_changes")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.get_kind_display()}"
