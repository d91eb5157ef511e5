"""Doors that say not to disturb."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.operations.models import Task
from hotel.operations.services.do_not_disturb import task_do_not_disturb
from hotel.operations.services.tasks import task_done, task_start
from tests.factories.operations import rule_set, task_make
from tests.hotel.operations.conftest import guest_in, morning
from tests.hotel.operations.refusals import refused


@pytest.fixture
def service(house):
    rule_set(house.place, "operations.dnd_tries", 2)
    guest_in(house, 0, 5)
    morning(house, 0)
    return Task.objects.get()


def welfare():
    return list(
        Task.objects.filter(kind="welfare").values_list(
            "room__number", "priority", "state", "business_date__day"
        )
    )


def test_it_stays_open_and_says_when(service, cast, noon):
    tried = task_do_not_disturb(task=service, actor=cast.di, note="Sign at the door")
    assert (tried.state, tried.dnd_at, tried.version, tried.changes.get().note) == (
        "open", tried.changes.get().at, 2, "Sign at the door",
    )  # fmt: skip
    assert welfare() == []


def test_after_some_times_somebody_looks_after_the_guest_once_a_day(service, cast):
    for _ in range(3):
        task_do_not_disturb(task=service, actor=cast.di)
    assert welfare() == [("101", 1, "open", 15)]
    assert Task.objects.get(kind="welfare").reservation == service.reservation


def test_the_times_of_several_days_count(house, service, cast):
    task_do_not_disturb(task=service, actor=cast.di)
    morning(house, 0)
    task_do_not_disturb(task=Task.objects.get(state="open"), actor=cast.di)
    assert welfare() == [("101", 1, "open", 16)]


def test_once_somebody_was_in_they_count_anew(house, service, cast):
    task_do_not_disturb(task=service, actor=cast.di)
    begun = task_start(task=service, actor=cast.di)
    assert begun.dnd_at is None
    task_done(task=begun, actor=cast.di)
    morning(house, 0)
    task_do_not_disturb(task=Task.objects.get(state="open"), actor=cast.di)
    assert welfare() == []


def test_what_is_refused(house, service, cast):
    parcel = task_make(cast.alpha)
    refused("task_not_in_room", lambda: task_do_not_disturb(task=parcel, actor=cast.di), InvalidInput)
    task_start(task=service, actor=cast.di)
    refused("task_not_open", lambda: task_do_not_disturb(task=service, actor=cast.bo))
