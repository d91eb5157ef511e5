import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from hotel.accounts import sign_in_ports
from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.selectors.second_factors import factors_of
from tests.hotel.accounts.phones import Phone, phone_of


@pytest.fixture
def client(cast, signed_in):
    return signed_in(cast.bo)


def secret_of(page) -> str:
    return re.search(r'<code class="wrap">([A-Z2-7 ]+)</code>', page).group(1).replace(" ", "")


def test_an_app_is_set_up_and_the_recovery_codes_are_shown_once(cast, client):
    page = client.get("/account").content.decode()
    assert "by password alone" in page
    secret = secret_of(page)
    assert secret_of(client.get("/account").content.decode()) == secret, "a reload keeps the key"
    assert secret not in str(client.session.items()), "the session keeps it encrypted"
    key = client.session.session_key

    answer = client.post("/account", {"do": "app", "code": Phone(secret).code()}, follow=True)

    page = answer.content.decode()
    codes = re.findall(r"<li><code>(\d{8})</code></li>", page)
    assert len(codes) == 10
    assert "in two steps" in page
    assert codes[0] not in client.get("/account").content.decode()
    assert client.session.session_key != key, "who gains a step gets another session"
    assert factors_of(cast.bo).totp


def test_a_wrong_code_is_told_beside_the_form_and_sets_nothing_up(cast, client):
    client.get("/account")

    answer = client.post("/account", {"do": "app", "code": "000000"})

    assert answer.status_code == 400
    assert "This code is wrong" in answer.content.decode()
    assert not factors_of(cast.bo).any


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "app", "code": "123456"},
        {"do": "passkey", "credential": ""},
        {"do": "passkey", "credential": "[]"},
        {"do": "passkey", "credential": "{}"},
        {"do": "passkey", "credential": '{"id": "x", "response": {}}'},
        {"do": "remove_passkey", "passkey": "x"},
        {"do": "remove_app"},
        {"do": "codes"},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(cast, client, sent):
    answer = client.post("/account", sent)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not factors_of(cast.bo).any


def test_what_the_page_does_not_know_is_not_found(client):
    assert client.post("/account", {"do": "else"}).status_code == 404


def test_the_app_goes_unless_the_role_asks_for_it(cast, client, monkeypatch):
    phone_of(cast.bo)
    monkeypatch.setattr(sign_in_ports, "_sources", [lambda user: SignInPolicy(second_factor=True)])
    refused = client.post("/account", {"do": "remove_app"})
    assert "Your role or hotel asks for a second step" in refused.content.decode()
    assert factors_of(cast.bo).totp

    monkeypatch.setattr(sign_in_ports, "_sources", [])
    assert client.post("/account", {"do": "remove_app"}).status_code == 302
    assert not factors_of(cast.bo).any


def test_new_recovery_codes_are_shown_once(cast, client):
    _, old = phone_of(cast.bo)

    page = client.post("/account", {"do": "codes"}, follow=True).content.decode()

    codes = re.findall(r"<li><code>(\d{8})</code></li>", page)
    assert len(codes) == 10
    assert not set(codes) & set(old)


def test_a_person_without_any_property_may_set_it_up_too_and_nobody_else(cast, signed_in):
    assert signed_in(cast.ida).get("/account").status_code == 200
    assert Client().get("/account")["Location"] == "/login?next=/account"


def test_some_minutes_later_the_password_is_asked_for_again(cast, signed_in):
    cache.clear()
    cast.bo.set_password("a long enough password")
    cast.bo.save()
    with time_machine.travel("2027-03-14T12:00:05Z", tick=False) as clock:
        client = signed_in(cast.bo)
        assert "Your password" not in client.get("/account").content.decode()
        clock.shift(timedelta(minutes=6))
        page = client.get("/account").content.decode()
        assert 'name="confirm"' in page
        sent = {"do": "app", "code": Phone(secret_of(page)).code()}

        for word in ("", "wrong"):
            refused = client.post("/account", {**sent, "confirm": word})
            assert "This is not your password" in refused.content.decode()
        assert not factors_of(cast.bo).any

        assert client.post("/account", {**sent, "confirm": "a long enough password"}).status_code == 302
        assert factors_of(cast.bo).totp


def test_other_sessions_are_listed_and_ended(cast, client, signed_in):
    elsewhere = signed_in(cast.bo)
    page = client.get("/account").content.decode()
    assert page.count("last seen") == 2
    [reference] = re.findall(r'name="session" value="(\w{40})"(?:(?!</form>).)*<button', page, re.DOTALL)

    assert client.post("/account", {"do": "end_session", "session": reference}).status_code == 302
    assert elsewhere.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    signed_in(cast.bo)
    client.post("/account", {"do": "end_others"})
    assert client.get("/account").content.decode().count("last seen") == 1


def test_setting_up_a_second_step_ends_the_other_sessions(cast, client, signed_in):
    elsewhere = signed_in(cast.bo)
    secret = secret_of(client.get("/account").content.decode())
    client.post("/account", {"do": "app", "code": Phone(secret).code()})

    assert elsewhere.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
