from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from hotel.dashboard.selectors.task_board import next_arrivals, orders_board, tasks_board
from hotel.operations.services.tasks import task_create, task_done, task_start
from hotel.operations.services.work_orders import (
    order_assign,
    order_cancel,
    order_done,
    order_start,
    order_wait,
)
from hotel.reservations.services.assignment import room_assign
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.operations import work_order_make
from tests.factories.reservations import house_make

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def house(cast, clock):
    return house_make(cast.alpha, doubles=4)


def titles(board):
    return {name: [card.row.title for card in cards] for name, cards in board.items()}


def test_work_orders_stand_in_the_column_of_their_state_the_worst_first(cast, house):
    place = house.place
    work_order_make(place, 0)
    work_order_make(place, 1, severity=1)
    order_assign(order=work_order_make(place, 2), assignee=cast.di, actor=cast.ada)
    order_start(order=work_order_make(place, 3), actor=cast.di)
    order_wait(
        order=order_start(order=work_order_make(place, 4), actor=cast.di), actor=cast.di, reason="Part"
    )
    begun = order_start(order=work_order_make(place, 5), actor=cast.di)
    order_done(order=begun, actor=cast.di, reason="Replaced", minutes_spent=5)
    order_cancel(order=work_order_make(place, 6), actor=cast.ada, reason="Twice")
    assert titles(orders_board(place)) == {
        "new": ["Lamp 1", "Lamp 0"], "assigned": ["Lamp 2"], "doing": ["Lamp 3"], "waiting": ["Lamp 4"],
        "done": ["Lamp 5", "Lamp 6"],
    }  # fmt: skip


def test_what_ended_before_today_is_gone_and_what_is_open_stays_and_is_late(cast, house, clock):
    order_cancel(order=work_order_make(house.place, 0), actor=cast.ada, reason="Twice")
    work_order_make(house.place, 1)
    clock.shift(timedelta(days=3))
    house.place.business_date += timedelta(days=3)
    board = orders_board(house.place)
    assert titles(board) == {"new": ["Lamp 1"], "assigned": [], "doing": [], "waiting": [], "done": []}
    assert board["new"][0].is_late


def test_a_card_offers_what_its_state_allows(cast, house):
    order = work_order_make(house.place)
    assert orders_board(house.place)["new"][0].moves == {"assign": "assigned", "start": "doing", "cancel": ""}
    order_start(order=order, actor=cast.di)
    assert orders_board(house.place)["doing"][0].moves == {"wait": "waiting", "done": "done", "cancel": ""}


def test_tasks_stand_where_they_are(cast, house):
    def task(title, **over):
        return task_create(
            place=house.place, values={"kind": "other", "location": "Lobby", "title": title, **over}
        )

    task("a")
    task("b", assignee=cast.di)
    task_start(task=task("c"), actor=cast.di)
    task_done(task=task_start(task=task("d"), actor=cast.di), actor=cast.di)
    board = tasks_board(house.place)
    assert titles(board) == {"new": ["a"], "assigned": ["b"], "doing": ["c"], "waiting": [], "done": ["d"]}
    assert [list(board[name][0].moves) for name in ("new", "doing", "done")] == [
        ["task_assign", "task_start", "task_skip"], ["task_done", "task_skip"], [],
    ]  # fmt: skip


def test_the_next_arrival_into_a_room(house):
    for day, eta in ((3, None), (1, time(16))):
        stay = house.reserve(day, 1, eta=eta)
        room_assign(reservation=stay, room=house.rooms[0], actor=None)
    assert next_arrivals(house.place, [room.pk for room in house.rooms]) == {
        house.rooms[0].pk: (TODAY + timedelta(days=1), time(16))
    }


def test_many_cards_cost_the_queries_of_few(house):
    work_order_make(house.place, 0, room=house.rooms[0])
    few = queries_of(lambda: orders_board(house.place))
    for n in range(1, 7):
        work_order_make(house.place, n, room=house.rooms[n % 4])
    assert_constant(few, queries_of(lambda: orders_board(house.place)))
    assert len(few) == 2
