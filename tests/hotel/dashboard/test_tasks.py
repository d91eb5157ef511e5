"""The demonstration is asked for once, told as it goes, and never beside a hotel."""

import pytest
from django.core.cache import cache
from kombu.exceptions import OperationalError

from hotel.core.exceptions import Conflict, ExternalFailure
from hotel.dashboard import tasks
from hotel.dashboard.tasks import DemoState, demo_ask, demo_load, demo_state
from tests.factories.properties import chain_make, property_make


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sent(monkeypatch):
    """What was handed to the broker."""
    found = []
    monkeypatch.setattr(demo_load, "apply_async", lambda **options: found.append(options))
    return found


@pytest.fixture
def seeded(monkeypatch):
    """The command that loads it, which takes a minute, says two lines instead."""

    def command(name, stdout):
        stdout.write("  VIENNA: 44 rooms")
        stdout.write("  log-in  owner secret-of-the-demo")
        assert demo_state() == DemoState("running", ("VIENNA: 44 rooms",))

    monkeypatch.setattr(tasks, "call_command", command)


def test_asked_twice_it_is_handed_over_once(db, sent):
    demo_ask()
    demo_ask()
    assert (len(sent), demo_state()) == (1, DemoState("asked"))


def test_beside_a_hotel_it_is_not_asked_for(cast, sent):
    with pytest.raises(Conflict):
        demo_ask()
    assert (sent, demo_state()) == ([], None)


def test_without_a_broker_nothing_was_begun(db, monkeypatch):
    def away(**options):
        raise OperationalError

    monkeypatch.setattr(demo_load, "apply_async", away)
    with pytest.raises(ExternalFailure):
        demo_ask()
    assert demo_state() is None


def test_it_tells_what_it_makes_and_no_log_ins(db, seeded):
    assert demo_load() == "done"
    assert demo_state() == DemoState("done", ("VIENNA: 44 rooms",))


def test_a_worker_that_comes_too_late_loads_nothing(cast, monkeypatch):
    monkeypatch.setattr(tasks, "call_command", lambda *args, **more: pytest.fail("loaded beside a hotel"))
    cache.set(tasks.KEY, DemoState("asked"))
    assert (demo_load(), demo_state()) == ("refused", None)


def test_what_fails_is_told_and_can_be_asked_for_again(db, monkeypatch, sent):
    def broken(name, stdout):
        raise ValueError("no disk")

    monkeypatch.setattr(tasks, "call_command", broken)
    with pytest.raises(ValueError, match="no disk"):
        demo_load()
    assert demo_state().state == "failed"
    property_make(chain_make(code="LINDEN"))  # which it had made before
    demo_ask()
    assert (sent[0]["kwargs"], demo_state().state) == ({"is_again": True}, "asked")
