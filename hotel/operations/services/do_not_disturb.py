"""Do not disturb: tried again later, and after some times somebody looks after the guest. Locks: the task."""

from datetime import datetime

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.operations.choices import TaskChangeKind, TaskKind, TaskPriority, TaskSource, TaskState
from hotel.operations.models import Task, TaskChange
from hotel.operations.services.task_rows import acted_at, task_locked, task_written, tasks_told
from hotel.properties.choices import SettingKey
from hotel.properties.selectors.settings import setting_value


@transaction.atomic
def task_do_not_disturb(
    *,
    task: Task,
    actor: User,
    note: str = "",
    at: datetime | None = None,
    expected_version: int | None = None,
) -> Task:
    """Note that nobody is to be let in: the task stays open, and comes after the others.

    When the door has said so as often as the house bears, whether on one day or several, without anybody having been
    in since, somebody looks after the guest: an urgent welfare check, one a day.

    Args:
        at: when, as ``acted_at`` believes it; now unless told.

    Raises:
        Conflict: somebody has begun it, or it is over (``task_not_open``). InvalidInput: not in a room
            (``task_not_in_room``). VersionConflict: stale (412).
    """
    fresh = task_locked(task, expected_version, (TaskState.OPEN,), "task_not_open")
    if fresh.room_id is None:
        raise InvalidInput(_("Only a room has a door."), code="task_not_in_room")
    fresh.dnd_at = acted_at(fresh, at)
    task_written(fresh, TaskChangeKind.DND, actor, note, fresh.dnd_at)
    place = fresh.property
    if _tries(fresh) >= setting_value(place.pk, SettingKey.DND_TRIES, place.business_date):
        welfare, is_new = Task.objects.get_or_create(
            property=place,
            source=TaskSource.WELFARE,
            source_key=f"{place.business_date}:{fresh.room_id}",
            defaults={
                "kind": TaskKind.WELFARE,
                "room_id": fresh.room_id,
                "reservation_id": fresh.reservation_id,
                "title": "Nobody has been let in: see whether the guest is well",
                "business_date": place.business_date,
                "priority": TaskPriority.URGENT,
                "due_at": now(),
            },
        )
        if is_new:
            tasks_told(place, welfare)
    return fresh


def _tries(task: Task) -> int:
    """How often the door of the room has said so since somebody was last in it."""
    seen = TaskChange.objects.at(task.property_id).filter(task__room=task.room_id)
    entered = seen.filter(kind=TaskChangeKind.STARTED).order_by("-pk").values_list("pk", flat=True).first()
    return seen.filter(kind=TaskChangeKind.DND, pk__gt=entered or 0).count()
