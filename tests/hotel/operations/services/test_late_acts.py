"""Acts that were done without a network count when they still make sense, at the time at which they were done."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.operations.models import TaskChange
from hotel.operations.services.late_acts import task_act_late
from hotel.operations.services.tasks import task_assign, task_cancel, task_create, task_done, task_start
from tests.hotel.operations.refusals import refused

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clean(cast, house, noon):
    task = task_create(
        place=house.place, values={"kind": "deep", "room": house.rooms[0], "assignee": cast.di}
    )
    noon.shift(timedelta(hours=2))
    return task


def late(task, act, actor, minutes_ago, seen=1, **words):
    return task_act_late(task=task, act=act, actor=actor, seen=seen, at=now() - minutes_ago * MINUTE, **words)


def test_they_follow_one_another_at_their_own_times(cast, clean):
    late(clean, "start", cast.di, 70)
    late(clean, "note", cast.di, 50, note="A stain")
    done = late(clean, "done", cast.di, 30)
    assert (done.state, done.ended_at - done.started_at, now() - done.ended_at) == (
        "done", 40 * MINUTE, 30 * MINUTE,
    )  # fmt: skip
    rows = TaskChange.objects.filter(task=clean).order_by("pk")
    assert [(row.kind, (now() - row.at) // MINUTE, row.note) for row in rows] == [
        ("started", 70, ""), ("noted", 50, "A stain"), ("done", 30, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("ago", "believed"), [(-90, 0), (24 * 60, 120)], ids=["tomorrow", "yesterday"])
def test_a_clock_that_goes_wrong_is_not_believed(cast, clean, ago, believed):
    begun = late(clean, "start", cast.di, ago)
    assert now() - begun.started_at == believed * MINUTE


def test_nothing_comes_before_what_has_happened(cast, clean, noon):
    task_start(task=clean, actor=cast.di)
    noon.shift(10 * MINUTE)
    done = late(clean, "done", cast.di, 60)
    assert done.ended_at == done.started_at


def test_what_became_somebody_elses_does_not_count_but_a_note_does(cast, clean):
    task_assign(task=clean, assignee=cast.bo, actor=cast.ada)
    refused("task_of_another", lambda: late(clean, "start", cast.di, 5))
    assert late(clean, "note", cast.di, 5, note="Was there").changes.count() == 2


def test_what_changed_otherwise_still_counts(cast, clean):
    task_assign(task=clean, assignee=None, actor=cast.ada)
    assert late(clean, "start", cast.di, 5).assignee == cast.di


def test_the_state_decides(cast, clean):
    task_cancel(task=clean, actor=cast.ada, reason="The guest stays")
    refused("task_not_open", lambda: late(clean, "start", cast.di, 5))
    refused("task_not_started", lambda: late(clean, "done", cast.di, 5))
    refused("task_over", lambda: late(clean, "skip", cast.di, 5, reason="Locked"))


def test_of_two_who_did_it_the_first_that_comes_counts(cast, clean):
    task_done(task=task_start(task=clean, actor=cast.bo), actor=cast.bo)
    refused("task_of_another", lambda: late(clean, "start", cast.di, 60))


def test_a_note_says_something(cast, clean):
    refused("note_required", lambda: late(clean, "note", cast.di, 5, note="  "), InvalidInput)


def test_a_door_is_counted_when_it_said_so(cast, clean):
    assert now() - late(clean, "dnd", cast.di, 20).dnd_at == 20 * MINUTE
