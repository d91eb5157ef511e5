"""Inspections: a good clean makes its room inspected, another one is done again. Locks: tasks, then rooms."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import QualityFailed
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, NotPermitted
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.operations.choices import UNFINISHED, TaskChangeKind, TaskKind, TaskSource, TaskState
from hotel.operations.domain.standards import standard_credits, standard_minutes
from hotel.operations.models import Task
from hotel.operations.services.task_rows import room_turn, task_ended, task_locked, task_written, tasks_told
from hotel.properties.choices import SettingKey
from hotel.properties.selectors.settings import settings_at
from hotel.rooms.choices import HousekeepingStatus

# What the setting says to the kinds that are inspected.
INSPECTED = {
    "none": frozenset(),
    "departures": frozenset({TaskKind.DEPARTURE, TaskKind.DEEP}),
    "all": frozenset({TaskKind.DEPARTURE, TaskKind.DEEP, TaskKind.STAYOVER, TaskKind.LINEN}),
}


def inspection_make(task: Task) -> Task | None:
    """The inspection of a clean that was just done; None when the house wants none of this kind."""
    place = task.property
    values = settings_at(place.pk, place.business_date)
    if task.room is None or task.kind not in INSPECTED[values[SettingKey.INSPECTION]]:
        return None
    weight = standard_credits(TaskKind.INSPECTION, task.room.room_type.housekeeping_credits)
    made = Task.objects.create(
        property=place,
        kind=TaskKind.INSPECTION,
        room=task.room,
        reservation_id=task.reservation_id,
        inspects=task,
        business_date=place.business_date,
        priority=task.priority,
        due_at=task.ended_at,
        credits=weight,
        standard_minutes=standard_minutes(weight, values[SettingKey.CREDIT_MINUTES]),
        source=TaskSource.INSPECTION,
        source_key=f"{task.pk}:{task.version}",
    )
    tasks_told(place, made)
    return made


@transaction.atomic
def inspection_pass(*, task: Task, actor: User, note: str = "", expected_version: int | None = None) -> Task:
    """Find a clean good: its room is inspected.

    Raises:
        Conflict: it is over (``task_over``). InvalidInput: no inspection of a clean (``not_an_inspection``).
        NotPermitted: of one's own work (``same_person``). VersionConflict: stale (412).
    """
    fresh = _inspection(task, actor, expected_version)
    task_ended(fresh, TaskChangeKind.DONE, actor, note)
    room_turn(fresh, HousekeepingStatus.INSPECTED, actor, "Inspected")
    return fresh


@transaction.atomic
def inspection_fail(*, task: Task, actor: User, reason: str, expected_version: int | None = None) -> Task:
    """Find a clean not good: its room is dirty again, and its attendant has it to do once more.

    When the room has got another clean meanwhile, that one stands.

    Publishes: QualityFailed.

    Raises:
        InvalidInput: no reason (``reason_required``); else as ``inspection_pass``.
    """
    if not reason.strip():
        raise InvalidInput(_("Say what is not good."), code="reason_required")
    fresh = _inspection(task, actor, expected_version)
    fresh.because = reason.strip()
    task_ended(fresh, TaskChangeKind.FAILED, actor, fresh.because)
    (clean,) = lock_rows(Task.objects.filter(pk=fresh.inspects_id))
    others = Task.objects.at(fresh.property_id).filter(
        room=fresh.room_id, source=clean.source, state__in=UNFINISHED
    )
    if not others.exclude(kind=TaskKind.INSPECTION).exists():
        clean.state, clean.started_at, clean.ended_at, clean.ended_by = TaskState.OPEN, None, None, None
        task_written(clean, TaskChangeKind.REOPENED, actor, fresh.because)
    room_turn(fresh, HousekeepingStatus.DIRTY, actor, fresh.because)
    publish(
        QualityFailed(
            property_id=fresh.property_id,
            task_id=clean.pk,
            inspection_id=fresh.pk,
            kind=clean.kind,
            room_id=fresh.room_id,
            business_date=fresh.business_date,
            reason=fresh.because,
        )
    )
    return fresh


def _inspection(task: Task, actor: User, expected: int | None) -> Task:
    """An unfinished inspection of somebody else's work, locked, as done."""
    fresh = task_locked(task, expected, UNFINISHED, "task_over")
    if fresh.inspects is None:
        raise InvalidInput(_("This task is no inspection of a clean."), code="not_an_inspection")
    if actor.pk == fresh.inspects.ended_by_id:
        raise NotPermitted(_("Somebody else inspects this: it is your own work."), code="same_person")
    fresh.state, fresh.started_at = TaskState.DONE, fresh.started_at or now()
    fresh.assignee = actor
    return fresh
