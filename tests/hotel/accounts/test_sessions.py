from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from hotel.accounts import sign_in_ports
from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.models import StaffSession, User

PASSWORD = "a long enough password"


@pytest.fixture
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def bo(cast):
    cache.clear()
    cast.bo.set_password(PASSWORD)
    cast.bo.save()
    return cast.bo


def signed_in() -> Client:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"})
    assert client.post("/login", {"username": "bo", "password": PASSWORD}).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get("/api/v1/me").status_code == 200


def test_a_session_is_a_row_under_a_hash_of_its_key(bo, noon):
    client = signed_in()

    row = StaffSession.objects.get(user=bo)
    assert (row.name, row.address) == ("Firefox on Windows", "127.0.0.1")
    assert row.started_at == row.last_seen_at
    assert row.expire_date - row.started_at == timedelta(minutes=30)
    key = client.cookies["sessionid"].value
    assert (len(key), row.session_key == key) == (32, False)
    assert Client(headers={"Cookie": f"sessionid={row.session_key}"}).get("/api/v1/me").status_code == 401
    assert Client(headers={"Cookie": f"sessionid={key}"}).get("/api/v1/me").status_code == 200


def test_a_session_that_is_not_used_ends_and_one_that_is_used_goes_on(bo, noon):
    idle, used = signed_in(), signed_in()
    noon.shift(timedelta(minutes=20))
    assert is_in(used)
    noon.shift(timedelta(minutes=10))

    assert not is_in(idle)
    assert is_in(used)
    noon.shift(timedelta(minutes=30))
    assert not is_in(used)


def test_what_a_page_asks_by_itself_is_no_use(bo, noon):
    client = signed_in()
    for _ in range(3):
        noon.shift(timedelta(minutes=9))
        assert client.get("/api/v1/me", headers={"X-Refresh": "1"}).status_code == 200
    noon.shift(timedelta(minutes=3))

    assert client.get("/api/v1/me", headers={"X-Refresh": "1"}).status_code == 401


def test_twelve_hours_are_the_end_however_much_it_is_used(bo, noon):
    client = signed_in()
    for _ in range(47):
        noon.shift(timedelta(minutes=15))
        assert is_in(client)
    noon.shift(timedelta(minutes=15))
    assert not is_in(client)


def test_the_policy_says_how_long(bo, noon, monkeypatch):
    policy = SignInPolicy(idle_minutes=5, session_hours=1, step_up_minutes=1)
    monkeypatch.setattr(sign_in_ports, "_sources", [lambda user: policy])
    client = signed_in()

    noon.shift(timedelta(minutes=4))
    assert is_in(client)
    noon.shift(timedelta(minutes=5))
    assert not is_in(client)


def test_a_session_whose_row_is_gone_has_ended_and_does_not_come_back(bo):
    client = signed_in()
    StaffSession.objects.filter(user=bo).delete()

    assert not is_in(client)
    assert not is_in(client)
    assert not StaffSession.objects.filter(user=bo).exists()


def test_a_session_that_nobody_wrote_a_record_of_is_none(bo):
    client = signed_in()
    session = client.session
    del session["sign_in"]
    session.save()

    assert not is_in(client)


def test_it_is_written_once_a_minute_and_read_with_one_query(bo, noon, django_assert_num_queries):
    client = signed_in()
    is_in(client)
    seen = StaffSession.objects.get(user=bo).last_seen_at
    noon.shift(timedelta(seconds=59))
    is_in(client)
    assert StaffSession.objects.get(user=bo).last_seen_at == seen
    noon.shift(timedelta(seconds=1))
    is_in(client)
    assert StaffSession.objects.get(user=bo).last_seen_at == seen + timedelta(minutes=1)

    with django_assert_num_queries(1):
        assert client.session["_auth_user_id"] == str(bo.pk)


def test_signing_in_changes_the_key(bo):
    client = Client()
    client.get("/login")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/login", {"username": "bo", "password": PASSWORD})

    assert client.session.session_key != session.session_key
    assert User.objects.get(pk=client.session["_auth_user_id"]) == bo
