"""The change feed over the API."""

import base64

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from rest_framework.test import APIClient

from hotel.accounts.models import User
from hotel.core.models import OutboxMessage
from hotel.messaging.api.cursors import cursor_of
from hotel.messaging.selectors import changes
from hotel.properties.models import PropertyUserObjectPermission
from tests.contracts.base import assert_problem
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.messaging import outbox_make
from tests.structure import by_owner

URL = "/api/v1/changes"
AREAS = {"MessageSent": "messaging", "RoomChanged": "rooms", "RateChanged": "rates"}


@pytest.fixture(autouse=True)
def areas(monkeypatch):
    monkeypatch.setattr(changes, "topic_areas", lambda: AREAS)


@pytest.fixture
def person(cast):
    def make(*rights):
        user = User.objects.create_user(username=f"p{User.objects.count()}", chain=cast.chain)
        for name, place in rights:
            permission = Permission.objects.get(codename=name)
            PropertyUserObjectPermission.objects.create(
                user=user, permission=permission, content_object=place
            )
        return user

    return make


def positions(answer):
    assert answer.status_code == 200, answer.content
    return [row["position"] for row in answer.json()["results"]]


def test_a_change_is_shown_with_its_payload(cast, api):
    message = outbox_make(cast.alpha, 1)
    told = api(cast.ada).get(URL).json()
    assert told == {
        "results": [
            {
                "position": 1,
                "topic": "MessageSent",
                "aggregate": "message:1",
                "property": cast.alpha.pk,
                "occurred_at": message.created_at.isoformat().replace("+00:00", "Z"),
                "payload": {"n": 1},
            }
        ],
        "next_cursor": cursor_of(1),
        "has_more": False,
    }


def test_the_feed_is_walked_to_its_end_and_goes_on_from_there(cast, api):
    for position in range(1, 8):
        outbox_make(cast.alpha if position % 2 else cast.beta, position)
    client, seen, cursor = api(cast.ada), [], ""
    for expected in ([1, 2, 3], [4, 5, 6], [7]):
        answer = client.get(URL, {"cursor": cursor, "limit": 3})
        assert positions(answer) == expected
        assert answer.json()["has_more"] is (expected != [7])
        cursor = answer.json()["next_cursor"]
        seen += expected
    assert positions(client.get(URL, {"cursor": cursor})) == []
    outbox_make(cast.beta, 8)
    assert positions(client.get(URL, {"cursor": cursor})) == [8]


def test_latest_begins_now(cast, api):
    outbox_make(cast.alpha, 1)
    answer = api(cast.ada).get(URL, {"cursor": "latest"})
    assert positions(answer) == []
    outbox_make(cast.alpha, 2)
    assert positions(api(cast.ada).get(URL, {"cursor": answer.json()["next_cursor"]})) == [2]


def test_facts_without_a_position_are_not_shown(cast, api, drain):
    OutboxMessage.objects.create(property_id=cast.alpha.pk, aggregate="a:1", topic="MessageSent", payload={})
    assert positions(api(cast.ada).get(URL)) == []
    drain()
    assert positions(api(cast.ada).get(URL)) == [1]


def test_each_fact_needs_view_on_its_area_at_its_property(cast, api, person):
    outbox_make(cast.alpha, 1, topic="MessageSent")
    outbox_make(cast.alpha, 2, topic="RoomChanged")
    outbox_make(cast.alpha, 3, topic="RateChanged")
    outbox_make(cast.alpha, 4, topic="SomethingUnknown")
    outbox_make(cast.beta, 5, topic="RoomChanged")
    outbox_make(cast.beta, 6, topic="RateChanged")
    OutboxMessage.objects.create(property_id=None, position=7, aggregate="x", topic="RoomChanged", payload={})
    for rights, expected in [
        ([("view_rooms_area", cast.alpha)], [2]),
        ([("view_rooms_area", cast.alpha), ("view_rates_area", cast.beta)], [2, 6]),
        ([("view_messaging_area", cast.alpha)], [1, 4]),
        ([("view_messaging_area", cast.alpha), ("view_rooms_area", cast.alpha)], [1, 2, 4]),
        ([("manage_rooms_area", cast.alpha)], []),
        ([("manage_rooms_area", cast.alpha), ("view_rooms_area", cast.beta)], [5]),
    ]:
        assert positions(api(person(*rights)).get(URL)) == expected, rights


