"""Cleans are inspected: good ones make the room inspected, others are done again."""

import pytest

from hotel.contracts.operations import QualityFailed
from hotel.core.exceptions import InvalidInput, NotPermitted, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.operations.models import Task, TaskChange
from hotel.operations.services.inspections import inspection_fail, inspection_pass
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.tasks import task_create, task_done, task_start
from hotel.rooms.models import Room
from hotel.rooms.services.status import rooms_status_set
from tests.factories.operations import rule_set, task_make
from tests.hotel.operations.conftest import tasks_of
from tests.hotel.operations.refusals import refused


@pytest.fixture
def clean(house, cast):
    """A departure clean of room 101 that Di has done, at a house that inspects them."""
    rule_set(house.place, "operations.inspection", "departures")
    rooms_status_set(room_ids=[house.rooms[0].pk], status="dirty")
    room_days_settle(property_id=house.place.pk)
    return task_done(task=task_start(task=Task.objects.get(), actor=cast.di), actor=cast.di)


@pytest.fixture
def inspection(clean):
    return clean.inspections.get()


def status(house):
    return Room.objects.get(pk=house.rooms[0].pk).housekeeping_status


def test_a_clean_that_is_to_be_inspected_makes_its_inspection(house, clean, inspection):
    assert (inspection.kind, inspection.room, inspection.source, inspection.state, inspection.due_at) == (
        "inspection", clean.room, "inspection", "open", clean.ended_at,
    )  # fmt: skip
    assert status(house) == "clean"
    assert room_days_settle(property_id=house.place.pk) == {}


@pytest.mark.parametrize(
    ("setting", "kind", "made"),
    [("none", "departure", 0), ("departures", "stayover", 0), ("departures", "deep", 1), ("all", "stayover", 1),
     ("all", "pickup", 0), ("all", "delivery", 0)],
)  # fmt: skip
def test_which_cleans_are_inspected(house, cast, setting, kind, made):
    rule_set(house.place, "operations.inspection", setting)
    task = task_create(place=house.place, values={"kind": kind, "room": house.rooms[0]})
    task_done(task=task_start(task=task, actor=cast.di), actor=cast.di)
    assert task.inspections.count() == made


def test_a_good_one_makes_the_room_inspected(house, inspection, cast):
    done = inspection_pass(task=inspection, actor=cast.ada, note="Spotless")
    assert (done.state, done.ended_by, status(house)) == ("done", cast.ada, "inspected")
    assert TaskChange.objects.filter(task=inspection).values_list("kind", "note").get() == (
        "done",
        "Spotless",
    )


def test_one_that_is_not_good_is_done_again_by_who_did_it(house, clean, inspection, cast):
    failed = inspection_fail(task=inspection, actor=cast.ada, reason="Hair in the shower")
    assert (failed.state, failed.because, status(house)) == ("done", "Hair in the shower", "dirty")
    clean.refresh_from_db()
    assert (clean.state, clean.assignee, clean.started_at, clean.ended_at, clean.ended_by) == (
        "open", cast.di, None, None, None,
    )  # fmt: skip
    told = OutboxMessage.objects.get(topic=QualityFailed.__name__).payload
    assert (told["task_id"], told["inspection_id"], told["reason"]) == (
        clean.pk,
        inspection.pk,
        "Hair in the shower",
    )
    assert room_days_settle(property_id=house.place.pk) == {}
    task_done(task=task_start(task=clean, actor=cast.di), actor=cast.di)
    assert list(clean.changes.order_by("pk").values_list("kind", flat=True)) == [
        "started", "done", "reopened", "started", "done",
    ]  # fmt: skip
    assert clean.inspections.filter(state="open").count() == 1


def test_a_room_that_has_got_another_clean_keeps_that(house, clean, inspection, cast):
    rooms_status_set(room_ids=[house.rooms[0].pk], status="dirty")
    room_days_settle(property_id=house.place.pk)
    inspection_fail(task=inspection, actor=cast.ada, reason="Dust")
    assert tasks_of(house, kind="departure") == [("101", "departure", "done"), ("101", "departure", "open")]


def test_nobody_inspects_his_own_work(inspection, cast):
    refused("same_person", lambda: inspection_pass(task=inspection, actor=cast.di), NotPermitted)
    refused("same_person", lambda: inspection_fail(task=inspection, actor=cast.di, reason="x"), NotPermitted)


def test_what_is_refused(inspection, cast):
    refused(
        "reason_required", lambda: inspection_fail(task=inspection, actor=cast.ada, reason=" "), InvalidInput
    )
    refused(
        "version_conflict",
        lambda: inspection_pass(task=inspection, actor=cast.ada, expected_version=9),
        VersionConflict,
    )
    parcel = task_make(cast.alpha)
    refused("not_an_inspection", lambda: inspection_pass(task=parcel, actor=cast.ada), InvalidInput)
    inspection_pass(task=inspection, actor=cast.ada)
    refused("task_over", lambda: inspection_fail(task=inspection, actor=cast.ada, reason="Late"))
