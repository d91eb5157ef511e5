from decimal import Decimal

import pytest

from hotel.dashboard.selectors.rounds import discrepancies_open, rounds_today
from hotel.operations.services.discrepancies import discrepancy_resolve
from hotel.operations.services.tasks import task_create, task_start
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.operations import discrepancy_make, housekeeping_round_make
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def task_in(house, room, assignee=None):
    values = {"kind": "deep", "room": house.rooms[room], "assignee": assignee}
    return task_create(place=house.place, values=values)


def numbers(tasks):
    return [task.room.number for task in tasks]


def test_who_has_what_and_what_he_would_have(cast, house):
    task_in(house, 1, cast.di)
    task_start(task=task_in(house, 0), actor=cast.bo)
    task_in(house, 3)
    task_in(house, 2)
    housekeeping_round_make(house.place, attendant=cast.di)
    found = rounds_today(house.place)
    assert [(one.person, one.sheet is not None, one.proposed, numbers(one.tasks)) for one in found.loads] == [
        (cast.di, True, Decimal("6.00"), ["102"]), (cast.bo, False, None, ["101"]),
    ]  # fmt: skip
    assert (numbers(found.free), found.others, found.people) == (
        ["103", "104"], [cast.ada, cast.bo], [cast.ada, cast.bo, cast.di],
    )  # fmt: skip


def test_without_rounds_or_without_tasks_nothing_is_proposed(cast, house):
    task_in(house, 0)
    assert (rounds_today(house.place).split, rounds_today(house.place).loads) == (None, [])
    housekeeping_round_make(house.place, attendant=cast.di)
    task_start(task=rounds_today(house.place).free[0], actor=cast.di)
    assert rounds_today(house.place).split is None


def test_many_tasks_cost_the_queries_of_few(cast, house):
    housekeeping_round_make(house.place, attendant=cast.di)
    task_in(house, 0)
    task_in(house, 1, cast.di)
    few = queries_of(lambda: rounds_today(house.place))
    for n in range(6):
        house.rooms.append(room_make(house.place, house.double, f"3{n}"))
        task_in(house, -1, cast.di if n % 2 else None)
    assert_constant(few, queries_of(lambda: rounds_today(house.place)))
    assert len(few) == 5


def test_what_was_found_otherwise_until_somebody_says_why(cast, house):
    row = discrepancy_make(house.place)
    assert discrepancies_open(house.place) == [row]
    discrepancy_resolve(discrepancy=row, reason="A day guest", actor=cast.ada)
    assert discrepancies_open(house.place) == []