def test_the_property_and_the_topics_narrow_but_never_widen(cast, api, person):
    outbox_make(cast.alpha, 1, topic="RoomChanged")
    outbox_make(cast.beta, 2, topic="RoomChanged")
    outbox_make(cast.beta, 3, topic="MessageSent")
    client = api(cast.ada)
    assert positions(client.get(URL, {"property": cast.beta.pk})) == [2, 3]
    assert positions(client.get(URL, {"topics": "RoomChanged, Unknown"})) == [1, 2]
    narrow = api(person(("view_rooms_area", cast.alpha)))
    assert positions(narrow.get(URL, {"topics": "MessageSent,RoomChanged"})) == [1]
    assert_problem(narrow.get(URL, {"property": cast.beta.pk}), 404, "not_found")


def test_callers_without_any_right_are_refused(cast, api):
    outbox_make(cast.alpha, 1)
    assert_problem(api().get(URL), 401, "not_authenticated")
    assert_problem(api(cast.ida).get(URL), 403, "permission_denied")
    assert_problem(api(cast.ada).post(URL, {}), 405, "method_not_allowed")


CURSORS = [
    "x",
    "abc",
    "é",
    "=",
    "%00",
    "A" * 5000,
    cursor_of(3),
    cursor_of(2**62),
    cursor_of(1) + "=",
    base64.urlsafe_b64encode(b"c1:01").decode().rstrip("="),
    base64.urlsafe_b64encode(b"c1:-1").decode().rstrip("="),
    base64.urlsafe_b64encode(b"c1:" + b"9" * 40).decode().rstrip("="),
    base64.urlsafe_b64encode("c1:²".encode()).decode().rstrip("="),
]


def test_a_cursor_we_did_not_give_is_refused(cast, api):
    outbox_make(cast.alpha, 2)
    for cursor in CURSORS:
        assert_problem(api(cast.ada).get(URL, {"cursor": cursor}), 400, "cursor_unknown")


NONSENSE = [
    {"limit": "0"},
    {"limit": "501"},
    {"limit": "-1"},
    {"limit": "x"},
    {"limit": "²"},
    {"limit": "9" * 30},
    {"limit": ""},
    {"property": "x"},
    {"property": "0"},
    {"property": "9" * 30},
    {"topics": "x" * 81},
    {"topics": ",".join(f"T{n}" for n in range(101))},
]


def test_nonsense_is_refused(cast, api):
    for query in NONSENSE:
        assert_problem(api(cast.ada).get(URL, query), 400, "invalid")


def test_the_query_count_is_constant(cast):
    def ask():
        client = APIClient()
        client.force_authenticate(User.objects.get(pk=cast.ada.pk))
        return client.get(URL)

    for position in range(1, 4):
        outbox_make(cast.alpha, position)
    few = queries_of(ask)
    for position in range(4, 60):
        outbox_make(cast.beta if position % 2 else cast.alpha, position)
    many = queries_of(ask)
    assert_constant(few, many)
    assert len(many) <= 5  # the person, the rights, the end of the feed twice, the rows


def test_the_feed_of_a_property_uses_its_index(cast):
    OutboxMessage.objects.bulk_create(
        OutboxMessage(property_id=n % 50 + 1000, position=n, aggregate="a", topic="MessageSent", payload={})
        for n in range(1, 3001)
    )
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE core_outboxmessage")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT * FROM core_outboxmessage WHERE property_id = 1007 AND position > 10 AND position <= 3000"
            " AND NOT (topic IN ('RoomChanged')) ORDER BY position LIMIT 101"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "outbox_feed" in plan, plan


def test_topics_get_their_area_from_the_contract_module(monkeypatch):
    monkeypatch.undo()
    found = changes.topic_areas()
    assert found["MessageSent"] == "messaging"
    assert "MessageSent" in changes.topics_known()
    assert not [topic for topic in changes.topics_known() if topic.startswith("_")]
