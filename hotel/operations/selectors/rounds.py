"""Rounds of a day, and the tasks that are still to be given to somebody."""

from decimal import Decimal

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from hotel.operations.choices import TaskState
from hotel.operations.domain.rounds import Load, Sheet
from hotel.operations.models import HousekeepingRound, Task

GIVEN_UP = (TaskState.SKIPPED, TaskState.CANCELLED)


def rounds_with_load(rounds: QuerySet[HousekeepingRound]) -> QuerySet[HousekeepingRound]:
    """Rounds with ``credits``, ``tasks`` and ``tasks_done``: of what was assigned and not given up; one query."""
    mine = (
        Task.objects.filter(
            property=OuterRef("property"),
            business_date=OuterRef("business_date"),
            assignee=OuterRef("attendant"),
        )
        .exclude(state__in=GIVEN_UP)
        .order_by()
        .values("assignee")
    )
    zero = Value(Decimal(0), DecimalField(max_digits=9, decimal_places=2))
    return rounds.annotate(
        credits=Coalesce(Subquery(mine.annotate(n=Sum("credits")).values("n")), zero),
        tasks=Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0),
        tasks_done=Coalesce(
            Subquery(mine.annotate(n=Count("pk", filter=Q(state=TaskState.DONE))).values("n")), 0
        ),
    )


def sheets_of(property_id: int, day: object) -> list[Sheet]:
    """The rounds of a business date as they are split by; one query."""
    rows = rounds_with_load(HousekeepingRound.objects.at(property_id).filter(business_date=day))
    return [Sheet(row.attendant_id, row.credit_target, row.credits) for row in rows]  # type: ignore[attr-defined]


def unassigned(property_id: int, day: object) -> QuerySet[Task]:
    """Open tasks in rooms on a business date that are nobody's, without inspections and welfare checks."""
    rows = Task.objects.at(property_id).filter(business_date=day, state=TaskState.OPEN, assignee=None)
    return rows.filter(room__isnull=False, credits__gt=0, inspects=None).select_related(
        "room__section", "room__building", "room__floor"
    )


def load_of(task: Task) -> Load:
    """A task as it is split by."""
    room = task.room
    assert room is not None  # noqa: S101  (only those in rooms are split)
    section, building = room.section.code if room.section else "", room.building.code if room.building else ""
    level = f"{room.floor.level + 1000:05}" if room.floor else ""
    return Load(task.pk, task.credits, (section, building, level, room.number))
