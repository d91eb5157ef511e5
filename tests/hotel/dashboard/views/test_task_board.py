import uuid
from datetime import timedelta

import pytest

from hotel.operations.models import Task, WorkOrder
from hotel.operations.services.work_orders import order_start
from hotel.rooms.models import RoomBlock
from tests.cast import TODAY
from tests.factories.operations import task_make, work_order_make
from tests.hotel.operations.conftest import guest_in

PATH, NEW = "/dashboard/tasks", "/dashboard/tasks/orders/new"


@pytest.fixture
def boss(cast, signed_in):
    return signed_in(cast.ada)


@pytest.fixture
def di(cast, signed_in):
    return signed_in(cast.di)


def put(client, row, act, path=PATH, **more):
    version = type(row).objects.get(pk=row.pk).version
    fields = {"key": uuid.uuid4(), "row": row.pk, "version": version, **more}
    sent = {"do": act, **{f"{act}-{name}": value for name, value in fields.items()}}
    return client.post(path, sent, follow=True)


def words(answer):
    return answer.content.decode()


def report(client, path=NEW, **more):
    fields = {"key": uuid.uuid4(), "title": "The tap drips", "category": "plumbing", "severity": 2, **more}
    return client.post(
        path, {"do": "report", **{f"report-{name}": value for name, value in fields.items()}}, follow=True
    )


def state(row):
    return type(row).objects.get(pk=row.pk).state


def test_an_empty_board_teaches_the_first_act(boss, house):
    page = words(boss.get(PATH))
    assert "Nothing is broken." in page
    assert f'href="{NEW}"' in page
    assert "Nothing is to be done today." in words(boss.get(f"{PATH}?of=tasks"))


def test_a_work_order_goes_through_the_columns(cast, boss, house):
    order = work_order_make(house.place)
    assert "assigned" in words(put(boss, order, "assign", assignee=cast.di.pk))
    assert "Being done" in words(put(boss, order, "start"))
    put(boss, order, "wait", reason="A bulb")
    assert state(order) == "waiting"
    put(boss, order, "start")
    put(boss, order, "done", reason="Replaced", minutes_spent=10)
    done = WorkOrder.objects.get()
    assert (done.state, done.because, done.minutes_spent) == ("done", "Replaced", 10)
    put(boss, order, "reopen", reason="Dark again")
    assert state(order) == "new"
    put(boss, order, "cancel", reason="Enough")
    assert state(order) == "cancelled"


def test_only_what_its_state_allows_and_only_with_the_version_that_was_seen(boss, house):
    order = work_order_make(house.place)
    page = words(boss.get(PATH))
    assert ('data-to="doing"' in page, 'data-to="done"' in page) == (True, False)
    assert "The work order is new." in words(put(boss, order, "done", reason="x", minutes_spent=1))
    assert "changed this meanwhile" in words(put(boss, order, "start", version=7))
    assert "required" in words(put(boss, order, "cancel", reason=""))
    assert WorkOrder.objects.get().version == 1


def test_who_only_works_neither_assigns_nor_cancels(cast, di, house):
    order = work_order_make(house.place)
    page = words(di.get(PATH))
    assert ('data-to="doing"' in page, 'data-to="assigned"' in page, "Cancel it" in page) == (
        True, False, False,
    )  # fmt: skip
    assert put(di, order, "assign", assignee=cast.di.pk).status_code == 403
    assert put(di, order, "cancel", reason="x").status_code == 403
    assert state(order) == "new"


def test_tasks_have_a_board_of_their_own(cast, boss, house):
    task = task_make(house.place)
    path = f"{PATH}?of=tasks"
    assert "Parcel 0" in words(boss.get(path))
    put(boss, task, "task_assign", path=path, assignee=cast.di.pk)
    assert Task.objects.get().assignee == cast.di
    answer = put(boss, task, "task_start", path=path)
    assert answer.redirect_chain == [(f"{path}#card-{task.pk}", 302)]
    put(boss, task, "task_done", path=path)
    assert state(task) == "done"
    other = task_make(house.place, 1)
    put(boss, other, "task_skip", path=path, reason="Nobody came")
    assert state(other) == "skipped"


def test_a_new_order_holds_its_room_in_the_same_act(boss, house):
    assert f'value="{house.rooms[1].pk}" selected' in words(boss.get(f"{NEW}?room={house.rooms[1].pk}"))
    hold = {"kind": "out_of_order", "end_on": TODAY + timedelta(days=2)}
    answer = report(boss, room=house.rooms[0].pk, **hold)
    order = WorkOrder.objects.get()
    assert answer.redirect_chain[-1][0] == f"/dashboard/tasks/orders/{order.pk}"
    assert "the room is held" in words(answer)
    assert list(RoomBlock.objects.values_list("room", "kind", "reason")) == [
        (house.rooms[0].pk, "out_of_order", "The tap drips")
    ]
    assert "The tap drips" in words(boss.get("/dashboard/chart"))


def test_what_cannot_be_held_is_told_and_not_reported(boss, house):
    guest_in(house, 0)
    hold = {"kind": "out_of_order", "end_on": TODAY + timedelta(days=2)}
    assert 'role="alert"' in words(report(boss, room=house.rooms[0].pk, **hold))
    assert "Say until when" in words(report(boss, room=house.rooms[0].pk, kind="out_of_order", end_on=""))
    assert "Say in which room" in words(report(boss))
    assert (WorkOrder.objects.count(), RoomBlock.objects.count()) == (0, 0)


def test_who_may_not_hold_rooms_is_not_asked(di, house):
    assert 'name="report-kind"' not in words(di.get(NEW))
    report(di, location="Lobby", kind="out_of_order", end_on=TODAY + timedelta(days=2))
    assert (WorkOrder.objects.count(), RoomBlock.objects.count()) == (1, 0)


def test_the_page_of_an_order_has_its_history_and_holds_its_room(cast, boss, di, house):
    order = work_order_make(house.place, room=house.rooms[0], location="")
    order_start(order=order, actor=cast.di)
    path = f"{PATH}/orders/{order.pk}"
    page = words(boss.get(path))
    assert ("Lamp 0" in page, page.count("<tr><td"), 'name="hold-kind"' in page) == (True, 2, True)
    assert 'name="hold-kind"' not in words(di.get(path))
    held = {"kind": "out_of_service", "end_on": TODAY + timedelta(days=1)}
    assert put(di, order, "hold", path=path, **held).status_code == 200
    assert not RoomBlock.objects.exists()
    put(boss, order, "hold", path=path, **held)
    assert RoomBlock.objects.get().kind == "out_of_service"
    page = words(boss.get(path))
    assert ("Out of service" in page, 'name="hold-kind"' in page) == (True, False)


def test_another_hotel_sees_and_moves_nothing(cast, house, signed_in):
    eve, order = signed_in(cast.eve), work_order_make(house.place)
    assert "Lamp 0" not in words(eve.get(PATH))
    assert eve.get(f"{PATH}/orders/{order.pk}").status_code == 404
    assert put(eve, order, "start").status_code == 404
    assert state(order) == "new"
    assert signed_in(cast.cy).get(PATH).status_code == 403
