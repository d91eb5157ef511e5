"""The relay: positions without gaps, once per handler, in order per aggregate, whatever fails or dies."""

import os
import random
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hotel.core.facts import publish
from hotel.core.models import DeclaredSchedule, HandledFact, OutboxMessage
from hotel.core.services.outbox import (
    AT_ONCE,
    ATTEMPTS_BEFORE_PARKING,
    outbox_deliver,
    outbox_sequence,
    outbox_unpark,
)
from hotel.core.tasks import outbox_relay
from tests.hotel.core.bell import BellRang, note, noted, page, porter, subscribed
from tests.together import Actor, together

START = datetime(2027, 3, 14, 8, tzinfo=UTC)


def ring(bell_id: int, n: int) -> None:
    with transaction.atomic():
        publish(BellRang(property_id=1, bell_id=bell_id, n=n))


def _fails_at(bad: int):
    def fails(fact: BellRang) -> None:
        note(f"fails {fact.n}")
        if fact.n == bad:
            raise ValueError(f"{bad} is broken")

    return fails


def positions() -> list[tuple[int, int | None]]:
    """(bell, position) in order of position."""
    rows = OutboxMessage.objects.order_by("position").values_list("payload__bell_id", "position")
    return list(rows)


def relay() -> int:
    outbox_sequence()
    return outbox_deliver()


def test_positions_follow_each_other_without_gaps(db):
    for bell in (5, 6, 7):
        ring(bell, 1)
    assert outbox_sequence() == 3
    ring(8, 1)
    assert outbox_sequence() == 1
    assert outbox_sequence() == 0
    first = positions()[0][1]
    assert positions() == [(5, first), (6, first + 1), (7, first + 2), (8, first + 3)]


@pytest.mark.django_db(transaction=True)
def test_a_reader_of_positions_misses_nothing_when_commits_overtake_each_other():
    """The lower id commits last: following ids would lose it, following positions does not."""
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            publish(BellRang(property_id=1, bell_id=1, n=1))
            written.set()
            may_commit.wait(20)

    with Actor() as other:
        future = other.do(slow, wait=False)
        assert written.wait(20)
        ring(2, 1)
        assert outbox_sequence() == 1
        [(bell, seen)] = positions()[:1]
        assert bell == 2
        may_commit.set()
        future.result(20)
    assert outbox_sequence() == 1
    late = OutboxMessage.objects.get(payload__bell_id=1)
    early = OutboxMessage.objects.get(payload__bell_id=2)
    assert late.pk < early.pk
    assert (early.position, late.position) == (seen, seen + 1)


@pytest.mark.django_db(transaction=True)
def test_a_later_position_is_never_visible_before_an_earlier_one():
    """The sequencer holds its lock until the commit: the next one waits instead of overtaking."""
    placed, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            outbox_sequence()
            placed.set()
            may_commit.wait(20)

    ring(1, 1)
    with Actor() as first, Actor() as second:
        one = first.do(slow, wait=False)
        assert placed.wait(20)
        ring(2, 1)
        two = second.do(outbox_sequence, wait=False)
        assert OutboxMessage.objects.filter(position__isnull=False).count() == 0
        may_commit.set()
        one.result(20)
        assert two.result(20) == 1
    [(bell, start), (other, after)] = positions()
    assert (bell, other, after) == (1, 2, start + 1)


@pytest.mark.django_db(transaction=True)
def test_sequencers_at_once_give_every_message_one_position():
    for bell in range(40):
        ring(bell, 1)
    assert sum(together(*[outbox_sequence] * 8)) == 40
    found = [position for _, position in positions()]
    assert found == list(range(found[0], found[0] + 40))


