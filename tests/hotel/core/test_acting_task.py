"""Tasks act for whoever asked for them, otherwise in their own name."""

import pytest

from config.celery import app
from hotel.core.acting_task import HEADER, ActingTask
from hotel.core.actor import act_told, acting


@app.task(name="tests.who_acts")
def who_acts():
    return act_told()


@pytest.fixture
def sent(monkeypatch):
    """The headers of what is sent to the broker."""
    found = []
    monkeypatch.setattr(app, "send_task", lambda *args, **how: found.append(how.get("headers")))
    monkeypatch.setattr(
        "celery.app.task.Task.apply_async", lambda self, *args, **how: found.append(how.get("headers"))
    )
    return found


def test_every_task_of_the_house_is_one():
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert len(ours) > 10
    assert [task.name for task in ours if not isinstance(task, ActingTask)] == []


def test_a_task_that_nobody_asked_for_acts_in_its_own_name():
    assert who_acts.apply().get() == {"door": "task", "actor": "system:tests.who_acts"}
    assert who_acts() == {"door": "task", "actor": "system:tests.who_acts"}


def test_who_asked_goes_along(sent):
    with acting(door="api", user_id=7, request_id="request-1"):
        who_acts.apply_async()
        who_acts.delay()
    who_acts.apply_async()
    act = {"door": "api", "actor": "user:7", "user": 7, "request": "request-1"}
    assert sent == [{HEADER: act}, {HEADER: act}, None]


def test_what_went_along_is_told_again():
    act = {"door": "api", "actor": "user:7", "user": 7, "request": "request-1"}
    assert who_acts.apply(headers={HEADER: act}).get() == {**act, "door": "task"}
