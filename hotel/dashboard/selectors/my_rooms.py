"""The rooms of one attendant: his tasks of the business date in the order in which he walks them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Q

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.dashboard.selectors.board import due_today
from hotel.operations.choices import UNFINISHED, TaskState
from hotel.operations.models import HousekeepingRound, Task
from hotel.operations.selectors.attendants import attendants
from hotel.operations.selectors.rounds import load_of, rounds_with_load
from hotel.properties.models import Property
from hotel.rooms.models import Room
from hotel.rooms.selectors.housekeeping import housekeeping_rooms

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Job:
    """A task, and what its room is today.

    Attributes:
        room: with ``is_occupied`` and ``hold``, see ``housekeeping_rooms``; None when it is elsewhere.
        arrives: somebody is due into the room tonight and has not come; ``eta`` when, if he said so.
        leaves: the guest in it is due out today.
        is_late: it should be done by now.
    """

    task: Task
    room: Any = None
    arrives: bool = False
    eta: time | None = None
    leaves: bool = False
    is_late: bool = False


@dataclass
class MyRooms:
    """What somebody has to do, what nobody has been given, and what he has done.

    Attributes:
        sheet: his round with its load; None when he has none today.
    """

    sheet: HousekeepingRound | None = None
    jobs: list[Job] = field(default_factory=list)
    free: list[Job] = field(default_factory=list)
    over: list[Job] = field(default_factory=list)


def my_rooms(place: Property, person: User) -> MyRooms:
    """The tasks of somebody on the open business date; four queries at most, whatever their number.

    What he has begun comes first, then by when it is due, and neighbours together; doors that said not to disturb come
    after the others.
    """
    mine = Q(assignee=person) & (Q(business_date=place.business_date) | Q(state__in=UNFINISHED))
    nobodys = Q(assignee=None, state=TaskState.OPEN, business_date__lte=place.business_date)
    rows = Task.objects.at(place.pk).filter(mine | nobodys).exclude(state=TaskState.CANCELLED)
    parts = ("room__section", "room__building", "room__floor", "room__room_type", "assignee", "inspects")
    found = MyRooms(_sheet(place, person))
    for job in _jobs(place, sorted(rows.select_related(*parts), key=_order)):
        if job.task.state not in UNFINISHED:
            found.over.append(job)
        else:
            (found.jobs if job.task.assignee_id else found.free).append(job)
    return found


def workers_today(place: Property) -> list[User]:
    """Who works in the house, by name; one query."""
    return list(attendants(place.pk))


def _sheet(place: Property, person: User) -> HousekeepingRound | None:
    rounds = HousekeepingRound.objects.at(place.pk).filter(
        attendant=person, business_date=place.business_date
    )
    return rounds_with_load(rounds).first()


def _order(task: Task) -> tuple[Any, ...]:
    where = load_of(task).where if task.room else (task.location,)
    return (
        task.state != TaskState.STARTED,
        task.dnd_at is not None,
        task.due_at or LAST,
        where,
        task.priority,
        task.pk,
    )


def _jobs(place: Property, tasks: Iterable[Task]) -> Iterable[Job]:
    tasks, moment = list(tasks), now()
    ids = {task.room_id for task in tasks if task.room_id}
    if not ids:
        return [Job(task, is_late=_is_late(task, moment)) for task in tasks]
    rooms = {room.pk: room for room in housekeeping_rooms(Room.objects.at(place.pk).filter(pk__in=ids))}
    coming, going = due_today(place)
    return [
        Job(
            task,
            rooms.get(task.room_id or 0),
            task.room_id in coming,
            coming.get(task.room_id or 0),
            task.room_id in going,
            _is_late(task, moment),
        )
        for task in tasks
    ]


def _is_late(task: Task, moment: datetime) -> bool:
    return task.state in UNFINISHED and task.due_at is not None and task.due_at < moment
