"""Rounds: who works on a day, and what each does. Locks: the tasks that are nobody's, ascending by id."""

from decimal import Decimal

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import RoundChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.facts import publish
from hotel.core.inserts import rows_insert
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from hotel.operations.choices import TaskChangeKind
from hotel.operations.domain.rounds import Split, rounds_split
from hotel.operations.models import HousekeepingRound, Task, TaskChange
from hotel.operations.selectors.rounds import load_of, sheets_of, unassigned
from hotel.operations.services.task_rows import require_attendant, tasks_told
from hotel.properties.models import Property


@transaction.atomic
def round_open(*, place: Property, attendant: User, credit_target: Decimal) -> HousekeepingRound:
    """Let somebody have a round today. Publishes: RoundChanged.

    Raises:
        InvalidInput: he does not work here (``not_an_attendant``). Conflict: he has one (``round_exists``).
    """
    require_attendant(attendant, place.pk)
    values = {"attendant": attendant, "business_date": place.business_date}
    row, is_new = HousekeepingRound.objects.get_or_create(
        property=place, **values, defaults={"credit_target": credit_target}
    )
    if not is_new:
        raise Conflict(_("%(attendant)s has a round today.") % {"attendant": attendant}, code="round_exists")
    _told(row)
    return row


@transaction.atomic
def round_target_set(
    *, sheet: HousekeepingRound, credit_target: Decimal, expected_version: int | None = None
) -> HousekeepingRound:
    """Say how many credits are a full round for him.

    Raises:
        VersionConflict: stale (412).

    Locks: the round.
    """
    (fresh,) = lock_rows(HousekeepingRound.objects.filter(pk=sheet.pk))
    fresh.require_version(expected_version, _("round"))
    fresh.credit_target, fresh.version = credit_target, fresh.version + 1
    fresh.save()
    _told(fresh)
    return fresh


def rounds_propose(*, place: Property) -> Split:
    """How the tasks of today that are nobody's would be split over the rounds; changes nothing. Two queries."""
    day = place.business_date
    return rounds_split(map(load_of, unassigned(place.pk, day)), sheets_of(place.pk, day))


@transaction.atomic
def rounds_apply(*, place: Property, actor: User | None) -> Split:
    """Assign the tasks of today that are nobody's as ``rounds_propose`` says now. Repeatable: then nothing is left.

    Raises:
        Conflict: nobody has a round today (``no_rounds``).

    Locks: the rounds of the property; the tasks that are nobody's.
    """
    advisory_lock(LockSpace.ROOM_DAYS, place.pk)
    day = place.business_date
    sheets = sheets_of(place.pk, day)
    if not sheets:
        raise Conflict(_("Nobody has a round today. Open rounds first."), code="no_rounds")
    tasks = lock_rows(unassigned(place.pk, day))
    split = rounds_split(map(load_of, tasks), sheets)
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=split.credits)}
    moment = now()
    for task in tasks:
        task.assignee_id, task.version, task.updated_at = split.attendants[task.pk], task.version + 1, moment
    Task.objects.bulk_update(tasks, ["assignee", "version", "updated_at"], batch_size=500)
    rows_insert(
        TaskChange(
            property_id=place.pk,
            task=task,
            kind=TaskChangeKind.ASSIGNED,
            at=moment,
            actor=actor,
            note=names[split.attendants[task.pk]],
        )
        for task in tasks
    )
    tasks_told(place, *tasks)
    return split


def _told(row: HousekeepingRound) -> None:
    publish(
        RoundChanged(
            property_id=row.property_id,
            round_id=row.pk,
            attendant_id=row.attendant_id,
            credit_target=row.credit_target,
            business_date=row.business_date,
        )
    )
