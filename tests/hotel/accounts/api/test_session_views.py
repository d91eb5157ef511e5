import re
from datetime import date

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from hotel.accounts.models import Role, User
from hotel.accounts.services.roles import role_assign
from hotel.properties.models import PropertyGroupObjectPermission
from tests.contracts.base import assert_problem
from tests.contracts.crud import HOSTILE
from tests.hotel.accounts.phones import phone_of

PASSWORD = "a-quite-long-phrase"
LOGIN = "/api/v1/auth/login"


@pytest.fixture
def bo(cast):
    cache.clear()
    user = User.objects.get(pk=cast.bo.pk)
    user.set_password(PASSWORD)
    user.save()
    return user


def browser() -> APIClient:
    return APIClient(enforce_csrf_checks=True)


def csrf(client) -> dict:
    return {"HTTP_X_CSRFTOKEN": client.cookies["csrftoken"].value}


def test_signing_in_tells_who_one_is_and_what_one_may(cast, bo):
    client = browser()
    answer = client.post(LOGIN, {"username": "bo", "password": PASSWORD})

    assert answer.status_code == 200, answer.content
    me = answer.json()
    assert (me["username"], me["is_superuser"]) == ("bo", False)
    [grant] = me["grants"]
    assert grant["property"] == {
        "id": cast.alpha.pk,
        "code": "ALPHA",
        "name": "Alpha",
        "currency": "EUR",
        "time_zone": "Europe/Vienna",
        "business_date": "2027-03-14",
    }
    assert grant["areas"]["rooms"] == ["status", "view"]
    assert client.get("/api/v1/me").json() == me


def test_signing_out_ends_the_session_and_needs_the_csrf_token(bo):
    client = browser()
    client.post(LOGIN, {"username": "bo", "password": PASSWORD})
    assert_problem(client.post("/api/v1/auth/logout"), 403, "permission_denied")
    assert client.get("/api/v1/me").status_code == 200

    assert client.post("/api/v1/auth/logout", **csrf(client)).status_code == 204
    assert_problem(client.get("/api/v1/me"), 401, "not_authenticated")


@pytest.mark.parametrize("case", ["wrong password", "unknown", "inactive", "machine"])
def test_who_may_not_sign_in_is_told_nothing_more(bo, case):
    name, password = "bo", PASSWORD
    if case == "wrong password":
        password = "another"
    elif case == "unknown":
        name = "nobody"
    elif case == "inactive":
        User.objects.filter(pk=bo.pk).update(is_active=False)
    else:
        User.objects.filter(pk=bo.pk).update(is_machine=True)
    client = browser()
    answer = client.post(LOGIN, {"username": name, "password": password})
    assert_problem(answer, 401, "authentication_failed")
    assert answer.json()["detail"] == "User name and password do not match."
    assert_problem(client.get("/api/v1/me"), 401)


@pytest.fixture
def work(monkeypatch):
    """What a wrong guess at a name costs the house and what it is told: hashes, statements, answer."""
    hashed, encode = [], MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    def guess(name):
        hashed.clear()
        with CaptureQueriesContext(connection) as sent:
            answer = browser().post(LOGIN, {"username": name, "password": "guess"})
        shape = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in sent]
        body = {**answer.json(), "request_id": ""}
        return len(hashed), shape, answer.status_code, body, sorted(answer.headers)

    guess("warm")
    return guess


@pytest.mark.parametrize("case", ["inactive", "machine", "second step", "no password"])
def test_guessing_takes_the_same_work_whoever_it_is(bo, work, case):
    if case == "second step":
        phone_of(bo)
    elif case == "no password":
        bo.set_unusable_password()
        bo.save()
    else:
        User.objects.filter(pk=bo.pk).update(is_machine=case == "machine", is_active=case != "inactive")
    known, unknown = work("bo"), work("nobody")
    assert known[0] == unknown[0] == 1
    assert known[1] == unknown[1]
    assert known[2:] == unknown[2:]


def test_a_session_does_not_outlive_the_account(bo):
    client = browser()
    client.post(LOGIN, {"username": "bo", "password": PASSWORD})
    User.objects.filter(pk=bo.pk).update(is_machine=True)
    assert_problem(client.get("/api/v1/me"), 401)


