"""Who acts: told through every door, corrected when a person becomes known, and gone afterwards."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from rest_framework.test import APIClient

from hotel.accounts.models import User
from hotel.accounts.services.tokens import token_issue
from hotel.core.actor import SETTING, act_change, act_told, acting, acting_again, words
from hotel.core.clock import now
from hotel.core.postgresql.context import told
from hotel.properties.models import Building
from security.models import AuditLog

BUILDING = "/admin/properties/building/add/"


def told_to_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.act', true)")
        return cursor.fetchone()[0]


def test_a_block_tells_who_acts_and_takes_it_back(db):
    with acting(door="page", user_id=7, request_id="request-1"):
        assert told_to_the_database() == '{"door":"page","actor":"user:7","user":7,"request":"request-1"}'
        act_change(user_id=8, token_id=3, door="api")
        assert act_told() == {"door": "api", "actor": "user:8", "user": 8, "request": "request-1", "token": 3}
        act_change(user_id=None, token_id=None)
        assert act_told() == {"door": "api", "actor": "anonymous", "request": "request-1"}
    assert not told_to_the_database()
    assert act_told() == {}


def test_where_nobody_is_said_there_is_nothing_to_correct():
    act_change(user_id=8)
    assert SETTING not in told()


def test_what_was_said_goes_on_elsewhere():
    with acting(door="api", user_id=7, reason="a new guest"):
        act = act_told()
    with acting_again(act, door="task"):
        assert act_told() == {"door": "task", "actor": "user:7", "user": 7, "reason": "a new guest"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  because  ", "because"),
        ("two\nlines\x00\x1b[31m", "two lines [31m"),
        ("x" * 300, "x" * 200),
        ("für die Gäste 🙂", "für die Gäste 🙂"),
        ("\u2028", ""),
    ],
)
def test_a_reason_is_one_line(given, kept):
    assert words(given) == kept


@pytest.fixture
def last():
    """A function that gives the newest entry of a table."""
    return lambda table: AuditLog.objects.filter(table=table).order_by("-pk").first()


def test_the_api_names_the_person_of_a_session(cast, last):
    client = APIClient()
    client.force_login(cast.ada)
    headers = {"X-Request-Id": "request-17", "X-Reason": "asked by phone"}
    body = {"property": cast.alpha.pk, "code": "N", "name": "North"}
    answer = client.post("/api/v1/buildings", body, format="json", headers=headers)
    assert answer.status_code == 201, answer.content
    entry = last("properties_building")
    assert (entry.actor_id, entry.door, entry.request_id, entry.reason, entry.address) == (
        cast.ada.pk,
        "api",
        "request-17",
        "asked by phone",
        "127.0.0.1",
    )


def test_the_api_names_the_token(cast, last):
    issued = token_issue(
        user=cast.ada,
        name="a machine",
        codenames=["manage_properties_area", "view_properties_area"],
        properties=[cast.alpha],
        expires_at=now() + timedelta(days=1),
    )
    token = issued.token
    client = APIClient(headers={"Authorization": f"Bearer {issued.secret}"})
    body = {"property": cast.alpha.pk, "code": "N", "name": "North"}
    answer = client.post("/api/v1/buildings", body, format="json")
    assert answer.status_code == 201, answer.content
    entry = last("properties_building")
    assert (entry.token_id, entry.actor_id, entry.door) == (token.pk, token.user_id, "api")


def test_the_admin_names_the_person_and_keeps_words_of_forms_out(cast, last):
    root = User.objects.create_superuser(username="root", password="x")
    client = Client()
    client.force_login(root)
    data = {"property": cast.alpha.pk, "code": "N", "name": "North", "reason": "Mrs Gus complained"}
    assert client.post(BUILDING, data, headers={"X-Reason": "a new wing"}).status_code == 302
    entry = last("properties_building")
    assert (entry.actor_id, entry.door, entry.reason) == (root.pk, "admin", "a new wing")
    assert "complained" not in str([entry.old, entry.new, entry.reason])


def test_whoever_signs_in_is_named_from_then_on(cast, last):
    cast.bo.set_password("a long passphrase")
    cast.bo.save()
    answer = Client().post("/login", {"username": "bo", "password": "a long passphrase"})
    assert answer.status_code == 302
    entry = last("accounts_user")
    assert (sorted(entry.new), entry.actor_id, entry.door) == (["last_login"], cast.bo.pk, "page")


def test_no_door_of_the_product_leaves_the_actor_unknown(cast, last):
    begun = AuditLog.objects.order_by("-pk").values_list("pk", flat=True).first()
    test_the_api_names_the_person_of_a_session(cast, last)
    with acting(door="command", actor="command:seed"), transaction.atomic():
        Building.objects.create(property=cast.beta, code="S", name="South")
    found = AuditLog.objects.filter(pk__gt=begun)
    assert found.count() >= 2
    assert found.filter(actor="system:unknown", table="properties_building").count() == 0
