"""Work orders, and the rooms that are held for them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.operations.models import WorkOrder, WorkOrderChange
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.work_orders import (
    order_assign,
    order_cancel,
    order_done,
    order_hold,
    order_reopen,
    order_report,
    order_report_held,
    order_start,
    order_wait,
)
from hotel.rooms.models import Room, RoomBlock
from hotel.rooms.services.blocks import BlockRefused, block_release
from hotel.rooms.services.occupancy import RoomTaken
from hotel.rooms.services.status import rooms_status_set
from tests.cast import TODAY
from tests.factories.operations import work_order_make
from tests.hotel.operations.conftest import guest_in, tasks_of
from tests.hotel.operations.refusals import refused
from tests.together import together

UNTIL = TODAY + timedelta(days=3)


@pytest.fixture
def order(house, cast):
    values = {"room": house.rooms[0], "category": "plumbing", "severity": 2, "title": "The tap drips"}
    return order_report(place=house.place, values=values, actor=cast.di)


@pytest.fixture
def held(order, cast):
    return order_hold(order=order, kind="out_of_order", end_on=UNTIL, actor=cast.ada)


def told(order):
    return list(
        WorkOrderChange.objects.filter(order=order)
        .order_by("pk")
        .values_list("state", "actor__username", "note")
    )


def test_it_is_reported_assigned_begun_waits_and_is_done(order, cast, noon):
    assert (order.state, order.reported_by, order.due_at - order.reported_at) == (
        "new",
        cast.di,
        timedelta(hours=8),
    )
    order_assign(order=order, assignee=cast.di, actor=cast.ada)
    begun = order_start(order=order, actor=cast.bo)
    noon.shift(timedelta(hours=1))
    order_wait(order=order, actor=cast.bo, reason="A part")
    again = order_start(order=order, actor=cast.di)
    assert (again.assignee, again.started_at) == (cast.di, begun.started_at)
    done = order_done(order=order, actor=cast.di, reason=" Cartridge replaced ", minutes_spent=25)
    assert (done.state, done.because, done.minutes_spent, done.ended_at - done.started_at, done.version) == (
        "done", "Cartridge replaced", 25, timedelta(hours=1), 6,
    )  # fmt: skip
    assert told(order) == [
        ("new", "di", ""), ("assigned", "ada", "di"), ("doing", "bo", ""), ("waiting", "bo", "A part"),
        ("doing", "di", ""), ("done", "di", "Cartridge replaced"),
    ]  # fmt: skip


def test_what_its_state_forbids(order, cast):
    refused("order_state", lambda: order_done(order=order, actor=cast.di, reason="x", minutes_spent=1))
    refused("order_state", lambda: order_wait(order=order, actor=cast.di, reason="x"))
    order_start(order=order, actor=cast.di)
    error = refused("order_state", lambda: order_start(order=order, actor=cast.bo))
    assert error.extra == {"state": "doing"}
    refused("order_state", lambda: order_assign(order=order, assignee=cast.bo, actor=cast.ada))
    order_cancel(order=order, actor=cast.ada, reason="Twice")
    for call in (
        lambda: order_cancel(order=order, actor=cast.ada, reason="x"),
        lambda: order_start(order=order, actor=cast.ada),
        lambda: order_hold(order=order, kind="out_of_order", end_on=UNTIL, actor=cast.ada),
    ):
        refused("order_state", call)


def test_what_is_refused(house, order, cast):
    refused("reason_required", lambda: order_cancel(order=order, actor=cast.ada, reason=" "), InvalidInput)
    refused(
        "not_an_attendant", lambda: order_assign(order=order, assignee=cast.cy, actor=cast.ada), InvalidInput
    )
    refused(
        "version_conflict",
        lambda: order_start(order=order, actor=cast.di, expected_version=7),
        VersionConflict,
    )
    nowhere = {"category": "other", "title": "Something"}
    refused(
        "order_nowhere", lambda: order_report(place=house.place, values=nowhere, actor=None), InvalidInput
    )
    elsewhere = {**nowhere, "room": house.rooms[0]}
    refused(
        "other_property", lambda: order_report(place=cast.beta, values=elsewhere, actor=None), InvalidInput
    )


def test_it_holds_its_room(house, held, cast):
    assert (held.hold.kind, held.hold.start_on, held.hold.end_on, held.hold.reason, held.hold.created_by) == (
        "out_of_order", TODAY, UNTIL, "The tap drips", cast.ada,
    )  # fmt: skip
    assert told(held)[-1] == ("new", "ada", "Out of order: not sellable, still in the house count")
    again = lambda: order_hold(order=held, kind="out_of_order", end_on=UNTIL, actor=cast.ada)  # noqa: E731
    refused("order_holds", again)
    lobby = work_order_make(cast.alpha)
    refused(
        "order_not_in_room",
        lambda: order_hold(order=lobby, kind="out_of_order", end_on=UNTIL, actor=None),
        InvalidInput,
    )


def test_a_hold_that_cannot_be_is_refused_with_its_reasons_and_leaves_the_order(house, order, cast):
    guest_in(house, 0, 2)
    error = refused(
        "room_taken",
        lambda: order_hold(order=order, kind="out_of_order", end_on=UNTIL, actor=cast.ada),
        RoomTaken,
    )
    assert error.extra["room"] == "101"
    refused(
        "block_refused",
        lambda: order_hold(order=order, kind="out_of_service", end_on=TODAY, actor=cast.ada),
        BlockRefused,
    )
    assert not RoomBlock.objects.exists()


@pytest.mark.parametrize("status", ["clean", "dirty"])
def test_done_it_gives_the_room_back_dirty_with_its_clean(house, held, cast, status):
    rooms_status_set(room_ids=[house.rooms[0].pk], status=status)
    room_days_settle(property_id=house.place.pk)
    assert tasks_of(house) == []
    order_start(order=held, actor=cast.di)
    order_done(order=held, actor=cast.di, reason="Replaced", minutes_spent=5)
    block = RoomBlock.objects.get()
    assert (block.released_at is not None, block.end_on) == (True, TODAY)
    assert Room.objects.get(pk=house.rooms[0].pk).housekeeping_status == "dirty"
    assert tasks_of(house) == [("101", "departure", "open")]


def test_given_up_it_gives_the_room_back_and_one_that_came_back_stays(house, held, cast):
    order_cancel(order=held, actor=cast.ada, reason="Nothing found")
    assert RoomBlock.objects.get().released_at is not None


def test_a_hold_that_ended_before_is_left_alone_and_may_be_made_anew(house, held, cast):
    block_release(block=held.hold, return_status="clean")
    renewed = order_hold(order=held, kind="out_of_service", end_on=UNTIL, actor=cast.ada)
    block_release(block=renewed.hold, return_status="clean")
    order_cancel(order=held, actor=cast.ada, reason="Nothing found")
    assert Room.objects.get(pk=house.rooms[0].pk).housekeeping_status == "clean"


def test_it_is_taken_up_again_and_due_anew(order, cast, noon):
    order_start(order=order, actor=cast.di)
    order_done(order=order, actor=cast.di, reason="Replaced", minutes_spent=5)
    noon.shift(timedelta(days=1))
    again = order_reopen(order=order, actor=cast.ada, reason="It drips again")
    assert (again.state, again.assignee, again.ended_at, again.because) == ("new", None, None, "")
    assert again.due_at - order.due_at == timedelta(days=1)
    assert told(order)[-1] == ("new", "ada", "It drips again")
    refused("order_state", lambda: order_reopen(order=order, actor=cast.ada, reason="x"))
    order_cancel(order=order, actor=cast.ada, reason="Enough")
    refused("reason_required", lambda: order_reopen(order=order, actor=cast.ada, reason=" "), InvalidInput)


def test_reported_and_held_in_one_or_not_at_all(house, cast):
    values = {"room": house.rooms[0], "category": "plumbing", "title": "A leak"}
    given = {"place": house.place, "kind": "out_of_order", "end_on": UNTIL, "actor": cast.ada}
    made = order_report_held(values=values, **given)
    assert (made.hold.room, made.hold.kind, told(made)[0][0]) == (house.rooms[0], "out_of_order", "new")
    guest_in(house, 1, 2)
    taken = {**values, "room": house.rooms[1]}
    refused("room_taken", lambda: order_report_held(values=taken, **given), RoomTaken)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("operations_order_over_says_why", {"state": "cancelled"}),
        ("operations_order_over_says_why", {"ended_at": "2027-03-15T12:00Z"}),
        ("operations_order_begun", {"state": "doing"}),
        ("operations_order_assigned_to_somebody", {"state": "assigned"}),
        ("operations_order_is_somewhere", {"location": ""}),
        ("operations_order_titled", {"title": ""}),
    ],
)
def test_the_database_holds_it(cast, constraint, values):
    order = work_order_make(cast.alpha)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        WorkOrder.objects.filter(pk=order.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_start_it_at_once_one_has_it(cast):
    order = work_order_make(cast.alpha)
    found = together(*[lambda who=who: order_start(order=order, actor=who) for who in (cast.di, cast.bo)])
    (lost,) = [one for one in found if not isinstance(one, WorkOrder)]
    assert (lost.code, WorkOrder.objects.get().state) == ("order_state", "doing")
