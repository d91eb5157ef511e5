"""A shared desk in a browser: locked, opened by PIN, handed over; by whom what is done there."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from hotel.accounts import sign_in_ports
from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.models import DeskSeat, StaffSession
from hotel.accounts.services.desk import pin_set
from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting
from tests.hotel.accounts.phones import phone_of

PASSWORD = "a-quite-long-phrase"
PINS = {"bo": "482915", "cy": "908172"}


@pytest.fixture(autouse=True)
def noon():
    cache.clear()
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def desk(cast) -> Client:
    """The browser of the desk: Cy has signed in and locked it, Bo sits there."""
    for person in (cast.bo, cast.cy):
        person.set_password(PASSWORD)
        person.save()
        pin_set(user=person, pin=PINS[person.username])
    client = Client()
    sign_in(client, "cy")
    assert client.post("/lock/now")["Location"] == "/lock"
    sign_in(client, "bo")
    return client


def sign_in(client, name):
    assert client.post("/login", {"username": name, "password": PASSWORD}).status_code == 302


def me(client) -> str:
    answer = client.get("/api/v1/me")
    return answer.json()["username"] if answer.status_code == 200 else ""


def names(client) -> list[str]:
    return re.findall(r"> (\w+)</label>", client.get("/lock").content.decode())


def open_with(client, person, pin):
    seat = DeskSeat.objects.get(device__user=person)
    return client.post("/lock", {"seat": seat.pk, "pin": pin})


def test_the_lock_shows_who_signed_in_here_and_a_pin_opens_it_as_that_person(cast, desk):
    key = desk.session.session_key
    assert desk.post("/lock/now")["Location"] == "/lock"
    assert me(desk) == "", "locked"
    assert names(desk) == ["bo", "cy"]
    assert names(Client()) == [], "another browser is told nothing"

    token = desk.cookies["csrftoken"].value
    assert open_with(desk, cast.cy, PINS["cy"])["Location"] == "/"

    assert me(desk) == "cy"
    assert desk.session.session_key != key
    assert desk.cookies["csrftoken"].value != token
    assert desk.get("/lock")["Location"] == "/", "who is in is not asked"
    assert StaffSession.objects.running().count() == 1


def test_what_is_delicate_still_asks_for_the_password(cast, desk):
    desk.post("/lock/now")
    open_with(desk, cast.bo, PINS["bo"])

    refused = desk.post("/account", {"do": "end_others"})
    assert refused.status_code == 400
    assert "This is not your password." in refused.content.decode()
    assert desk.session["sign_in"]["confirmed"] == 0


def test_a_wrong_pin_opens_nothing_and_the_fifth_asks_for_the_password(cast, desk):
    desk.post("/lock/now")
    for _ in range(4):
        wrong = open_with(desk, cast.bo, PINS["cy"])
        assert wrong.status_code == 403
        assert "This PIN is wrong." in wrong.content.decode()
    assert me(desk) == ""
    open_with(desk, cast.bo, "000000")

    assert names(desk) == ["cy"]
    assert open_with(desk, cast.bo, PINS["bo"]).status_code == 403
    sign_in(desk, "bo")
    desk.post("/lock/now")
    assert names(desk) == ["bo", "cy"], "a full sign-in gives it back"


def test_the_pin_of_one_browser_opens_no_other(cast, desk):
    desk.post("/lock/now")

    answer = open_with(Client(), cast.bo, PINS["bo"])

    assert answer["Location"] == "/login"
    assert DeskSeat.objects.get(device__user=cast.bo).wrong == 0


def test_who_logs_out_is_out_and_the_others_still_need_their_pin(cast, desk):
    desk.post("/logout")

    assert me(desk) == ""
    assert names(desk) == ["cy"]
    assert open_with(desk, cast.bo, PINS["bo"]).status_code == 403
    assert open_with(desk, cast.cy, PINS["cy"]).status_code == 302


def test_a_desk_left_alone_is_opened_again_until_the_shift_is_over(cast, desk, noon):
    noon.shift(timedelta(minutes=31))
    assert desk.get("/dashboard").status_code == 302
    assert "Open with your PIN" in desk.get("/login").content.decode()
    assert names(desk) == ["bo", "cy"]
    open_with(desk, cast.bo, PINS["bo"])
    assert me(desk) == "bo"

    noon.shift(timedelta(hours=11, minutes=29))
    assert desk.get("/lock")["Location"] == "/login"
    assert open_with(desk, cast.bo, PINS["bo"])["Location"] == "/login"


def test_the_session_a_pin_begins_ends_with_the_full_sign_in(cast, desk, noon):
    for _ in range(24):
        noon.shift(timedelta(minutes=29))
        assert me(desk) == "bo"
    desk.post("/lock/now")
    open_with(desk, cast.bo, PINS["bo"])
    noon.shift(timedelta(minutes=20))
    assert me(desk) == "bo"
    noon.shift(timedelta(minutes=5))
    assert me(desk) == "", "twelve hours are over"


def test_a_hotel_that_wants_no_pins_has_none(cast, desk):
    PropertySetting.objects.create(
        property=cast.alpha, key=SettingKey.PIN_HOURS, value=0, valid_from=cast.alpha.business_date
    )
    DeskSeat.objects.all().delete()
    sign_in(desk, "bo")

    assert desk.post("/lock/now")["Location"] == "/account"
    assert me(desk) == "bo", "still in"
    assert not DeskSeat.objects.exists()


def test_the_second_step_must_have_been_taken_here(cast, desk, monkeypatch):
    desk.post("/lock/now")
    monkeypatch.setattr(sign_in_ports, "_sources", [lambda user: SignInPolicy(second_factor=True)])
    assert open_with(desk, cast.bo, PINS["bo"]).status_code == 403, "signed in with the password alone"

    phone, _ = phone_of(cast.bo)
    client = Client()
    sign_in(client, "bo")
    client.post("/login/second", {"code": phone.code()})
    pin_set(user=cast.bo, pin=PINS["bo"])
    assert client.post("/lock/now")["Location"] == "/account", "another PIN, another full sign-in"


def test_a_pin_is_set_with_the_password_and_never_shown(cast, desk, noon):
    noon.shift(timedelta(minutes=6))
    refused = desk.post("/account", {"do": "pin", "pin": "135790"})
    assert "This is not your password." in refused.content.decode()

    weak = desk.post("/account", {"do": "pin", "pin": "123456", "confirm": PASSWORD})
    assert "guessed too easily" in weak.content.decode()
    assert desk.post("/account", {"do": "pin", "pin": "135790", "confirm": PASSWORD}).status_code == 302
    assert "135790" not in desk.get("/account").content.decode()
    desk.post("/lock/now")
    assert open_with(desk, cast.bo, PINS["bo"]).status_code == 403
    assert open_with(desk, cast.bo, "135790").status_code == 302

    assert desk.post("/account", {"do": "remove_pin", "confirm": PASSWORD}).status_code == 302
    assert desk.post("/lock/now")["Location"] == "/account"


@pytest.mark.parametrize("sent", [{}, {"seat": "x", "pin": "1"}, {"seat": "9" * 30}, {"pin": "\0"}])
def test_nonsense_opens_nothing(cast, desk, sent):
    desk.post("/lock/now")

    assert desk.post("/lock", sent).status_code == 403
    assert me(desk) == ""
    assert desk.post("/lock/now")["Location"] == "/login"
