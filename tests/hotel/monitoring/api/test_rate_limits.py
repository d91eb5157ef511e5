"""Rules of the limiter over the API."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.monitoring.models import LimiterState, RateLimit
from tests.contracts.base import assert_problem
from tests.contracts.crud import CrudContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.monitoring import api_usage_make, rate_limit_make

pytestmark = pytest.mark.usefixtures("seeded")

URL = "/api/v1/monitoring/rate-limits"


class TestRateLimits(CrudContract):
    model, url, area = RateLimit, URL, "monitoring"
    update = {"rate": 90}

    def make(self, place, n):
        return rate_limit_make(place, name=f"rule-{n}")

    def create(self, place):
        return {"property": place.pk, "name": "new-rule", "rate": 60, "burst": 10}


TABLE = [
    Case("post", f"{URL}/preview", "view_monitoring_area", 200, {"rate": 1, "burst": 1}, outsider=(200,)),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    assert_case(case, stage)


def everywhere(stage):
    return stage.client_of(ALL_RIGHTS, stage.alpha, stage.beta)


def test_a_rule_for_all_properties_needs_the_right_at_all_of_them(stage):
    body = {"name": "for-all", "rate": 60, "burst": 10}
    before = RateLimit.objects.count()
    assert_problem(stage.client_of(ALL_RIGHTS).post(URL, body), 403, "permission_denied")
    assert RateLimit.objects.count() == before
    made = everywhere(stage).post(URL, body)
    assert made.status_code == 201, made.content
    assert (made.json()["property"], made.json()["action"]) == (None, "observe")


def test_the_rules_for_all_are_seen_by_who_sees_all_properties(stage):
    seen = everywhere(stage).get(URL).json()["results"]
    assert sorted(row["name"] for row in seen) == ["address", "anonymous", "default", "sign-in"]
    assert stage.client_of(ALL_VIEWS).get(URL).json()["results"] == []


def test_a_floor_can_be_made_wider_but_not_removed_or_switched_off(stage):
    floor, client = RateLimit.objects.get(name="sign-in"), everywhere(stage)
    assert_problem(client.delete(f"{URL}/{floor.pk}"), 409, "rule_is_floor")
    refused = client.patch(f"{URL}/{floor.pk}", {"is_active": False, "action": "observe"})
    assert_problem(refused, 400, "invalid")
    assert set(refused.json()["fields"]) == {"is_active", "action"}
    assert client.patch(f"{URL}/{floor.pk}", {"rate": 90}).status_code == 200
    kept = RateLimit.objects.get(pk=floor.pk)
    assert (kept.rate, kept.is_active, kept.action, kept.version) == (90, True, "enforce", 2)


@pytest.mark.parametrize(
    ("field", "over"),
    [
        ("network", {"network": "300.0.0.0/8"}),
        ("valid_until", {"valid_from": "2027-03-02T00:00:00Z", "valid_until": "2027-03-01T00:00:00Z"}),
        ("is_anonymous", {"scope": "address", "is_anonymous": True}),
        ("method", {"operation": "GET /api/v1/rooms", "method": "POST"}),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused_by_field(field, over, stage):
    before = RateLimit.objects.count()
    answer = everywhere(stage).post(URL, {"name": "odd", "rate": 1, "burst": 1, **over})
    assert_problem(answer, 400, "invalid")
    assert list(answer.json()["fields"]) == [field]
    assert RateLimit.objects.count() == before


def test_two_people_do_not_overwrite_one_anothers_rule(stage):
    rule, client = rate_limit_make(stage.alpha), stage.client_of(ALL_RIGHTS)
    seen = client.get(f"{URL}/{rule.pk}")["ETag"]
    assert client.patch(f"{URL}/{rule.pk}", {"rate": 70}, HTTP_IF_MATCH=seen).status_code == 200
    stale = client.patch(f"{URL}/{rule.pk}", {"rate": 80}, HTTP_IF_MATCH=seen)
    assert_problem(stale, 412, "version_conflict")
    assert RateLimit.objects.get(pk=rule.pk).rate == 70


def test_a_preview_says_who_would_have_been_limited_that_day(stage):
    for n in range(3):
        api_usage_make(stage.alpha, started_at=now() - timedelta(days=1, minutes=n), count=100, client_id=7)
    api_usage_make(stage.beta, started_at=now() - timedelta(days=1), count=1000, client_id=8)
    api_usage_make(
        stage.alpha, started_at=now() - timedelta(days=1), count=500, operation="GET /api/v1/folios"
    )
    day = (now() - timedelta(days=1)).date().isoformat()
    body = {"rate": 60, "burst": 30, "operation": "GET /api/v1/rooms", "day": day}
    found = stage.client_of(ALL_VIEWS).post(f"{URL}/preview", body)
    assert found.status_code == 200, found.content
    assert [(one["client_id"], one["requests"], one["refused"]) for one in found.json()] == [(7, 300, 90)]
    assert RateLimit.objects.filter(name="preview").count() == 0


def test_everybody_signed_in_sees_the_rules_that_hold_for_him(stage):
    user, other = stage.person(ALL_VIEWS), stage.person(ALL_VIEWS)
    rate_limit_make(None, name="his", user=user)
    rate_limit_make(None, name="not-his", user=other)
    found = stage.client(user).get(f"{URL}/mine").json()
    assert [rule["name"] for rule in found] == ["sign-in", "address", "his", "default"]
    assert_problem(stage.client().get(f"{URL}/mine"), 401, "not_authenticated")


def test_the_kill_switch_needs_the_right_everywhere_a_reason_and_an_end(stage):
    soon = (now() + timedelta(hours=1)).isoformat()
    good = {"until": soon, "reason": "A fair in town."}
    assert_problem(stage.client_of(ALL_RIGHTS).post(f"{URL}/suspend", good), 403)
    client = everywhere(stage)
    late = {**good, "until": (now() + timedelta(days=8)).isoformat()}
    assert_problem(client.post(f"{URL}/suspend", late), 400, "invalid")
    assert LimiterState.objects.get(pk=1).suspended_until is None
    assert client.post(f"{URL}/suspend", good).json()["suspended_reason"] == "A fair in town."
    assert LimiterState.objects.get(pk=1).suspended_until is not None
    assert client.post(f"{URL}/resume").json()["suspended_until"] is None
