"""What a worker logs tells which request asked for it."""

import time

import pytest
from celery import shared_task
from celery.contrib.testing.worker import start_worker
from structlog.contextvars import bound_contextvars, get_contextvars

from config.celery import app

seen = []


@shared_task(name="tests.config.test_celery.note")
def note(again=False):
    seen.append(dict(get_contextvars()))
    if again:
        note.delay()


@pytest.mark.django_db(transaction=True)
def test_a_task_and_what_it_hands_on_carry_the_id_of_the_request():
    seen.clear()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        with bound_contextvars(request_id="gate-way.17_a"):
            first = note.delay(again=True)
        alone = note.delay()
        for _ in range(200):
            if len(seen) == 3:
                break
            time.sleep(0.05)
    by_id = {said["task_id"]: said for said in seen}
    assert len(by_id) == 3
    assert by_id[first.id] == {"task": note.name, "task_id": first.id, "request_id": "gate-way.17_a"}
    assert "request_id" not in by_id[alone.id]
    [handed_on] = by_id.keys() - {first.id, alone.id}
    assert by_id[handed_on]["request_id"] == "gate-way.17_a"


def test_a_task_that_is_called_here_is_told_nothing():
    seen.clear()
    with bound_contextvars(request_id="gate-way.17_a"):
        note()
    assert seen == [{"request_id": "gate-way.17_a"}]