def test_what_nobody_listens_to_is_done_with_its_position(db):
    """It stays in the feed, and the relay need not look at it one by one."""
    with subscribed(porter):
        ring(7, 1)
        OutboxMessage.objects.create(aggregate="lamp:1", topic="LampLit", payload={})
        assert outbox_sequence() == 2
        heard, unheard = OutboxMessage.objects.order_by("pk")
        assert (heard.delivered_at, unheard.delivered_at is not None) == (None, True)
        assert unheard.position == heard.position + 1
        assert outbox_deliver() == 1
    assert noted() == ["porter 7.1"]


def test_a_fact_reaches_each_handler_once(db):
    with subscribed(porter, page):
        ring(7, 1)
        assert [relay(), relay()] == [1, 0]
    message = OutboxMessage.objects.get()
    assert noted() == ["porter 7.1", "page 7.1"]
    assert message.delivered_at is not None
    assert (message.attempts, message.last_error) == (0, "")
    assert HandledFact.objects.filter(message=message).count() == 2


def test_messages_of_an_aggregate_are_delivered_some_at_once_with_few_statements(db):
    with subscribed(porter):
        for n in range(AT_ONCE + 1):
            ring(7, n)
        outbox_sequence()
        with CaptureQueriesContext(connection) as asked:
            assert outbox_deliver() == AT_ONCE
        # Due; savepoint, lock, messages, inbox, done, release; and for each: savepoint, inbox, its effect (3), release.
        assert len(asked) == 7 + 6 * AT_ONCE
        assert [outbox_deliver(), outbox_deliver()] == [1, 0]
    assert noted() == [f"porter 7.{n}" for n in range(AT_ONCE + 1)]


def test_what_was_delivered_before_a_failure_of_the_same_aggregate_stays_so(db):
    with time_machine.travel(START, tick=False), subscribed(_fails_at(2)):
        for n in range(4):
            ring(7, n)
        assert relay() == 2
        done = OutboxMessage.objects.order_by("position").values_list("delivered_at", "attempts")
        assert list(done) == [(START, 0), (START, 0), (None, 1), (None, 0)]
    assert noted() == ["fails 0", "fails 1"]


def test_a_fact_without_position_is_not_delivered(db):
    with subscribed(porter):
        ring(7, 1)
        assert outbox_deliver() == 0
    assert noted() == []


def test_a_fact_nobody_hears_is_done(db):
    ring(7, 1)
    assert (outbox_sequence(), outbox_deliver()) == (1, 0)
    assert OutboxMessage.objects.get().delivered_at is not None


@pytest.mark.django_db(transaction=True)
def test_doubled_relays_apply_every_fact_once_and_in_order_per_aggregate():
    shuffled = [(bell, n) for bell in range(6) for n in range(5)]
    random.Random(4).shuffle(shuffled)
    for bell, _ in shuffled:
        ring(bell, OutboxMessage.objects.filter(aggregate=f"bell:{bell}").count())

    def relay_until_quiet():
        while outbox_sequence() + outbox_deliver():
            pass

    with subscribed(porter):
        while OutboxMessage.objects.filter(delivered_at=None).exists():
            failures = [result for result in together(*[relay_until_quiet] * 6) if result is not None]
            assert failures == []
    assert sorted(noted()) == sorted(f"porter {bell}.{n}" for bell, n in shuffled)
    for bell in range(6):
        assert [t for t in noted() if t.startswith(f"porter {bell}.")] == [
            f"porter {bell}.{n}" for n in range(5)
        ]


def test_a_failing_handler_neither_undoes_the_other_nor_stops_other_aggregates(db):
    with time_machine.travel(START, tick=False), subscribed(porter, page):
        ring(13, 1)
        ring(13, 2)
        ring(7, 1)
        assert relay() == 1
    assert noted() == ["porter 13.1", "porter 7.1", "page 7.1"]
    failed, behind, fine = OutboxMessage.objects.order_by("position")
    assert failed.delivered_at is None
    assert (failed.attempts, failed.next_attempt_at) == (1, START + timedelta(seconds=2))
    assert failed.last_error == "tests.hotel.core.bell.page: ValueError: bell 13 is broken"
    assert (behind.delivered_at, behind.attempts) == (None, 0)
    assert fine.delivered_at == START


