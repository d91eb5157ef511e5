"""Plans of clients over the API: for who holds the right at every property."""

import pytest

from hotel.monitoring.models import ApiPlan
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.accounts import token_make
from tests.factories.monitoring import api_plan_make, rate_limit_make

pytestmark = pytest.mark.usefixtures("seeded")

URL = "/api/v1/monitoring/api-plans"


@pytest.fixture
def everywhere(stage):
    return stage.client_of(ALL_RIGHTS, stage.alpha, stage.beta)


@pytest.fixture
def token(stage):
    return token_make(stage.alpha)


def test_a_plan_is_made_changed_and_removed(everywhere, token):
    made = everywhere.post(URL, {"name": "partners", "concurrency": 4, "tokens": [token.pk]})
    assert made.status_code == 201, made.content
    plan = f"{URL}/{made.json()['id']}"
    assert (made.json()["concurrency"], made.json()["tokens"]) == (4, [token.pk])

    assert everywhere.patch(plan, {"tokens": []}).json()["tokens"] == []
    assert everywhere.put(plan, {"name": "agents"}).json()["name"] == "agents"
    assert everywhere.delete(plan).status_code == 204
    assert not ApiPlan.objects.exists()


def test_a_day_s_quota_is_a_rule_for_a_plan(everywhere):
    plan = api_plan_make()
    body = {"name": "day", "plan": plan.pk, "rate": 10_000, "burst": 10_000, "period_seconds": 86_400}
    made = everywhere.post("/api/v1/monitoring/rate-limits", body)
    assert made.status_code == 201, made.content
    assert_problem(everywhere.delete(f"{URL}/{plan.pk}"), 409, "plan_has_rules")
    assert ApiPlan.objects.filter(pk=plan.pk).exists()


def test_bad_values_are_refused_by_field_and_make_nothing(everywhere, token):
    api_plan_make()
    for body, field in (
        ({"name": "Partners!"}, "name"),
        ({"name": "partners"}, "name"),
        ({"name": "new", "concurrency": -1}, "concurrency"),
        ({"name": "new", "tokens": [0]}, "tokens"),
    ):
        answer = everywhere.post(URL, body)
        assert_problem(answer, 400, "invalid")
        assert list(answer.json()["fields"]) == [field]
    assert ApiPlan.objects.count() == 1


def test_who_holds_the_right_at_one_property_sees_and_makes_none(stage):
    plan = api_plan_make()
    here = stage.client_of(ALL_RIGHTS, stage.alpha)
    assert ids_of(here.get(URL)) == []
    assert_problem(here.post(URL, {"name": "mine"}), 403, "permission_denied")
    for call in (here.patch, here.delete):
        assert_problem(call(f"{URL}/{plan.pk}"), 404, "not_found")
    viewer = stage.client_of(ALL_VIEWS, stage.alpha, stage.beta)
    assert ids_of(viewer.get(URL)) == [plan.pk]
    assert_problem(viewer.delete(f"{URL}/{plan.pk}"), 403, "permission_denied")
    assert_problem(stage.client().get(URL), 401, "not_authenticated")
    assert [*ApiPlan.objects.values_list("name", flat=True)] == ["partners"]


def test_the_list_costs_the_same_for_many(everywhere, token, django_assert_max_num_queries):
    for number in range(5):
        plan = api_plan_make(name=f"plan-{number}")
        plan.tokens.add(token)
        rate_limit_make(None, name=f"rule-{number}", plan=plan)
    everywhere.get(URL)
    with django_assert_max_num_queries(9):
        assert len(everywhere.get(URL).json()["results"]) == 5
