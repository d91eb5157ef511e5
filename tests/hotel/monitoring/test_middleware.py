"""Every answer of the API carries its limits; a refusal is a problem that says when to come back."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from hotel.accounts.models import ApiToken
from hotel.core.clock import now
from hotel.core.models import IdempotencyRecord
from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Rule
from hotel.monitoring.middleware import Queries, is_counted
from hotel.monitoring.services.attendant import attendant
from hotel.monitoring.services.leases import leases
from hotel.monitoring.services.recorder import recorder
from hotel.rooms.models import RoomType
from tests.architecture.test_api_matrix import ROUTES, calls_of
from tests.contracts.base import assert_problem
from tests.wire import secret_of

POLICY = re.compile(r'^("[a-z][a-z0-9-]*";q=\d+;w=\d+;pk=:[A-Za-z0-9+/=]+:(, |$))+$')
LEFT = re.compile(r'^("[a-z][a-z0-9-]*";r=\d+;t=\d+(, |$))+$')
ROOMS = "/api/v1/rooms"


def rule(name="tight", scope="client", burst=2, **over):
    return Rule(**{"id": 77, "name": name, "scope": scope, "quota": Quota(1, 3600, burst), **over})


def assert_told(answer, where):
    assert POLICY.match(answer.get("RateLimit-Policy", "")), where
    assert LEFT.match(answer.get("RateLimit", "")), where
    assert answer["X-Request-Id"], where
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", where


@pytest.mark.parametrize("who", ["nobody", "ada"])
def test_every_answer_of_every_operation_tells_the_limits(who, api, cast):
    client = api() if who == "nobody" else api(getattr(cast, who))
    told = 0
    for route, method, name in calls_of(ROUTES):
        with transaction.atomic():
            answer = getattr(client, method)(route.url, {})
            transaction.set_rollback(True)
        assert_told(answer, (method, str(route), name))
        told += 1
    assert told > 200


def test_so_do_answers_that_no_view_gives(api, cast):
    for path in ("/api/v1/nothing", "/api/nothing", "/api/v1/rooms/"):
        answer = api(cast.ada).get(path)
        assert answer.status_code == 404
        assert_told(answer, path)
    for answer in (api(cast.ada).patch(ROOMS), api().get(ROOMS, HTTP_AUTHORIZATION="Bearer wrong")):
        assert answer.status_code in {405, 401}
        assert_told(answer, answer.status_code)


def test_pages_and_the_questions_of_an_orchestrator_are_not_counted(client, enforce, db):
    enforce(rule(scope="address", burst=1))
    assert not is_counted("/dashboard/today")
    for _ in range(3):
        answer = client.get("/api/health/live")
        assert answer.status_code == 200
        assert "RateLimit" not in answer


def test_beyond_the_burst_a_client_is_refused_and_told_when_to_come_back(api, cast, enforce):
    enforce(rule())
    first, second, third = (api(cast.ada).get(ROOMS) for _ in range(3))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first["RateLimit"].startswith('"tight";r=1;')
    assert second["RateLimit"].startswith('"tight";r=0;')
    assert_problem(third, 429, "throttled")
    body = third.json()
    assert body["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    assert body["violated-policies"] == ["tight"]
    assert third["Retry-After"] == str(body["extra"]["retry_after_seconds"])
    assert 3500 < int(third["Retry-After"]) <= 3600
    assert api(cast.bo).get(ROOMS).status_code == 200


def test_who_is_nobody_is_counted_by_address_even_when_refused_anyway(api, cast, enforce):
    enforce(rule(is_anonymous=True))
    statuses = [api().get(ROOMS).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert api().get(ROOMS, REMOTE_ADDR="192.0.2.9").status_code == 401
    assert api(cast.ada).get(ROOMS).status_code == 200


def test_a_wrong_token_counts_as_nobody(api, enforce, db):
    enforce(rule(is_anonymous=True))
    statuses = [api().get(ROOMS, HTTP_AUTHORIZATION="Bearer x").status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_addresses_are_counted_before_the_caller_is_looked_up(api, cast, enforce, django_assert_num_queries):
    enforce(rule(scope="address", burst=1))
    assert api(cast.ada).get(ROOMS).status_code == 200
    with django_assert_num_queries(0):
        assert api().get(ROOMS, HTTP_AUTHORIZATION="Bearer x").status_code == 429


def test_guesses_of_paths_are_counted_too(api, enforce, db):
    enforce(rule(scope="address"))
    assert [api().get(f"/api/v1/x{n}").status_code for n in range(3)] == [404, 404, 429]


def test_a_proxy_that_is_trusted_says_whom_it_serves(api, cast, enforce, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    enforce(rule(scope="address", burst=1))
    client = api(cast.ada)
    assert client.get(ROOMS, HTTP_X_FORWARDED_FOR="6.6.6.6, 192.0.2.1").status_code == 200
    assert client.get(ROOMS, HTTP_X_FORWARDED_FOR="7.7.7.7, 192.0.2.1").status_code == 429
    assert client.get(ROOMS, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 200
    far = {"REMOTE_ADDR": "198.51.100.1"}
    assert client.get(ROOMS, HTTP_X_FORWARDED_FOR="192.0.2.3", **far).status_code == 200
    assert client.get(ROOMS, HTTP_X_FORWARDED_FOR="192.0.2.4", **far).status_code == 429


def test_a_token_has_a_quota_of_its_own_and_may_be_blocked(api, cast, enforce):
    secret = secret_of(cast.ada, cast.alpha)
    token = ApiToken.objects.get(user=cast.ada)
    enforce(rule("blocked", action="block", principals=frozenset({("token", token.pk)})))
    refused = api().get(ROOMS, HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert_problem(refused, 429)
    assert refused["Retry-After"] == "3600"
    assert api(cast.ada).get(ROOMS).status_code == 200


def test_a_property_is_counted_by_what_is_asked(api, cast, enforce):
    enforce(rule(scope="property", burst=1))
    ada = api(cast.ada)
    assert ada.get(ROOMS, {"property": cast.alpha.pk}).status_code == 200
    assert ada.get(ROOMS, {"property": cast.alpha.pk}).status_code == 429
    assert ada.get(ROOMS, {"property": cast.beta.pk}).status_code == 200
    secret = secret_of(cast.ada, cast.alpha)
    assert ada.get(ROOMS).status_code == 200
    assert api().get(ROOMS, HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 429


def test_observed_rules_and_a_suspended_limiter_only_count(api, cast, enforce):
    enforce(rule(action="observe", burst=1))
    answers = [api(cast.ada).get(ROOMS) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0]
    enforce(rule(id=78, burst=1), suspended_until=now() + timedelta(minutes=1))
    assert {api(cast.ada).get(ROOMS).status_code for _ in range(3)} == {200}
    counts = {rule: sum(n) for (rule, _), n in recorder.drain().tallies.items()}
    assert counts == {77: 3, 78: 3}


def test_what_rules_do_is_tallied(api, cast, enforce):
    enforce(rule(burst=1), rule("trial", id=78, scope="property", burst=1, action="observe"))
    for _ in range(3):
        api(cast.ada).get(ROOMS, {"property": cast.alpha.pk})
    tallies = {rule: counts for (rule, _), counts in recorder.drain().tallies.items()}
    assert tallies == {77: [1, 2, 0], 78: [1, 0, 2]}


def test_a_refused_write_stores_no_answer_under_its_key(api, cast, enforce):
    enforce(rule(burst=1))
    body = {"property": cast.alpha.pk, "code": "DBL", "name": "Double", "standard_occupancy": 2}
    key = {"HTTP_IDEMPOTENCY_KEY": "once-and-only"}
    api(cast.ada).get(ROOMS)
    before = RoomType.objects.count()
    assert api(cast.ada).post("/api/v1/room-types", body, **key).status_code == 429
    assert (RoomType.objects.count(), IdempotencyRecord.objects.count()) == (before, 0)
    enforce()
    made = api(cast.ada).post("/api/v1/room-types", body, **key)
    assert made.status_code == 201, made.content


def test_what_a_view_has_done_is_never_called_refused(api, cast, enforce):
    enforce(rule(is_anonymous=True, burst=1))
    assert api().post("/api/v1/auth/login", {"username": "x", "password": "y"}).status_code == 401
    assert api().post("/api/v1/auth/login", {"username": "x", "password": "y"}).status_code == 429


def test_a_client_has_only_so_many_requests_under_way(api, cast, enforce, settings):
    enforce()
    settings.API_CONCURRENCY, settings.WEB_WORKERS = 4, 2
    who = ("user", cast.ada.pk)
    assert leases.take(who, 9)
    assert api(cast.ada).get(ROOMS).status_code == 200
    assert leases.take(who, 9)
    crowded = api(cast.ada).get(ROOMS)
    assert_problem(crowded, 429, "throttled")
    assert crowded.json()["violated-policies"] == ["concurrency"]
    assert api(cast.bo).get(ROOMS).status_code == 200
    leases.give_back(who)
    assert api(cast.ada).get(ROOMS).status_code == 200
    leases.give_back(who)


@pytest.mark.parametrize(("level", "statuses"), [(0, (200, 200)), (2, (503, 200)), (3, (503, 503))])
def test_under_load_analytics_go_before_lists_and_a_booking_stays(level, statuses, api, cast):
    attendant.level = level
    ada = api(cast.ada)
    usage, rooms = ada.get("/api/v1/monitoring/usage"), ada.get(ROOMS)
    assert (usage.status_code, rooms.status_code) == statuses
    assert ada.post("/api/v1/bookings", {}, HTTP_IDEMPOTENCY_KEY="a-key").status_code == 400
    if usage.status_code == 503:
        assert_problem(usage, 503, "reduced_capacity")
        assert usage["Retry-After"] == "5"
        assert usage.json()["type"].endswith("#temporary-reduced-capacity")


def test_each_request_is_recorded_by_route_client_and_property(api, cast):
    api(cast.ada).get(f"{ROOMS}/999999")
    api(cast.ada).get(ROOMS, {"property": cast.alpha.pk})
    api().get("/api/v1/nothing/7")
    seen = {key[1:]: sums for key, (sums, _) in recorder.drain().cells.items()}
    assert set(seen) == {
        ("GET /api/v1/rooms/{id}", "user", cast.ada.pk, 0, 4, "v1"),
        ("GET /api/v1/rooms", "user", cast.ada.pk, cast.alpha.pk, 2, "v1"),
        ("GET no endpoint", "anonymous", 0, 0, 4, "v1"),
    }
    count, limited, _, told, queries, total, longest = seen[
        "GET /api/v1/rooms", "user", cast.ada.pk, cast.alpha.pk, 2, "v1"
    ]
    assert (count, limited, total) == (1, 0, longest)
    assert told == len(b'{"next":null,"previous":null,"results":[]}')
    assert queries >= 1


def test_a_refused_request_is_recorded_as_limited(api, cast, enforce):
    enforce(rule(burst=1))
    for _ in range(2):
        api(cast.ada).get(ROOMS)
    assert sorted((key[5], sums[1]) for key, (sums, _) in recorder.drain().cells.items()) == [(2, 0), (4, 1)]


def test_a_slow_request_is_kept_with_its_statements_and_without_values(api, cast, settings):
    settings.SLOW_REQUEST_MS = 0
    api(cast.ada).get(ROOMS, {"search": "secret-words"})
    (sample,) = recorder.drain().slow.values()
    assert sample["queries"] == sum(one["count"] for one in sample["statements"]) > 0
    assert sample["request_id"]
    text = str(sample["statements"])
    assert "rooms_room" in text
    assert "secret-words" not in text


def test_values_written_into_a_statement_are_left_out():
    queries = Queries()
    for number in (1, 2):
        queries(lambda *given: None, f"SELECT 'it''s', {number}", None, False, {})
    (one,) = queries.slowest()
    assert (one["sql"], one["count"]) == ("SELECT ?, ?", 2)
