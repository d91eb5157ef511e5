"""The Idempotency-Key header through the whole request: one effect, equal answers."""

import hashlib
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hotel.accounts.models import User
from hotel.core.models import DeclaredSchedule, IdempotencyRecord
from hotel.core.services import idempotency
from tests.contracts.stage import Client
from tests.hotel.core.api import counter
from tests.hotel.core.api.counter import URL
from tests.together import together

pytestmark = pytest.mark.urls("tests.hotel.core.api.counter")


@pytest.fixture
def user(db):
    return User.objects.create(username="machine")


@pytest.fixture
def client(user):
    return client_of(user)


def client_of(user):
    made = Client(raise_request_exception=False)
    made.force_authenticate(user=user)
    return made


def effects() -> int:
    return DeclaredSchedule.objects.count()


def test_a_repetition_gets_the_same_answer_and_changes_nothing(client):
    first = client.post(URL, {"n": 1}, key="k1")
    again = client.post(URL, {"n": 1}, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert "X-Other" not in again
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert effects() == 1


def test_quotes_of_a_structured_field_do_not_count(client):
    client.post(URL, {"n": 1}, key='"k1"')
    assert client.post(URL, {"n": 1}, key="k1")["Idempotency-Replayed"] == "true"


def test_a_required_key_must_be_there_and_well_formed(client):
    missing = client.post(URL, {"n": 1}, key="")
    assert (missing.status_code, missing.json()["code"]) == (400, "idempotency_key_missing")
    for bad in ("x" * 256, "two words", "ü"):
        answer = client.post(URL, {"n": 1}, key=bad)
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_invalid")
    assert effects() == 0
    assert client.post(URL, {"n": 1}, key="x" * 255).status_code == 201


def test_an_optional_key_is_honoured(client):
    without = [client.post(f"{URL}/draft", {}, key="").json() for _ in range(2)]
    assert without[0] != without[1]
    with_key = [client.post(f"{URL}/draft", {}, key="k").json() for _ in range(2)]
    assert with_key[0] == with_key[1]
    assert effects() == 3


def test_another_body_is_refused_and_changes_nothing(client):
    client.post(URL, {"n": 1}, key="k1")
    answer = client.post(URL, {"n": 2}, key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert effects() == 1


def test_another_query_is_refused_and_changes_nothing(client):
    client.post(f"{URL}?is_dry_run=true", {"n": 1}, key="k1")
    answer = client.post(URL, {"n": 1}, key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert effects() == 1
    assert client.post(f"{URL}?is_dry_run=true", {"n": 1}, key="k1")["Idempotency-Replayed"] == "true"


def test_one_callers_key_is_not_anothers(client):
    client.post(URL, {"n": 1}, key="k1")
    other = User.objects.create(username="other")
    assert client_of(other).post(URL, {"n": 1}, key="k1").status_code == 201
    assert effects() == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [({"n": 1, "refuse": True}, 422), ({"n": 0}, 400)],
    ids=["rule broken", "not valid"],
)
def test_a_failure_changes_nothing_stores_nothing_and_frees_the_key(client, body, status):
    assert client.post(URL, body, key="k1").status_code == status
    assert (effects(), IdempotencyRecord.objects.count()) == (0, 0)
    assert client.post(URL, {"n": 1}, key="k1").status_code == 201
    assert effects() == 1


def test_after_an_unexpected_error_the_key_is_free(client):
    counter.failures.append(ZeroDivisionError("a fault of ours"))
    assert client.post(URL, {"n": 1}, key="k1").status_code == 500
    assert (effects(), IdempotencyRecord.objects.count()) == (0, 0)
    assert client.post(URL, {"n": 1}, key="k1").status_code == 201


def test_a_crash_after_the_claim_is_taken_over_when_the_lease_ends(client, user):
    start = datetime(2027, 3, 14, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        body = b'{"n": 1}'
        idempotency.idempotency_claim(
            principal=f"user:{user.pk}",
            route=f"POST {URL}",
            key="k1",
            body_hash=hashlib.sha256(b"\n" + body).hexdigest(),
        )

        def post():
            return client.generic(
                "POST", URL, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k1"
            )

        waiting = post()
        assert (waiting.status_code, waiting["Retry-After"]) == (409, "1")
        clock.shift(timedelta(seconds=61))
        assert post().status_code == 201
        assert post()["Idempotency-Replayed"] == "true"
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
def test_who_was_taken_over_rolls_back(user, monkeypatch):
    """The first request is so slow that its lease runs out; the second answers; the first may not count."""
    monkeypatch.setattr(idempotency, "LEASE", timedelta(milliseconds=150))

    def post():
        return client_of(user).post(URL, {"n": 1, "seconds": 1}, key="k1")

    def post_later():
        time.sleep(0.5)
        return post()

    slow, heir = together(post, post_later)
    assert (slow.status_code, heir.status_code) == (409, 201)
    assert slow.json()["code"] == "idempotency_key_in_flight"
    assert effects() == 1
    assert DeclaredSchedule.objects.get().pk == heir.json()["id"]


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_duplicates_has_one_effect_and_equal_answers(user):
    answers = together(*[lambda: client_of(user).post(URL, {"n": 1}, key="storm")] * 32)
    made = [answer for answer in answers if answer.status_code == 201]
    busy = [answer for answer in answers if answer.status_code == 409]
    assert len(made) + len(busy) == 32
    assert len(made) >= 1
    assert {answer.json()["code"] for answer in busy} <= {"idempotency_key_in_flight"}
    assert all(answer["Retry-After"] == "1" for answer in busy)
    assert effects() == 1
    assert {answer.json()["id"] for answer in made} == {DeclaredSchedule.objects.get().pk}
    assert client_of(user).post(URL, {"n": 1}, key="storm")["Idempotency-Replayed"] == "true"


def test_what_a_phased_request_has_committed_stays_when_it_fails_and_its_repetition_goes_on(client):
    counter.failures.append(RuntimeError("died between the phases"))
    assert client.post(f"{URL}/phases", {}, key="p").status_code == 500
    assert (effects(), IdempotencyRecord.objects.count()) == (1, 0)
    second = client.post(f"{URL}/phases", {}, key="p")
    assert (second.status_code, second.json()["is_new"]) == (201, False)
    third = client.post(f"{URL}/phases", {}, key="p")
    assert (third.json(), third["Idempotency-Replayed"]) == (second.json(), "true")
    assert effects() == 1


def test_a_phased_request_of_another_key_or_caller_is_another_one(client, user):
    ids = {client.post(f"{URL}/phases", {}, key=key).json()["id"] for key in ("p", "q")}
    other = client_of(User.objects.create(username="other"))
    ids.add(other.post(f"{URL}/phases", {}, key="p").json()["id"])
    assert len(ids) == 3


def test_a_phased_request_needs_a_key(client):
    assert client.post(f"{URL}/phases", {}, key="").json()["code"] == "idempotency_key_missing"
    assert effects() == 0
