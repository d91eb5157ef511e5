"""The rows of tasks: locked as the caller saw them, and written with what happened to them."""

from datetime import datetime

from hotel.accounts.models import User
from hotel.contracts.operations import TasksChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.operations.choices import TaskChangeKind, TaskState
from hotel.operations.models import Task, TaskChange
from hotel.operations.selectors.attendants import may_work
from hotel.properties.models import Property
from hotel.rooms.choices import StatusSource
from hotel.rooms.models import RoomPart
from hotel.rooms.services.status import rooms_status_set


def task_locked(task: Task, expected: int | None, states: tuple[str, ...], code: str) -> Task:
    """A task, locked and as the caller saw it, in one of these states.

    Raises:
        Conflict: in another state; the code is the caller's, ``extra`` has the state. VersionConflict: stale (412).
    """
    (fresh,) = lock_rows(Task.objects.select_related("property", "room", "assignee").filter(pk=task.pk))
    fresh.require_version(expected, _("task"))
    if fresh.state not in states:
        told = {"state": in_sentence(fresh.get_state_display, english=fresh.state), "person": fresh.assignee}
        is_his = fresh.state == TaskState.STARTED and fresh.assignee
        raise Conflict(
            (
                _("The task is %(state)s by %(person)s. Look at it again.")
                if is_his
                else _("The task is %(state)s. Look at it again.")
            )
            % told,
            code=code,
            extra={"state": fresh.state},
        )
    return fresh


def acted_at(task: Task, at: datetime | None) -> datetime:
    """When something was done to a task, UTC: now, or when its person says, who was away from the network.

    A clock that goes wrong is not believed: it was not before what happened to the task last, and not later than now.
    """
    if at is None:
        return now()
    last = task.changes.order_by("-pk").values_list("at", flat=True).first()
    return min(now(), max(at, last or task.created_at))


def task_ended(fresh: Task, kind: TaskChangeKind, actor: User, note: str, at: datetime | None = None) -> Task:
    """Write that a task is over, with its state, and that it was; ``kind`` says how, ``at`` when, if not now."""
    fresh.ended_at, fresh.ended_by, fresh.notice = at or now(), actor, ""
    return task_written(fresh, kind, actor, note, at)


def task_written(
    fresh: Task, kind: TaskChangeKind, actor: User, note: str = "", at: datetime | None = None
) -> Task:
    """Write a task under a new version, and what happened to it, now unless told when."""
    fresh.version += 1
    fresh.save()
    TaskChange.objects.create(
        property_id=fresh.property_id, task=fresh, kind=kind, at=at or now(), actor=actor, note=note
    )
    tasks_told(fresh.property, fresh)
    return fresh


def tasks_told(place: Property, *tasks: Task) -> None:
    """Publish that tasks were written; nothing for none. Publishes: TasksChanged."""
    if tasks:
        ids = tuple(task.pk for task in tasks)
        publish(TasksChanged(property_id=place.pk, task_ids=ids, business_date=place.business_date))


def room_turn(task: Task, status: str, actor: User | None, note: str) -> None:
    """Set the status of a task's room, and of each part of a suite. Locks: the rooms."""
    if task.room_id is None:
        return
    parts = RoomPart.objects.filter(room=task.room_id).values_list("part_id", flat=True)
    rooms_status_set(
        room_ids=[task.room_id, *parts],
        status=status,
        source=StatusSource.HOUSEKEEPING,
        user=actor,
        note=note,
    )


def require_attendant(user: User | None, property_id: int) -> None:
    """Refuse to give work to somebody who does not work at a property; nobody is fine.

    Raises:
        InvalidInput: ``not_an_attendant``.
    """
    if user is not None and not may_work(user, property_id):
        raise InvalidInput(_("This person does not work here."), code="not_an_attendant")