def test_signing_in_takes_json_so_that_no_foreign_form_can_do_it(bo):
    answer = browser().post(LOGIN, "username=bo", content_type="application/x-www-form-urlencoded")
    assert_problem(answer, 415, "unsupported_media_type")


def test_guessing_is_slowed_down_for_the_name_and_not_for_others(bo):
    client = browser()
    for _ in range(5):
        assert client.post(LOGIN, {"username": "BO ", "password": "guess"}).status_code == 401
    answer = client.post(LOGIN, {"username": "bo", "password": PASSWORD}, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert_problem(answer, 429, "throttled")
    assert int(answer["Retry-After"]) > 0
    assert client.post(LOGIN, {"username": "cy", "password": "guess"}).status_code == 401


def test_hostile_bodies_get_an_answer_below_500(bo):
    client = browser()
    for value in [*HOSTILE, "ö" * 150]:
        cache.clear()
        assert client.post(LOGIN, {"username": value, "password": PASSWORD}).status_code < 500
        assert client.post(LOGIN, {"username": "bo", "password": value}).status_code < 500
    assert client.post(LOGIN, []).status_code == 400
    assert client.generic("POST", LOGIN, b"{", content_type="application/json").status_code == 400


def test_ones_own_password_is_changed_and_this_session_stays(bo):
    mine, other = browser(), browser()
    for client in (mine, other):
        client.post(LOGIN, {"username": "bo", "password": PASSWORD})
    url = "/api/v1/auth/password"
    wrong = mine.post(url, {"old": "x", "new": "another-long-phrase"}, **csrf(mine))
    assert_problem(wrong, 400, "password_wrong")
    assert_problem(mine.post(url, {"old": PASSWORD, "new": "short"}, **csrf(mine)), 400, "invalid")
    assert mine.post(url, {"old": PASSWORD, "new": "another-long-phrase"}, **csrf(mine)).status_code == 204
    assert mine.get("/api/v1/me").status_code == 200
    assert other.get("/api/v1/me").status_code == 401
    assert authenticate(username="bo", password="another-long-phrase") == bo


def test_who_is_not_signed_in_counts_against_no_name_where_passwords_are_changed(bo):
    for _ in range(6):
        answer = APIClient().post("/api/v1/auth/password", {"username": "bo"}, format="json")
        assert_problem(answer, 401)
    assert not AccessAttempt.objects.exists()


def test_a_role_with_dates_begins_and_ends_when_its_holder_signs_in(cast, bo):
    role = Role.objects.get(code="auditor")
    ended = role_assign(user=bo, role=role, place=cast.beta)
    type(ended).objects.filter(pk=ended.pk).update(valid_to=date(2020, 1, 1))
    rows = PropertyGroupObjectPermission.objects.filter(group__user=bo, content_object=cast.beta)
    assert rows.exists()

    answer = browser().post(LOGIN, {"username": "bo", "password": PASSWORD})

    assert [grant["property"]["code"] for grant in answer.json()["grants"]] == ["ALPHA"]
    assert not rows.exists()


def test_who_has_a_second_step_sends_its_code_as_well(bo):
    phone, codes = phone_of(bo)
    client, sent = browser(), {"username": "bo", "password": PASSWORD}

    refused = client.post(LOGIN, sent)
    assert_problem(refused, 401, "second_factor_required")
    assert refused.json()["extra"]["methods"] == ["totp", "recovery_code"]
    assert_problem(client.post(LOGIN, {**sent, "code": "000000"}), 401, "code_wrong")
    assert_problem(client.get("/api/v1/me"), 401)

    code = phone.code()
    assert client.post(LOGIN, {**sent, "code": code}).status_code == 200
    assert client.get("/api/v1/me").status_code == 200
    assert_problem(browser().post(LOGIN, {**sent, "code": code}), 401, "code_wrong")
    assert browser().post(LOGIN, {**sent, "code": codes[0]}).status_code == 200


def test_a_wrong_password_tells_nothing_of_a_second_step(bo):
    phone, _ = phone_of(bo)

    answer = browser().post(LOGIN, {"username": "bo", "password": "wrong", "code": phone.code()})

    assert_problem(answer, 401, "authentication_failed")
    assert answer.json()["detail"] == "User name and password do not match."
