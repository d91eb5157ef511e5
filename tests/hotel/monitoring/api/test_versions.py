"""Versions over the API; deprecated operations say so and end."""

from datetime import date

import pytest

from hotel.core.clock import now
from hotel.monitoring.api import deprecation, version_views
from hotel.monitoring.api.deprecation import mark_deprecated
from hotel.monitoring.domain.versions import declared
from hotel.rooms.models import RoomType
from tests.contracts.base import assert_problem

URL = "/api/v1/monitoring/versions"
OUT = {
    "operation": "GET /api/v1/room-types",
    "deprecated_on": date(2026, 1, 1),
    "sunset_on": date(2026, 12, 31),
    "text": "Ask for beds.",
    "successor": "/api/v1/beds",
}
FIELDS = ("Deprecation", "Sunset", "Link")


@pytest.fixture
def life(monkeypatch):
    """Declare one deprecation, GET /api/v1/room-types unless told otherwise."""

    def declare(**over):
        row = {"name": "v1", "path": "/api/v1", "released_on": date(2025, 1, 1)}
        made = declared({"version": [row], "deprecation": [{**OUT, **over}]})
        for module in (deprecation, version_views):
            monkeypatch.setattr(module, "api_life", lambda: made)

    return declare


def at(time_machine_day, monkeypatch):
    moment = now().replace(year=time_machine_day.year, month=time_machine_day.month, day=time_machine_day.day)
    monkeypatch.setattr(deprecation, "now", lambda: moment)
    monkeypatch.setattr(version_views, "now", lambda: moment)


def test_the_life_of_the_api_is_told(api, cast):
    told = api(cast.ada).get(URL).json()
    assert told["versions"] == [
        {"name": "v1", "path": "/api/v1", "released_on": "2026-11-28", "sunset_on": None}
    ]
    assert told["changes"][-1]["operation"] == "GET /api/v1/monitoring/versions"
    assert told["deprecations"] == []


def test_only_people_with_some_right_read_it(api, cast):
    assert_problem(api().get(URL), 401, "not_authenticated")
    assert_problem(api(cast.ida).get(URL), 403, "permission_denied")


def test_a_deprecated_operation_says_so_in_each_answer_and_works(api, cast, life, monkeypatch):
    life()
    at(date(2026, 11, 1), monkeypatch)
    answer = api(cast.ada).get("/api/v1/room-types")
    assert answer.status_code == 200
    assert [answer[name] for name in FIELDS] == [
        "@1767225600",
        "Thu, 31 Dec 2026 00:00:00 GMT",
        '</api/v1/beds>; rel="successor-version"',
    ]
    refused = api().get("/api/v1/room-types")
    assert (refused.status_code, refused["Deprecation"]) == (401, "@1767225600")
    assert [row["is_over"] for row in api(cast.ada).get(URL).json()["deprecations"]] == [False]


def test_other_operations_of_the_same_path_say_nothing(api, cast, life, monkeypatch):
    life()
    at(date(2026, 11, 1), monkeypatch)
    for answer in (api(cast.ada).post("/api/v1/room-types", {}), api(cast.ada).get("/api/v1/rooms")):
        assert [name for name in FIELDS if name in answer] == []


def test_before_its_notice_nothing_is_said(api, cast, life, monkeypatch):
    life()
    at(date(2025, 12, 31), monkeypatch)
    assert "Deprecation" not in api(cast.ada).get("/api/v1/room-types")


def test_after_its_sunset_it_is_gone_and_nothing_is_done(api, cast, life, monkeypatch):
    life(operation="POST /api/v1/room-types")
    at(date(2026, 12, 31), monkeypatch)
    before = RoomType.objects.count()
    answer = api(cast.ada).post("/api/v1/room-types", {"property": cast.alpha.pk, "code": "X", "name": "X"})
    assert_problem(answer, 410, "sunset")
    assert answer.json()["extra"] == {"sunset_on": "2026-12-31", "successor": "/api/v1/beds"}
    assert answer["Sunset"] == "Thu, 31 Dec 2026 00:00:00 GMT"
    assert RoomType.objects.count() == before
    assert [row["is_over"] for row in api(cast.ada).get(URL).json()["deprecations"]] == [True]


def test_the_description_marks_what_is_deprecated(life):
    life()
    made = mark_deprecated({"paths": {"/api/v1/room-types": {"get": {}, "post": {}}}}, None)
    assert made["paths"]["/api/v1/room-types"] == {"get": {"deprecated": True}, "post": {}}
