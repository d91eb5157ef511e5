"""What people do with tasks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.operations import TaskCompleted
from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.operations.models import Task, TaskChange
from hotel.operations.services.tasks import (
    task_assign,
    task_cancel,
    task_create,
    task_done,
    task_skip,
    task_start,
)
from hotel.rooms.models import RoomStatusChange
from tests.cast import TODAY
from tests.factories.operations import task_make
from tests.factories.rooms import room_make, room_type_make
from tests.hotel.operations.refusals import refused
from tests.together import together


@pytest.fixture
def dirty(cast, noon):
    kind = room_type_make(cast.alpha, housekeeping_credits=Decimal("1.5"))
    return room_make(cast.alpha, kind, housekeeping_status="dirty")


@pytest.fixture
def clean(cast, dirty):
    return task_create(place=cast.alpha, values={"kind": "deep", "room": dirty})


def changes(task):
    return list(
        TaskChange.objects.filter(task=task).order_by("pk").values_list("kind", "actor__username", "note")
    )


def test_a_task_made_by_hand_weighs_what_its_kind_does_in_the_room(cast, clean, dirty):
    assert (clean.credits, clean.standard_minutes, clean.business_date, clean.state) == (
        Decimal("3.00"), 90, TODAY, "open",
    )  # fmt: skip
    parcel = task_create(place=cast.alpha, values={"kind": "delivery", "location": "Lobby", "room": None})
    assert (parcel.credits, parcel.room, parcel.source) == (0, None, "person")


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("task_nowhere", {"kind": "other"}),
        ("day_over", {"kind": "other", "location": "Lobby", "business_date": TODAY - timedelta(days=1)}),
    ],
)
def test_what_makes_no_task(cast, code, values):
    refused(code, lambda: task_create(place=cast.alpha, values=values), InvalidInput)


def test_it_is_in_a_room_of_the_house_for_somebody_who_works_there(cast, dirty):
    refused(
        "other_property",
        lambda: task_create(place=cast.beta, values={"kind": "deep", "room": dirty}),
        InvalidInput,
    )
    for person in (cast.cy, cast.eve):
        values = {"kind": "deep", "room": dirty, "assignee": person}
        refused(
            "not_an_attendant", lambda given=values: task_create(place=cast.alpha, values=given), InvalidInput
        )
    assert (
        task_create(place=cast.alpha, values={"kind": "deep", "room": dirty, "assignee": cast.di}).assignee
        == cast.di
    )


def test_it_is_begun_and_done_and_its_room_is_clean(cast, clean, dirty, noon):
    begun = task_start(task=clean, actor=cast.di)
    noon.shift(timedelta(minutes=40))
    done = task_done(task=begun, actor=cast.di, note="The lamp flickers")
    assert (done.state, done.assignee, done.ended_by, done.ended_at - done.started_at, done.version) == (
        "done", cast.di, cast.di, timedelta(minutes=40), 3,
    )  # fmt: skip
    assert changes(clean) == [("started", "di", ""), ("done", "di", "The lamp flickers")]
    dirty.refresh_from_db()
    status = RoomStatusChange.objects.get()
    assert (dirty.housekeeping_status, status.source, status.changed_by, status.note) == (
        "clean", "housekeeping", cast.di, "Deep clean",
    )  # fmt: skip
    told = OutboxMessage.objects.get(topic=TaskCompleted.__name__).payload
    assert (told["kind"], told["room_id"], told["ended_at"]) == ("deep", dirty.pk, "2027-03-14T12:40:00Z")


def test_what_is_no_clean_leaves_the_room_as_it_is(cast, dirty):
    task = task_create(place=cast.alpha, values={"kind": "delivery", "room": dirty})
    task_done(task=task_start(task=task, actor=cast.di), actor=cast.di)
    dirty.refresh_from_db()
    assert dirty.housekeeping_status == "dirty"


def test_the_second_who_starts_it_is_told_who_was_first(cast, clean):
    task_start(task=clean, actor=cast.di)
    error = refused("task_not_open", lambda: task_start(task=clean, actor=cast.bo))
    assert (error.message, error.extra) == (
        "The task is started by di. Look at it again.",
        {"state": "started"},
    )


def test_nothing_is_done_that_was_not_begun_or_twice(cast, clean):
    refused("task_not_started", lambda: task_done(task=clean, actor=cast.di))
    task_done(task=task_start(task=clean, actor=cast.di), actor=cast.di)
    refused("task_not_started", lambda: task_done(task=clean, actor=cast.di))
    for give_up in (task_skip, task_cancel):
        refused("task_over", lambda act=give_up: act(task=clean, actor=cast.di, reason="Late"))


@pytest.mark.parametrize(("give_up", "state"), [(task_skip, "skipped"), (task_cancel, "cancelled")])
def test_it_is_given_up_with_a_reason(cast, clean, dirty, give_up, state):
    refused("reason_required", lambda: give_up(task=clean, actor=cast.di, reason=" "), InvalidInput)
    task_start(task=clean, actor=cast.di)
    over = give_up(task=clean, actor=cast.ada, reason=" Declined ")
    assert (over.state, over.because, over.ended_by, over.assignee) == (state, "Declined", cast.ada, cast.di)
    assert changes(clean)[-1] == (state, "ada", "Declined")
    dirty.refresh_from_db()
    assert dirty.housekeeping_status == "dirty"


def test_it_is_handed_over_until_it_is_begun(cast, clean):
    assert task_assign(task=clean, assignee=cast.di, actor=cast.ada).assignee == cast.di
    refused(
        "not_an_attendant", lambda: task_assign(task=clean, assignee=cast.cy, actor=cast.ada), InvalidInput
    )
    assert task_assign(task=clean, assignee=None, actor=cast.ada).assignee is None
    assert changes(clean) == [("assigned", "ada", "di"), ("assigned", "ada", "Nobody")]
    task_start(task=clean, actor=cast.bo)
    refused("task_not_open", lambda: task_assign(task=clean, assignee=cast.di, actor=cast.ada))


def test_who_saw_another_version_changes_nothing(cast, clean):
    task_assign(task=clean, assignee=cast.di, actor=cast.ada, expected_version=1)
    for call in (
        lambda: task_start(task=clean, actor=cast.di, expected_version=1),
        lambda: task_assign(task=clean, assignee=None, actor=cast.ada, expected_version=1),
        lambda: task_skip(task=clean, actor=cast.di, reason="x", expected_version=1),
    ):
        refused("version_conflict", call, VersionConflict)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("operations_task_state", {"state": "done"}),
        ("operations_task_state", {"state": "started"}),
        ("operations_task_state", {"started_at": "2027-03-14T12:00Z"}),
        ("operations_task_state", {"state": "skipped", "ended_at": "2027-03-14T12:00Z"}),
        ("operations_task_times_in_order",
         {"state": "done", "started_at": "2027-03-14T12:00Z", "ended_at": "2027-03-14T11:00Z"}),
        ("operations_task_is_somewhere", {"location": ""}),
        ("operations_task_credits", {"credits": -1}),
    ],
)  # fmt: skip
def test_the_database_holds_it(cast, constraint, values):
    task = task_make(cast.alpha)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**values)
    assert constraint in str(caught.value)


def test_a_source_makes_a_task_once(cast):
    task_make(cast.alpha)
    other = task_make(cast.alpha)
    with pytest.raises(IntegrityError, match="operations_task_made_once"), transaction.atomic():
        Task.objects.update(source_key="the same")
    assert other.source_key == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_who_start_it_at_once_one_has_it(cast):
    task = task_make(cast.alpha)
    found = together(*[lambda who=who: task_start(task=task, actor=who) for who in (cast.di, cast.bo)])
    won = [one for one in found if isinstance(one, Task)]
    (lost,) = [one for one in found if not isinstance(one, Task)]
    assert (len(won), lost.code) == (1, "task_not_open")
    fresh = Task.objects.get()
    assert (fresh.state, fresh.assignee, fresh.version) == ("started", won[0].assignee, 2)
    assert TaskChange.objects.count() == 1