def test_a_second_attempt_runs_only_what_has_failed(db):
    with time_machine.travel(START, tick=False) as clock, subscribed(porter, page):
        ring(13, 1)
        relay()
        assert relay() == 0
        assert OutboxMessage.objects.get().attempts == 1  # not yet due
        clock.shift(timedelta(seconds=2))
        relay()
    assert noted() == ["porter 13.1"]
    assert OutboxMessage.objects.get().attempts == 2


def test_a_handler_that_recovers_completes_the_message_and_the_others_are_not_run_again(db):
    moods = iter([ValueError("not now"), None])

    def moody(fact: BellRang) -> None:
        if mood := next(moods):
            raise mood
        note(f"moody {fact.n}")

    with time_machine.travel(START, tick=False) as clock, subscribed(porter, moody):
        ring(7, 1)
        assert relay() == 0
        clock.shift(timedelta(seconds=2))
        assert relay() == 1
    message = OutboxMessage.objects.get()
    assert noted() == ["porter 7.1", "moody 1"]
    assert (message.attempts, message.delivered_at) == (1, START + timedelta(seconds=2))


@pytest.mark.django_db(transaction=True)
def test_an_unparked_message_waits_while_another_of_its_aggregate_is_in_delivery():
    inside, may_end = threading.Event(), threading.Event()

    def slow(fact: BellRang) -> None:
        if fact.n == 2:
            inside.set()
            may_end.wait(20)
        note(f"slow {fact.n}")

    ring(7, 1)
    ring(7, 2)
    with subscribed(slow), Actor() as other:
        outbox_sequence()
        first = OutboxMessage.objects.order_by("position").first()
        OutboxMessage.objects.filter(pk=first.pk).update(parked_at=START)
        future = other.do(outbox_deliver, wait=False)
        assert inside.wait(20)
        outbox_unpark(message_id=first.pk)
        assert outbox_deliver() == 0
        may_end.set()
        assert future.result(20) == 1
        assert outbox_deliver() == 1
    assert noted() == ["slow 2", "slow 1"]


def test_a_stuck_aggregate_with_many_messages_does_not_fill_the_batch(db):
    with time_machine.travel(START, tick=False), subscribed(page):
        for n in range(6):
            ring(13, n)
        ring(7, 1)
        outbox_sequence()
        assert outbox_deliver(limit=1) == 0  # the first fails, those behind it wait
        assert outbox_deliver(limit=1) == 1
    assert noted() == ["page 7.1"]


def fail_until_parked(clock) -> OutboxMessage:
    for _ in range(ATTEMPTS_BEFORE_PARKING):
        relay()
        clock.shift(timedelta(minutes=10))
    return OutboxMessage.objects.order_by("position").first()


def test_after_eight_attempts_a_message_is_parked_and_the_next_goes_on(db, caplog):
    with time_machine.travel(START, tick=False) as clock, subscribed(page):
        ring(13, 1)
        parked = fail_until_parked(clock)
        assert (parked.attempts, parked.delivered_at) == (8, None)
        assert parked.parked_at == START + timedelta(minutes=70)
        assert "is parked after 8 attempts" in caplog.text
        relay()
        parked.refresh_from_db()
        assert parked.attempts == 8
        ring(13, 2)
        relay()
        assert OutboxMessage.objects.order_by("position").last().attempts == 1  # no longer blocked


def test_an_unparked_message_is_delivered_with_attempts_counted_anew(db):
    with time_machine.travel(START, tick=False) as clock:
        with subscribed(page):
            ring(13, 1)
            parked = fail_until_parked(clock)
        with subscribed(porter):
            assert relay() == 0
            assert outbox_unpark(message_id=parked.pk) is True
            assert outbox_unpark(message_id=parked.pk) is False
            assert relay() == 1
    parked.refresh_from_db()
    assert (parked.attempts, parked.parked_at) == (0, None)
    assert noted() == ["porter 13.1"]


