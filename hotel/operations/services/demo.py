"""The demo's morning: each room has its task, some are begun or done, rounds are handed out, some things are broken."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.accounts.selectors.assignments import people_of_role
from hotel.core.exceptions import PmsError
from hotel.core.locks import LockSpace, advisory_lock
from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.models import Task
from hotel.operations.selectors.attendants import attendants
from hotel.operations.services.discrepancies import room_found
from hotel.operations.services.lost_items import lost_item_record
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.rounds import round_open, rounds_apply
from hotel.operations.services.tasks import task_create, task_done, task_skip, task_start
from hotel.operations.services.work_orders import (
    order_assign,
    order_done,
    order_report,
    order_report_held,
    order_start,
    order_wait,
)
from hotel.properties.models import Property
from hotel.properties.services.demo import demo_places
from hotel.rooms.models import Room
from hotel.rooms.selectors.rooms import rooms_open

BY_HAND = (
    {"kind": "delivery", "title": "Two more pillows"},
    {"kind": "other", "location": "Lobby", "title": "Water the plants"},
)
BEGUN = 4  # of which all but the last are done
FULL_ROUND = Decimal(14)
BROKEN = (
    ("The tap of the basin drips", "plumbing", 3),
    ("The air conditioning does not cool", "climate", 2),
    ("The window does not close", "structure", 1),
    ("The television shows no picture", "network", 4),
    ("The lamp by the bed flickers", "electrical", 3),
)


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
    _rounds(place)
    _repairs(place, people)
    return made


def _rounds(place: Property) -> None:
    """Each attendant has a round, and all that is nobody's is handed out."""
    found = people_of_role(place, "housekeeping")
    for person in found:
        round_open(place=place, attendant=person, credit_target=FULL_ROUND)
    if found:
        rounds_apply(place=place, actor=None)


def _repairs(place: Property, people: list[User]) -> None:
    """One of each column of the board, one that holds its room, and a room that was found otherwise."""
    finder, fixer = people[0], next(iter(people_of_role(place, "maintenance")), people[-1])
    rooms = list(rooms_open(place.pk, place.business_date).order_by("number"))

    def report(nth: int) -> Any:
        title, category, severity = BROKEN[nth]
        values = {
            "room": rooms[nth % len(rooms)], "title": title, "category": category, "severity": severity,
        }  # fmt: skip
        return order_report(place=place, values=values, actor=finder)

    report(0)
    order_assign(order=report(1), assignee=fixer, actor=finder)
    order_start(order=report(2), actor=fixer)
    waits = order_start(order=report(3), actor=fixer)
    order_wait(order=waits, actor=fixer, reason="A cable is ordered")
    done = order_start(order=report(4), actor=fixer)
    order_done(order=done, actor=fixer, reason="New bulb", minutes_spent=10)
    _held(place, rooms, finder)
    thing = {"kind": "other", "description": "A black umbrella with a wooden handle", "storage": "Shelf 3"}
    lost_item_record(place=place, values={**thing, "room": rooms[0]}, actor=finder)
    room_found(room=rooms[-1], found=Occupied(is_occupied=True, persons=7), actor=finder)


def _held(place: Property, rooms: list[Room], finder: User) -> None:
    """The first room that can be held for two nights is."""
    end_on = place.business_date + timedelta(days=2)
    for room in reversed(rooms):
        values = {"room": room, "title": "The carpet is renewed", "category": "furniture", "severity": 4}
        try:
            with transaction.atomic():
                order_report_held(
                    place=place, values=values, kind="out_of_service", end_on=end_on, actor=finder
                )
        except PmsError:
            continue
        return
