"""The rules of the day: each room has the task that it wants now, whatever has happened since the morning.

What there is is compared with what is wanted, so that it does not matter which fact came, in which order, or twice.
"""

from collections import Counter
from collections.abc import Collection

from django.db import transaction

from hotel.core.clock import now
from hotel.core.inserts import rows_insert
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.operations.choices import TaskChangeKind, TaskSource, TaskState
from hotel.operations.domain.day import (
    TaskNow,
    Verdict,
    Wanted,
    rewritten_words,
    room_wants,
    settled,
    task_verdict,
    told_words,
    with_tied,
    without_parts,
)
from hotel.operations.models import Task, TaskChange
from hotel.operations.selectors.room_days import House, day_rules, house_today, suites_of_parts, tasks_of_day
from hotel.operations.services.task_rows import tasks_told
from hotel.properties.models import Property

NOT_DONE = "Not done on its day"
NOT_NEEDED = "The room wants it no longer"
MOVED = "The guest has another room"
NAMES = {
    Verdict.SKIP: (TaskState.SKIPPED, NOT_DONE),
    Verdict.CANCEL: (TaskState.CANCELLED, NOT_NEEDED),
    Verdict.REPLACE: (TaskState.CANCELLED, MOVED),
}
TERMS = ("kind", "reservation_id", "priority", "due_at", "credits", "standard_minutes")
WRITTEN = ["kind", "reservation", "priority", "due_at", "credits", "standard_minutes", "state", "ended_at",
           "because", "notice", "version", "updated_at"]  # fmt: skip


@transaction.atomic
def room_days_settle(*, property_id: int, room_ids: Collection[int] | None = None) -> Counter[str]:
    """Let rooms have the tasks that they want on the open business date.

    A task that nobody has started is rewritten or cancelled; who has started one is told. The number of statements
    does not depend on how many rooms there are. Repeatable.

    Args:
        room_ids: these, with the suites and parts they are tied to; None for every room of the property.

    Returns:
        How many tasks were made, rewritten, cancelled, skipped and told of, by verdict.

    Locks: the day of the rooms, one at a time at a property; the tasks of the rooms.
    """
    advisory_lock(LockSpace.ROOM_DAYS, property_id)
    place = Property.objects.get(pk=property_id)
    suites = suites_of_parts(property_id)
    if room_ids is not None:
        room_ids = with_tied(room_ids, suites)
    tasks = lock_rows(tasks_of_day(place, room_ids))
    house, rules = house_today(place, room_ids, tasks), day_rules(place)
    wants = {pk: wanted for pk, room in house.rooms.items() if (wanted := room_wants(room, rules))}
    wants = without_parts(wants, suites)
    return _Settling(place, house, wants).settle(tasks)


class _Settling:
    """One settling: what is to be written is gathered, then written at once."""

    def __init__(self, place: Property, house: House, wants: dict[int, Wanted]) -> None:
        self.place, self.house, self.wants, self.moment = place, house, wants, now()
        self.made: list[Task] = []
        self.changed: list[Task] = []
        self.told: list[TaskChange] = []

    def settle(self, tasks: list[Task]) -> Counter[str]:
        unfinished = {task.room_id: task for task in tasks if task.ended_at is None}
        today = Counter(task.room_id for task in tasks if task.business_date == self.place.business_date)
        counts: Counter[str] = Counter()
        for room_id in sorted({*self.wants, *filter(None, unfinished)}):
            task, wanted = unfinished.get(room_id), self.wants.get(room_id)
            verdict = task_verdict(
                _now(task),
                wanted,
                day=self.place.business_date,
                now=self.moment,
                is_elsewhere=task is not None and self._is_elsewhere(task),
            )
            if verdict is Verdict.KEEP:
                continue
            counts[verdict.value] += 1
            if task is not None and verdict in NAMES:
                self._end(task, *NAMES[verdict])
            elif task is not None and wanted is not None:
                self._change(task, wanted, verdict)
            if wanted is not None and (task is None or verdict in (Verdict.REPLACE, Verdict.SKIP)):
                self._make(room_id, wanted, today[room_id])
        self._write()
        return counts

    def _is_elsewhere(self, task: Task) -> bool:
        return self.house.room_of.get(task.reservation_id or 0, task.room_id) != task.room_id

    def _end(self, task: Task, state: TaskState, because: str) -> None:
        task.state, task.ended_at, task.because = state, self.moment, because
        self._changed(task, TaskChangeKind(state), because)

    def _change(self, task: Task, wanted: Wanted, verdict: Verdict) -> None:
        if verdict is Verdict.TELL:
            words = told_words(wanted.kind)
            if task.notice != words:
                task.notice = words
                self._changed(task, TaskChangeKind.TOLD, words)
            return
        words, terms = rewritten_words(task.kind, wanted.kind), settled(wanted, _terms(task), self.moment)
        for name in TERMS:
            setattr(task, name, getattr(terms, name))
        self._changed(task, TaskChangeKind.REWRITTEN, words)

    def _changed(self, task: Task, kind: TaskChangeKind, note: str) -> None:
        task.version += 1
        task.updated_at = self.moment
        self.changed.append(task)
        self.told.append(
            TaskChange(property_id=task.property_id, task_id=task.pk, kind=kind, at=self.moment, note=note)
        )

    def _make(self, room_id: int, wanted: Wanted, made_before: int) -> None:
        terms = settled(wanted, None, self.moment)
        day = self.place.business_date
        self.made.append(
            Task(
                property_id=self.place.pk,
                room_id=room_id,
                business_date=day,
                source=TaskSource.DAY,
                source_key=f"{day}:{room_id}:{made_before}",
                **{name: getattr(terms, name) for name in TERMS},
            )
        )

    def _write(self) -> None:
        if self.changed:
            Task.objects.bulk_update(self.changed, WRITTEN, batch_size=500)
            rows_insert(self.told)
        rows_insert(self.made)
        tasks_told(self.place, *self.changed, *self.made)


def _terms(task: Task) -> Wanted:
    return Wanted(**{name: getattr(task, name) for name in TERMS})


def _now(task: Task | None) -> TaskNow | None:
    if task is None:
        return None
    return TaskNow(task.business_date, task.state == TaskState.STARTED, _terms(task))
