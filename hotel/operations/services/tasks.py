"""What people do with tasks: make, start, finish, skip, cancel, note and hand over. Locks: the task, then its room."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import TaskCompleted
from hotel.core.exceptions import InvalidInput
from hotel.core.facts import publish
from hotel.core.words import _
from hotel.operations.choices import CLEANS, UNFINISHED, TaskChangeKind, TaskSource, TaskState
from hotel.operations.domain.standards import standard_credits, standard_minutes
from hotel.operations.models import Task
from hotel.operations.services.inspections import inspection_make
from hotel.operations.services.task_rows import (
    acted_at,
    require_attendant,
    room_turn,
    task_ended,
    task_locked,
    task_written,
    tasks_told,
)
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rooms.choices import HousekeepingStatus


@transaction.atomic
def task_create(*, place: Property, values: Mapping[str, Any]) -> Task:
    """Make a task by hand, for the business date unless another day is told; it weighs what its kind does in the room.

    Args:
        values: columns of a task; ``room`` or ``location`` says where.

    Raises:
        InvalidInput: neither in a room nor elsewhere (``task_nowhere``), in a room of another property
            (``other_property``), for a day that is over (``day_over``), or for somebody who does not work here
            (``not_an_attendant``).
    """
    room, today = values.get("room"), place.business_date
    if room is None and not values.get("location"):
        raise InvalidInput(_("Say in which room, or where else."), code="task_nowhere")
    if room is not None and room.property_id != place.pk:
        raise InvalidInput(_("The room belongs to another property."), code="other_property")
    if (values.get("business_date") or today) < today:
        raise InvalidInput(_("The day is over: it is %(today)s.") % {"today": today}, code="day_over")
    require_attendant(values.get("assignee"), place.pk)
    weight = standard_credits(values["kind"], room.room_type.housekeeping_credits if room else Decimal(0))
    minutes = setting_value(place.pk, SettingKey.CREDIT_MINUTES, today)
    task = Task.objects.create(
        property=place,
        source=TaskSource.PERSON,
        credits=weight,
        standard_minutes=standard_minutes(weight, minutes),
        **{"business_date": today, **{name: value for name, value in values.items() if value is not None}},
    )
    tasks_told(place, task)
    return task


@transaction.atomic
def task_start(
    *, task: Task, actor: User, at: datetime | None = None, expected_version: int | None = None
) -> Task:
    """Begin a task; whoever begins it is who does it from now on.

    Args:
        at: when, as ``acted_at`` believes it; now unless told.

    Raises:
        Conflict: somebody has begun it, or it is over (``task_not_open``). VersionConflict: stale (412).
    """
    fresh = task_locked(task, expected_version, (TaskState.OPEN,), "task_not_open")
    moment = acted_at(fresh, at)
    fresh.state, fresh.started_at, fresh.assignee, fresh.dnd_at = TaskState.STARTED, moment, actor, None
    return task_written(fresh, TaskChangeKind.STARTED, actor, at=moment)


@transaction.atomic
def task_done(
    *,
    task: Task,
    actor: User,
    note: str = "",
    at: datetime | None = None,
    expected_version: int | None = None,
) -> Task:
    """Finish a task that was begun; a clean leaves its room clean, and each part of a suite.

    An inspection of it is made when the house wants one. ``at`` as for ``task_start``.

    Publishes: TaskCompleted.

    Raises:
        Conflict: nobody has begun it, or it is over (``task_not_started``). VersionConflict: stale (412).
    """
    fresh = task_locked(task, expected_version, (TaskState.STARTED,), "task_not_started")
    fresh.state = TaskState.DONE
    task_ended(fresh, TaskChangeKind.DONE, actor, note, acted_at(fresh, at))
    if fresh.kind in CLEANS:
        room_turn(fresh, HousekeepingStatus.CLEAN, actor, fresh.get_kind_display())
        inspection_make(fresh)
    publish(
        TaskCompleted(
            property_id=fresh.property_id,
            task_id=fresh.pk,
            kind=fresh.kind,
            room_id=fresh.room_id,
            reservation_id=fresh.reservation_id,
            business_date=fresh.business_date,
            started_at=fresh.started_at,  # type: ignore[arg-type]
            ended_at=fresh.ended_at,  # type: ignore[arg-type]
        )
    )
    return fresh


@transaction.atomic
def task_skip(
    *,
    task: Task,
    actor: User,
    reason: str,
    at: datetime | None = None,
    expected_version: int | None = None,
) -> Task:
    """Leave a task undone this time, such as a service that the guest declines; the day does not make it again.

    ``at`` as for ``task_start``.

    Raises:
        Conflict: it is over (``task_over``). InvalidInput: no reason (``reason_required``).
        VersionConflict: stale (412).
    """
    return _given_up(task, TaskState.SKIPPED, actor, reason, expected_version, at)


@transaction.atomic
def task_cancel(*, task: Task, actor: User, reason: str, expected_version: int | None = None) -> Task:
    """Take a task back that need not be done; the day does not make it again.

    Raises:
        Conflict: it is over (``task_over``). InvalidInput: no reason (``reason_required``).
        VersionConflict: stale (412).
    """
    return _given_up(task, TaskState.CANCELLED, actor, reason, expected_version)


@transaction.atomic
def task_assign(
    *, task: Task, assignee: User | None, actor: User, expected_version: int | None = None
) -> Task:
    """Give a task that nobody has begun to somebody, or to nobody.

    Raises:
        Conflict: somebody has begun it, or it is over (``task_not_open``).
        InvalidInput: who is to do it does not work here (``not_an_attendant``). VersionConflict: stale (412).
    """
    fresh = task_locked(task, expected_version, (TaskState.OPEN,), "task_not_open")
    require_attendant(assignee, fresh.property_id)
    fresh.assignee = assignee
    return task_written(fresh, TaskChangeKind.ASSIGNED, actor, str(assignee or "Nobody"))


@transaction.atomic
def task_note(
    *, task: Task, actor: User, note: str, at: datetime | None = None, expected_version: int | None = None
) -> Task:
    """Write something down about a task, whatever its state. ``at`` as for ``task_start``.

    Raises:
        InvalidInput: nothing is said (``note_required``). VersionConflict: stale (412).
    """
    if not note.strip():
        raise InvalidInput(_("Write what is to be noted."), code="note_required")
    fresh = task_locked(task, expected_version, tuple(TaskState), "task_not_open")
    return task_written(fresh, TaskChangeKind.NOTED, actor, note.strip(), acted_at(fresh, at))


def _given_up(
    task: Task, state: TaskState, actor: User, reason: str, expected: int | None, at: datetime | None = None
) -> Task:
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    fresh = task_locked(task, expected, UNFINISHED, "task_over")
    fresh.state, fresh.because = state, reason.strip()
    return task_ended(fresh, TaskChangeKind(state), actor, fresh.because, acted_at(fresh, at))
