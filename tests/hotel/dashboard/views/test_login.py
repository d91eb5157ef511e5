from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from hotel.core.models import SecurityEvent
from tests.hotel.accounts.phones import phone_of

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def bo(cast):
    cast.bo.set_password(PASSWORD)
    cast.bo.save()
    return cast.bo


def sign_in(client, password=PASSWORD, **data):
    return client.post("/login", {"username": "bo", "password": password, **data})


def test_five_wrong_passwords_make_even_the_right_one_wait(bo):
    client = Client()
    for _ in range(5):
        assert sign_in(client, "wrong").status_code == 200

    refused = sign_in(client)

    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Too many attempts. Wait" in refused.content.decode()
    assert "_auth_user_id" not in client.session
    kinds = SecurityEvent.objects.order_by("pk").values_list("kind", "detail__user")
    assert list(kinds) == [("sign_in_failed", bo.pk)] * 5 + [("sign_in_slowed", bo.pk)]


def test_a_browser_that_was_signed_in_with_is_known_and_passes_while_others_guess(bo):
    desk, guesser = Client(), Client()
    answer = sign_in(desk)
    cookie = answer.cookies["abg_device"]
    assert (cookie["httponly"], cookie["samesite"], len(cookie.value)) == (True, "Lax", 43)
    for _ in range(6):
        sign_in(guesser, "guess")
    assert sign_in(guesser).status_code == 429
    desk.post("/logout")

    assert sign_in(desk).status_code == 302
    assert "_auth_user_id" in desk.session


def test_a_long_wait_is_told_in_minutes_and_what_helps(bo):
    with time_machine.travel(datetime(2027, 3, 14, 12, tzinfo=UTC), tick=False) as clock:
        client = Client()
        for _ in range(5):
            sign_in(client, "wrong")
        clock.shift(60)
        sign_in(client, "wrong")
        page = sign_in(client).content.decode()
    assert "Wait 2 minutes, then try again." in page
    assert "A browser with which you have signed in before does not wait" in page


@pytest.mark.parametrize(
    ("case", "next_page", "lands"),
    [
        ("a page of ours", "/dashboard/rack", "/dashboard/rack"),
        ("another host", "https://evil.example/", "/"),
        ("no scheme", "//evil.example/", "/"),
        ("backslashes", "\\\\evil.example", "/"),
        ("a script", "javascript:alert(1)", "/"),
        ("nothing", "", "/"),
    ],
)
def test_after_signing_in_one_stays_in_this_house(bo, case, next_page, lands):
    answer = sign_in(Client(), next=next_page)

    assert (answer.status_code, answer["Location"]) == (302, lands)


def test_machines_and_strangers_hear_the_same(bo):
    bo.is_machine = True
    bo.save()

    machine, stranger = sign_in(Client()), sign_in(Client(), username="nobody")

    assert machine.status_code == stranger.status_code == 200
    assert "do not match" in machine.content.decode()
    assert "do not match" in stranger.content.decode()


def test_a_form_whose_token_is_too_old_says_what_to_do(bo):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bo)

    answer = client.post("/dashboard/property", {"property": 1})

    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()
    assert "reload the page" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [("/dashboard/nothing", 404, "no such page"), ("/dashboard", 403, "may not open")],
)
def test_error_pages_speak_plainly_and_show_a_way_on(cast, path, status, words):
    client = Client()
    client.force_login(cast.ida)

    answer = client.get(path)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_without_a_word_about_why(db, settings):
    settings.ALLOWED_HOSTS = ["hotel.example"]

    page, program = Client().get("/login"), Client().get("/api/v1/properties")

    assert (page.status_code, program.status_code) == (400, 400)
    assert "could not be read" in page.content.decode()
    assert program.json()["code"] == "malformed"


def test_our_own_faults_show_the_number_of_the_request(cast, monkeypatch):
    from hotel.dashboard.views import today

    def broken(*args):
        raise RuntimeError("broken")

    monkeypatch.setattr(today, "day_figures", broken)
    client = Client(raise_request_exception=False)
    client.force_login(cast.bo)

    answer = client.get("/dashboard", headers={"X-Request-Id": "request-12345"})

    assert answer.status_code == 500
    assert "request-12345" in answer.content.decode()
    assert "broken" not in answer.content.decode().replace("broke on", "")


def test_who_has_an_app_is_asked_for_its_code_before_anything_opens(bo):
    phone, _ = phone_of(bo)
    client = Client()

    answer = sign_in(client, next="/dashboard/rack")
    assert answer["Location"] == "/login/second"
    assert "_auth_user_id" not in client.session
    assert client.get("/dashboard").status_code == 302
    page = client.get("/login/second").content.decode()
    assert "Code that your app shows, or a recovery code" in page

    wrong = client.post("/login/second", {"code": "000000"})
    assert "That was wrong" in wrong.content.decode()
    assert "_auth_user_id" not in client.session
    key = client.session.session_key
    answer = client.post("/login/second", {"code": phone.code()})
    assert answer["Location"] == "/dashboard/rack"
    assert client.session["_auth_user_id"] == str(bo.pk)
    assert (client.session["second_factor"], "sign_in_halfway" in client.session) == ("totp", False)
    assert client.session.session_key != key


def test_the_second_step_needs_the_first_and_soon(bo):
    phone, _ = phone_of(bo)
    client = Client()
    assert client.post("/login/second", {"code": phone.code()})["Location"] == "/login"

    with time_machine.travel(datetime(2027, 3, 14, 12, tzinfo=UTC), tick=False) as clock:
        sign_in(client)
        clock.shift(601)
        assert client.post("/login/second", {"code": phone.code()})["Location"] == "/login"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("field", ["is_active", "is_machine"])
def test_who_is_shut_out_meanwhile_does_not_come_in(bo, field):
    phone, _ = phone_of(bo)
    client = Client()
    sign_in(client)
    type(bo).objects.filter(pk=bo.pk).update(**{field: field == "is_machine"})

    assert client.post("/login/second", {"code": phone.code()})["Location"] == "/login"


def test_codes_are_guessed_as_slowly_as_passwords(bo):
    phone, _ = phone_of(bo)
    client = Client()
    sign_in(client)
    for _ in range(4):
        client.post("/login/second", {"code": "000000"})

    refused = client.post("/login/second", {"code": phone.code()})

    assert refused.status_code == 429
    assert "_auth_user_id" not in client.session
    assert SecurityEvent.objects.filter(kind="second_step_failed").count() == 4


@pytest.mark.parametrize(
    "credential", ["[]", "{}", "x", '{"id": "x", "response": {"userHandle": "x"}}', "null"]
)
def test_what_is_no_passkey_opens_nothing(bo, credential):
    phone_of(bo)
    client = Client()
    sign_in(client)

    answer = client.post("/login/second", {"credential": credential})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
