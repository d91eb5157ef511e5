"""Claims of keys: first, again, in flight, taken over, released, forgotten."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hotel.core.exceptions import Conflict
from hotel.core.models import IdempotencyRecord
from hotel.core.services.idempotency import (
    KeyInFlight,
    KeyReused,
    done_once,
    idempotency_claim,
    idempotency_finish,
    idempotency_purge,
    idempotency_release,
    was_done,
)
from hotel.core.tasks import idempotency_records_purge
from tests.together import together

START = datetime(2027, 3, 14, 8, tzinfo=UTC)


def claim(**over):
    return idempotency_claim(
        **{"principal": "user:1", "route": "POST /x", "key": "k", "body_hash": "h", **over}
    )


def test_the_first_claim_executes_and_a_second_waits_for_it(db):
    first = claim()
    assert first.is_answered is False
    with pytest.raises(KeyInFlight) as caught:
        claim()
    assert (caught.value.status, caught.value.code) == (409, "idempotency_key_in_flight")
    assert IdempotencyRecord.objects.count() == 1


def test_a_finished_claim_is_answered_from_the_record(db):
    idempotency_finish(claim(), status=201, headers={"ETag": '"v1"'}, body={"id": 7, "on": START.date()})
    again = claim()
    assert again.is_answered is True
    record = again.record
    assert (record.response_status, record.response_headers) == (201, {"ETag": '"v1"'})
    assert record.response_body == '{"id": 7, "on": "2027-03-14"}'


@pytest.mark.parametrize("finished", [False, True])
def test_another_body_under_the_same_key_is_refused(db, finished):
    first = claim()
    if finished:
        idempotency_finish(first, status=201, headers={}, body={})
    with pytest.raises(KeyReused) as caught:
        claim(body_hash="other")
    assert (caught.value.status, caught.value.code) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("other", [{"principal": "user:2"}, {"route": "POST /y"}, {"key": "k2"}], ids=str)
def test_keys_of_other_callers_routes_and_names_are_apart(db, other):
    claim()
    assert claim(**other).is_answered is False


def test_a_released_claim_can_be_made_again(db):
    first = claim()
    idempotency_release(first)
    assert IdempotencyRecord.objects.count() == 0
    assert claim(body_hash="even another").is_answered is False


def test_an_answered_claim_is_not_released(db):
    first = claim()
    idempotency_finish(first, status=200, headers={}, body=None)
    idempotency_release(first)
    assert claim().is_answered is True


def test_a_dead_owners_lease_is_taken_over_and_he_can_no_longer_finish(db):
    with time_machine.travel(START, tick=False) as clock:
        dead = claim()
        clock.shift(timedelta(seconds=60))
        with pytest.raises(KeyInFlight):
            claim()  # the lease ends after sixty seconds, not with them
        clock.shift(timedelta(seconds=1))
        heir = claim()
        assert heir.is_answered is False
        with pytest.raises(KeyInFlight):
            claim()  # the heir has a lease of his own
        with pytest.raises(KeyInFlight, match="repeated elsewhere"):
            idempotency_finish(dead, status=201, headers={}, body={"by": "dead"})
        idempotency_release(dead)
        idempotency_finish(heir, status=201, headers={}, body={"by": "heir"})
    assert IdempotencyRecord.objects.get().response_body == '{"by": "heir"}'


def test_keys_are_forgotten_after_seven_days(db):
    with time_machine.travel(START, tick=False) as clock:
        claim(key="old")
        clock.shift(timedelta(seconds=1))
        claim(key="young")
        clock.shift(timedelta(days=7))
        assert idempotency_records_purge() == 1
        assert IdempotencyRecord.objects.get().key == "young"
        assert idempotency_purge() == 0


def test_work_under_a_key_is_done_once_and_a_failure_frees_the_key(db):
    asked = {"principal": "user:1", "route": "POST /notes", "key": "k", "body_hash": "h"}
    done = []

    def fail():
        done.append("failed")
        raise Conflict("No.")

    with pytest.raises(Conflict):
        done_once(**asked, work=fail)
    assert not IdempotencyRecord.objects.exists()

    assert done_once(**asked, work=lambda: done.append("written")) is True
    assert done_once(**asked, work=lambda: done.append("again")) is False
    assert done == ["failed", "written"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", ["well", "badly"])
def test_a_patient_second_waits_for_the_first_and_does_it_only_if_that_failed(ends, monkeypatch):
    asked = {"principal": "user:1", "route": "POST /x", "key": "k", "body_hash": "h"}
    begun, waited, done = threading.Event(), threading.Event(), []
    monkeypatch.setattr("hotel.core.services.idempotency.sleep", lambda seconds: waited.set())

    def first():
        def work():
            begun.set()
            assert waited.wait(60)
            if ends == "badly":
                raise Conflict("No.")
            done.append("first")

        return done_once(**asked, work=work)

    def second():
        assert begun.wait(60)
        return done_once(**asked, work=lambda: done.append("second"), patience=timedelta(seconds=60))

    answers = together(first, second)

    if ends == "well":
        assert (answers, done) == ([True, False], ["first"])
    else:
        assert (type(answers[0]), answers[1], done) == (Conflict, True, ["second"])


def test_patience_ends(db):
    asked = {"principal": "user:1", "route": "POST /x", "key": "k", "body_hash": "h"}
    idempotency_claim(**asked)
    done = []

    with pytest.raises(KeyInFlight):
        done_once(**asked, work=lambda: done.append("again"), patience=timedelta(milliseconds=120))

    assert done == []


def test_work_was_done_once_it_has_ended(db):
    asked = {"principal": "user:1", "route": "POST /x", "key": "k"}
    during = []
    assert was_done(**asked) is False

    done_once(**asked, body_hash="h", work=lambda: during.append(was_done(**asked)))

    assert (during, was_done(**asked)) == ([False], True)
    assert was_done(**{**asked, "principal": "user:2"}) is False
