import pytest
from django.test import Client

from hotel.accounts import sign_in_ports
from hotel.accounts.domain.second_factors import SignInPolicy
from tests.hotel.accounts.phones import phone_of

PASSWORD = "a long enough password"


@pytest.fixture
def bo(cast, monkeypatch):
    monkeypatch.setattr(
        sign_in_ports, "_sources", [lambda user: SignInPolicy(second_factor=user.username == "bo")]
    )
    for person in (cast.bo, cast.cy):
        person.set_password(PASSWORD)
        person.save()
    return cast.bo


def signed_in(name) -> Client:
    client = Client()
    assert client.post("/login", {"username": name, "password": PASSWORD}).status_code == 302
    return client


def test_who_must_set_up_a_second_step_reaches_nothing_else(bo):
    client = signed_in("bo")

    for path in ("/", "/dashboard", "/admin/", "/dashboard/rack"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/account")
    for path in ("/api/v1/me", "/api/v1/rooms"):
        refused = client.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_setup_required")
    page = client.get("/account")
    assert page.status_code == 200
    assert "Your role or hotel asks for a second step" in page.content.decode()
    assert client.post("/logout").status_code == 302


def test_others_are_not_led_anywhere(bo):
    assert signed_in("cy").get("/dashboard").status_code == 200


def test_who_has_one_and_used_it_is_not_led_there_either(bo):
    phone, _ = phone_of(bo)
    client = Client()
    client.post("/login", {"username": "bo", "password": PASSWORD})
    client.post("/login/second", {"code": phone.code()})

    assert client.get("/dashboard").status_code == 200
