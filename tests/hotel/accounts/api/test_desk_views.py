"""A shared desk by API: locked, opened by PIN, handed over; what is wrong is counted and nothing is told of a PIN."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from hotel.accounts.models import DeskPin, DeskSeat, StaffSession
from hotel.accounts.services.desk import pin_set
from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.core.models import IdempotencyRecord, SecurityEvent
from tests.contracts.base import assert_problem
from tests.hotel.accounts.api.conftest import PASSWORD
from tests.together import together

DESK = "/api/v1/auth/desk"
PINS = {"bo": "482915", "cy": "908172"}


@pytest.fixture
def desk(cast, noon) -> APIClient:
    """The browser of the desk: Cy has signed in and locked it, Bo sits there."""
    for person in (cast.bo, cast.cy):
        person.set_password(PASSWORD)
        person.save()
        pin_set(user=person, pin=PINS[person.username])
    client = APIClient()
    sign_in(client, "cy")
    assert client.post(f"{DESK}/lock").status_code == 204
    sign_in(client, "bo")
    return client


def sign_in(client, name):
    answer = client.post("/api/v1/auth/login", {"username": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.content


def me(client) -> str:
    answer = client.get("/api/v1/me")
    return answer.json()["username"] if answer.status_code == 200 else ""


def names(client) -> list[str]:
    return [row["name"] for row in client.get(f"{DESK}/seats").json()]


def unlock(client, person, pin, **headers):
    sent = {"seat": DeskSeat.objects.get(device__user=person).pk, "pin": pin}
    return client.post(f"{DESK}/unlock", sent, headers=headers)


def test_a_desk_is_handed_over_by_pin(cast, desk):
    key = desk.session.session_key
    assert desk.post(f"{DESK}/lock").status_code == 204
    assert me(desk) == "", "locked"
    assert names(desk) == ["bo", "cy"]
    assert names(APIClient()) == [], "another browser is told nothing"

    answer = unlock(desk, cast.cy, PINS["cy"])

    assert answer.status_code == 200, answer.content
    assert answer.json() == desk.get("/api/v1/me").json()
    assert answer.json()["username"] == "cy"
    assert desk.session.session_key != key
    assert StaffSession.objects.running().count() == 1
    assert names(desk) == ["bo"]


def test_what_is_delicate_still_asks_for_the_password(cast, desk):
    desk.post(f"{DESK}/lock")
    unlock(desk, cast.bo, PINS["bo"])

    assert_problem(desk.post(f"{DESK}/pin", {"pin": "135790"}), 403, "step_up_required")
    assert_problem(desk.delete(f"{DESK}/pin"), 403, "step_up_required")
    assert check_password(PINS["bo"], DeskPin.objects.get(user=cast.bo).pin)
    assert desk.post("/api/v1/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert desk.post(f"{DESK}/pin", {"pin": "135790"}).status_code == 200


def test_a_wrong_pin_is_counted_and_the_fifth_asks_for_the_password(cast, desk):
    desk.post(f"{DESK}/lock")
    for wrong in (1, 2, 3, 4, 5):
        answer = unlock(desk, cast.bo, PINS["cy"])
        assert_problem(answer, 401, "pin_wrong")
        assert DeskSeat.objects.get(device__user=cast.bo).wrong == wrong
    assert me(desk) == ""

    assert names(desk) == ["cy"]
    right = unlock(desk, cast.bo, PINS["bo"])
    assert_problem(right, 401, "pin_wrong")
    assert right.json()["detail"] == answer.json()["detail"]
    kinds = list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith("pin_")] == ["pin_failed"] * 4 + ["pin_spent"]
    sign_in(desk, "bo")
    desk.post(f"{DESK}/lock")
    assert names(desk) == ["bo", "cy"], "a full sign-in gives it back"


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_get_no_more_than_the_last_guess(cast, desk, monkeypatch):
    desk.post(f"{DESK}/lock")
    DeskSeat.objects.filter(device__user=cast.bo).update(wrong=4)
    looked = []
    monkeypatch.setattr(
        "hotel.accounts.services.desk.check_password", lambda pin, kept: looked.append(pin) or False
    )
    browsers = []
    for _ in range(2):
        browsers.append(APIClient())
        browsers[-1].cookies["abg_device"] = desk.cookies["abg_device"].value

    answers = together(
        *(lambda one=one, pin=pin: unlock(one, cast.bo, pin) for one, pin in zip(browsers, "12", strict=True))
    )

    assert [answer.status_code for answer in answers] == [401, 401]
    assert len(looked) == 1
    assert DeskSeat.objects.get(device__user=cast.bo).wrong == 5


def test_the_pin_of_one_browser_opens_no_other(cast, desk):
    desk.post(f"{DESK}/lock")

    assert_problem(unlock(APIClient(), cast.bo, PINS["bo"]), 401, "pin_wrong")
    assert DeskSeat.objects.get(device__user=cast.bo).wrong == 0


def test_nobody_opens_it_while_somebody_sits_there(cast, desk):
    key = desk.session.session_key

    assert_problem(unlock(desk, cast.cy, PINS["cy"]), 409, "desk_in_use")
    assert (me(desk), desk.session.session_key) == ("bo", key)
    assert DeskSeat.objects.get(device__user=cast.cy).locked_at is not None


def test_a_request_that_is_repeated_opens_nothing_and_nothing_of_it_is_kept(cast, desk):
    desk.post(f"{DESK}/lock")
    assert unlock(desk, cast.bo, PINS["bo"], **{"Idempotency-Key": "k"}).status_code == 200
    elsewhere = APIClient()

    assert_problem(unlock(elsewhere, cast.bo, PINS["bo"], **{"Idempotency-Key": "k"}), 401, "pin_wrong")
    assert_problem(unlock(desk, cast.bo, PINS["bo"], **{"Idempotency-Key": "k"}), 409, "desk_in_use")
    desk.post(f"{DESK}/pin", {"pin": "135790"}, headers={"Idempotency-Key": "l"})
    desk.post("/api/v1/auth/confirm", {"password": PASSWORD}, headers={"Idempotency-Key": "m"})
    assert not IdempotencyRecord.objects.exists(), "a hash of six digits is the six digits"


def test_a_pin_is_set_told_of_and_removed(cast, desk):
    state = {
        "is_set": True,
        "set_at": "2027-03-14T12:00:00Z",
        "renew_by": "2027-09-10T12:00:00Z",
        "opens_here_until": "2027-03-15T00:00:00Z",
    }
    assert desk.get(f"{DESK}/pin").json() == state
    assert desk.post(f"{DESK}/pin", {"pin": "135790"}).json() == state
    desk.post(f"{DESK}/lock")
    assert_problem(unlock(desk, cast.bo, PINS["bo"]), 401, "pin_wrong")
    assert unlock(desk, cast.bo, "135790").status_code == 200

    desk.post("/api/v1/auth/confirm", {"password": PASSWORD})
    for _ in range(2):
        assert desk.delete(f"{DESK}/pin").status_code == 204
    assert desk.get(f"{DESK}/pin").json() == dict.fromkeys(state) | {"is_set": False}
    assert_problem(desk.post(f"{DESK}/lock"), 409, "no_desk_pin")
    assert me(desk) == "bo", "still in"


@pytest.mark.parametrize(
    ("sent", "code"),
    [({"pin": "123456"}, "pin_weak"), ({"pin": "12345"}, "pin_weak"), ({"pin": " 482915"}, "pin_weak"),
     ({}, "invalid"), ({"pin": "1" * 21}, "invalid"), ({"pin": ["482915"]}, "invalid")],
)  # fmt: skip
def test_what_is_not_taken_for_a_pin_changes_nothing(cast, desk, sent, code):
    refused = desk.post(f"{DESK}/pin", sent)

    assert_problem(refused, 400, code)
    assert list(refused.json()["fields"]) == ["pin"]
    assert check_password(PINS["bo"], DeskPin.objects.get(user=cast.bo).pin)
    assert DeskSeat.objects.open().filter(device__user=cast.bo).exists(), "the older one still opens"


def test_neither_answer_nor_log_nor_event_tells_a_pin(cast, desk, caplog):
    told = [desk.post(f"{DESK}/pin", {"pin": "135790"}), desk.get(f"{DESK}/pin")]
    told += [desk.post(f"{DESK}/lock"), unlock(desk, cast.bo, "246802"), unlock(desk, cast.bo, "135790")]

    assert [answer.status_code for answer in told] == [200, 200, 204, 401, 200]
    texts = [answer.content.decode() for answer in told] + [caplog.text]
    texts += [json.dumps(detail) for detail in SecurityEvent.objects.values_list("detail", flat=True)]
    assert "pin_failed" in caplog.text
    assert not [text for text in texts if "135790" in text or "246802" in text]


@pytest.mark.parametrize(
    "sent", [{}, {"seat": "x", "pin": "1"}, {"seat": 2**70, "pin": "1"}, {"pin": "\0"}, []]
)
def test_nonsense_opens_nothing(desk, sent):
    desk.post(f"{DESK}/lock")

    assert desk.post(f"{DESK}/unlock", sent, format="json").status_code == 400
    assert me(desk) == ""


def test_locking_needs_the_csrf_token_and_opening_takes_json(cast, desk):
    strict = APIClient(enforce_csrf_checks=True)
    strict.cookies.update(desk.cookies)
    assert_problem(strict.post(f"{DESK}/lock"), 403, "permission_denied")
    assert me(desk) == "bo"
    desk.post(f"{DESK}/lock")

    form = desk.post(f"{DESK}/unlock", "seat=1&pin=1", content_type="application/x-www-form-urlencoded")
    assert_problem(form, 415, "unsupported_media_type")


def test_what_the_api_locks_the_page_opens(cast, desk):
    desk.post(f"{DESK}/lock")
    cache.clear()
    page = Client()
    page.cookies.update(desk.cookies)
    seat = DeskSeat.objects.get(device__user=cast.bo)

    assert page.post("/lock", {"seat": seat.pk, "pin": PINS["bo"]})["Location"] == "/"
    assert page.get("/api/v1/me").json()["username"] == "bo"


@pytest.mark.parametrize(
    ("method", "path"), [("get", "pin"), ("post", "pin"), ("delete", "pin"), ("post", "lock")]
)
def test_a_token_has_no_pin_and_no_desk(cast, desk, method, path):
    issued = token_issue(
        user=cast.ada, name="Kiosk", codenames=["view_rooms_area"], properties=[cast.alpha],
        expires_at=now() + timedelta(days=30),
    )  # fmt: skip

    answer = getattr(APIClient(), method)(
        f"{DESK}/{path}", {"pin": "135790"}, HTTP_AUTHORIZATION=f"Bearer {issued.secret}"
    )

    assert_problem(answer, 403, "token_not_enough")
    assert DeskPin.objects.count() == 2
