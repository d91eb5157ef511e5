"""The rounds of the business date: who works, how full each round is, and what is nobody's."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from hotel.accounts.models import User
from hotel.operations.choices import UNFINISHED
from hotel.operations.domain.rounds import Split, rounds_split
from hotel.operations.models import Discrepancy, HousekeepingRound, Task
from hotel.operations.selectors.attendants import attendants
from hotel.operations.selectors.rounds import load_of, rounds_with_load, sheets_of, unassigned
from hotel.properties.models import Property


@dataclass(frozen=True)
class Load:
    """What somebody has today.

    Attributes:
        sheet: his round with ``credits``, ``tasks`` and ``tasks_done``; None for who has tasks but no round.
        proposed: credits that he would have if the tasks that are nobody's were handed out now; None for no proposal.
        tasks: those that are not over, in the order of place.
    """

    person: User
    sheet: HousekeepingRound | None
    proposed: Decimal | None
    tasks: list[Task] = field(default_factory=list)


@dataclass(frozen=True)
class Rounds:
    """The rounds of a business date.

    Attributes:
        free: tasks in rooms that are nobody's, in the order of place.
        others: who works here and has no round yet.
        split: how the free ones would be handed out; None when there are none, or no rounds.
    """

    loads: list[Load]
    free: list[Task]
    others: list[User]
    people: list[User]
    split: Split | None


def rounds_today(place: Property) -> Rounds:
    """Who has what on the open business date; at most five queries, whatever the size."""
    day, people = place.business_date, list(attendants(place.pk))
    rows = HousekeepingRound.objects.at(place.pk).filter(business_date=day).select_related("attendant")
    sheets = {sheet.attendant_id: sheet for sheet in rounds_with_load(rows).order_by("attendant__username")}
    free = sorted(unassigned(place.pk, day), key=lambda task: load_of(task).where)
    split = rounds_split(map(load_of, free), sheets_of(place.pk, day)) if free and sheets else None
    by_person: dict[int, list[Task]] = defaultdict(list)
    names = {sheet.attendant_id: sheet.attendant for sheet in sheets.values()}
    parts = ("assignee", "room__section", "room__building", "room__floor")
    mine = Task.objects.at(place.pk).filter(
        business_date__lte=day, state__in=UNFINISHED, assignee__isnull=False, room__isnull=False
    )
    for task in sorted(mine.select_related(*parts), key=lambda task: load_of(task).where):
        if task.assignee is not None:
            by_person[task.assignee.pk].append(task)
            names.setdefault(task.assignee.pk, task.assignee)
    loads = [
        Load(person, sheets.get(pk), split.credits.get(pk) if split else None, by_person[pk])
        for pk, person in names.items()
    ]
    others = [person for person in people if person.pk not in sheets]
    return Rounds(loads, free, others, people, split)


def discrepancies_open(place: Property) -> list[Discrepancy]:
    """Rooms that were found otherwise than the front office has them, the oldest first; one query."""
    rows = Discrepancy.objects.at(place.pk).filter(resolved_at=None)
    return list(rows.select_related("room", "found_by").order_by("found_at", "pk"))
