"""The demo's morning: each room has its task, a few are begun or done."""

from collections.abc import Callable

from django.db import transaction

from hotel.core.locks import LockSpace, advisory_lock
from hotel.operations.models import Task
from hotel.operations.selectors.attendants import attendants
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.tasks import task_create, task_done, task_skip, task_start
from hotel.properties.models import Property
from hotel.properties.services.demo import demo_places

BY_HAND = (
    {"kind": "delivery", "title": "Two more pillows"},
    {"kind": "other", "location": "Lobby", "title": "Water the plants"},
)
BEGUN = 4  # of which all but the last are done


def demo_seed(*, say: Callable[[str], None]) -> None:
    """Furnish both houses. Repeatable: a house that has tasks is left alone."""
    for place in demo_places():
        if made := _furnished(place):
            say(f"{place.code}: {made} tasks of the day")


@transaction.atomic
def _furnished(place: Property) -> int:
    advisory_lock(LockSpace.DEMO, f"operations:{place.pk}")
    if Task.objects.at(place.pk).exists():
        return 0
    made = room_days_settle(property_id=place.pk)["make"]
    people = list(attendants(place.pk)[:BEGUN])
    rooms = list(Task.objects.at(place.pk).order_by("priority", "pk")[: BEGUN + 1])
    for values in BY_HAND:
        where = {"room": rooms[0].room} if rooms and "location" not in values else {"location": "Lobby"}
        task_create(place=place, values={**values, **where})
    if not people or len(rooms) <= BEGUN:
        return made
    for nth, task in enumerate(rooms[:BEGUN]):
        task = task_start(task=task, actor=people[nth % len(people)])
        if nth < BEGUN - 1:
            task_done(task=task, actor=people[nth % len(people)])
    task_skip(task=rooms[BEGUN], actor=people[0], reason="The guest wants no service today")
    return made
