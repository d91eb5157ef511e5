from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from hotel.dashboard.selectors.my_rooms import my_rooms, workers_today
from hotel.operations.services.do_not_disturb import task_do_not_disturb
from hotel.operations.services.tasks import task_cancel, task_create, task_skip, task_start
from hotel.reservations.services.assignment import room_assign
from hotel.stays.services.check_in import check_in
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.operations import housekeeping_round_make
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def house(cast):
    with time_machine.travel(NOON, tick=False):
        yield house_make(cast.alpha, doubles=4)


def task_in(house, room, assignee=None, due=None, kind="deep"):
    due_at = None if due is None else NOON + timedelta(minutes=due)
    values = {"kind": kind, "room": house.rooms[room], "assignee": assignee, "due_at": due_at}
    return task_create(place=house.place, values=values)


def numbers(jobs):
    return [job.task.room.number for job in jobs]


def test_by_due_time_then_by_the_way_begun_first_and_closed_doors_last(cast, house):
    task_in(house, 0, cast.di)
    task_in(house, 1, cast.di, due=60)
    closed = task_in(house, 2, cast.di, due=-60)
    task_start(task=task_in(house, 3, cast.di), actor=cast.di)
    task_do_not_disturb(task=closed, actor=cast.di)
    found = my_rooms(house.place, cast.di)
    assert numbers(found.jobs) == ["104", "102", "101", "103"]
    assert [job.is_late for job in found.jobs] == [False, False, False, True]


def test_ones_own_nobodys_and_what_is_over(cast, house):
    task_in(house, 0, cast.di)
    task_in(house, 1, cast.bo)
    task_in(house, 2)
    task_skip(task=task_in(house, 3, cast.di), actor=cast.di, reason="Declined")
    task_cancel(task=task_in(house, 0, cast.di), actor=cast.ada, reason="Twice")
    found = my_rooms(house.place, cast.di)
    assert (numbers(found.jobs), numbers(found.free), numbers(found.over)) == (["101"], ["103"], ["104"])
    assert numbers(my_rooms(house.place, cast.bo).jobs) == ["102"]
    assert found.sheet is None
    housekeeping_round_make(house.place, attendant=cast.di)
    assert my_rooms(house.place, cast.di).sheet.tasks == 1


def test_what_the_room_is_today(cast, house):
    here, due = house.reserve(0, 1), house.reserve(0, 1, eta=time(15, 30))
    check_in(reservation=here, actor=None, room=house.rooms[0])
    room_assign(reservation=due, room=house.rooms[1], actor=None)
    task_in(house, 0, cast.di)
    task_in(house, 1, cast.di)
    jobs = my_rooms(house.place, cast.di).jobs
    assert [(job.room.is_occupied, job.arrives, job.eta, job.leaves) for job in jobs] == [
        (True, False, None, False),
        (False, True, time(15, 30), False),
    ]


def test_what_is_in_no_room_stands_there_too(cast, house):
    task_create(place=house.place, values={"kind": "other", "location": "Lobby", "assignee": cast.di})
    [job] = my_rooms(house.place, cast.di).jobs
    assert (job.task.location, job.room) == ("Lobby", None)


def test_many_tasks_cost_the_queries_of_few(cast, house):
    task_in(house, 0, cast.di)
    few = queries_of(lambda: my_rooms(house.place, cast.di))
    for n in range(6):
        room = room_make(house.place, house.double, f"3{n}")
        values = {"kind": "deep", "room": room, "assignee": cast.di if n % 2 else None}
        task_create(place=house.place, values=values)
    assert_constant(few, queries_of(lambda: my_rooms(house.place, cast.di)))
    assert len(few) == 4


def test_who_works_here(cast, house):
    assert [user.username for user in workers_today(house.place)] == ["ada", "bo", "di"]