def test_a_payload_that_no_longer_fits_the_fact_is_an_error_not_a_loss(db):
    with subscribed(porter):
        ring(7, 1)
        OutboxMessage.objects.update(payload={"bell_id": "x"})
        assert relay() == 0
    message = OutboxMessage.objects.get()
    assert message.attempts == 1
    assert "ValidationError" in message.last_error
    assert noted() == []


def worker_dies(at: str) -> None:
    """Run a relay in a process of its own, which exits hard inside the named handler."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url.geturl(), "BELL_KILLS": at}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(settings.BASE_DIR)}
    script = settings.BASE_DIR / "tests" / "hotel" / "core" / "relay_once.py"
    run = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(script)], env=environment, check=False, capture_output=True, timeout=120
    )
    assert run.returncode == 137, run.stderr.decode()


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", ["porter", "page"])
def test_a_worker_killed_in_the_middle_leaves_the_fact_to_be_applied_once(at):
    ring(7, 1)
    worker_dies(at)
    assert noted() == []
    assert HandledFact.objects.count() == 0
    with subscribed(porter, page):
        assert relay() == 1
        assert relay() == 0
    assert noted() == ["porter 7.1", "page 7.1"]


def test_the_task_relays_until_nothing_is_left(db, monkeypatch):
    monkeypatch.setattr("hotel.core.tasks.LINGER_SECONDS", 0)

    def echo(fact: BellRang) -> None:
        DeclaredSchedule.objects.create(name=f"echo {fact.n}", written={"text": f"echo {fact.n}"})
        if fact.n < 4:
            publish(BellRang(property_id=1, bell_id=fact.bell_id, n=fact.n + 1))

    with subscribed(echo):
        ring(7, 1)
        assert outbox_relay() == 4
    assert noted() == ["echo 1", "echo 2", "echo 3", "echo 4"]


def test_the_task_ends_while_there_is_more_and_the_next_goes_on(db, monkeypatch):
    """A fact that is told again and again would hold a worker for good."""
    monkeypatch.setattr("hotel.core.tasks.LINGER_SECONDS", 0)
    monkeypatch.setattr("hotel.core.tasks.LONGEST_SECONDS", 0.2)

    def echo(fact: BellRang) -> None:
        publish(BellRang(property_id=1, bell_id=fact.bell_id, n=fact.n + 1))

    with subscribed(echo):
        ring(7, 1)
        first = outbox_relay()
        second = outbox_relay()
    assert first > 0
    assert second > 0
    assert OutboxMessage.objects.filter(delivered_at=None).count() == 1
    assert OutboxMessage.objects.exclude(delivered_at=None).count() == first + second


def test_what_cannot_be_written_because_nothing_is_waits_and_loses_no_attempt(db):
    """As the database refuses it while a hotel is read-only; afterwards it is told like any other."""
    is_held = [True]

    def handler(fact: BellRang) -> None:
        if is_held[0]:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE 'held' USING ERRCODE = 'read_only_sql_transaction'; END $$")

    ring(5, 1)
    with subscribed(handler):
        for late in range(ATTEMPTS_BEFORE_PARKING + 1):
            with time_machine.travel(START + timedelta(minutes=late), tick=False):
                assert relay() == 0
        message = OutboxMessage.objects.get()
        assert (message.attempts, message.parked_at) == (0, None)
        assert message.last_error == "No changes are taken at present; this waits."
        assert (message.next_attempt_at - START) == timedelta(minutes=ATTEMPTS_BEFORE_PARKING, seconds=30)
        is_held[0] = False
        with time_machine.travel(START + timedelta(hours=1), tick=False):
            assert relay() == 1
