"""Usage over the API."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.monitoring.models import ApiUsage
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_VIEWS
from tests.factories.accounts import token_make
from tests.factories.monitoring import api_usage_make, slow_request_make


class TestUsage(ReadContract, QueryContract):
    model, url, area = ApiUsage, "/api/v1/monitoring/usage", "monitoring"

    def make(self, place, n):
        return api_usage_make(place, client_id=n + 1)


URL = "/api/v1/monitoring/usage"


def test_a_summary_shows_the_properties_one_sees_with_names(stage):
    token = token_make(stage.alpha)
    api_usage_make(stage.alpha, started_at=now() - timedelta(hours=2), grain="hour", client_id=token.pk)
    api_usage_make(stage.beta, started_at=now() - timedelta(hours=2), grain="hour", client_id=token.pk + 1)
    found = stage.client_of(ALL_VIEWS).get(f"{URL}/summary?by=client").json()
    assert [(line["key"]["client_id"], line["name"], line["count"]) for line in found] == [
        (token.pk, token.name, 1)
    ]


def test_a_client_sees_its_own_usage_whatever_its_rights(stage):
    user = stage.person(())
    api_usage_make(
        None, started_at=now() - timedelta(hours=2), grain="hour", client_kind="user", client_id=user.pk
    )
    api_usage_make(stage.alpha, started_at=now() - timedelta(hours=2), grain="hour")
    found = stage.client(user).get(f"{URL}/mine").json()
    assert [(line["key"]["operation"], line["count"]) for line in found] == [("GET /api/v1/rooms", 1)]
    assert_problem(stage.client(user).get(f"{URL}/summary"), 403, "permission_denied")
    assert_problem(stage.client().get(f"{URL}/mine"), 401, "not_authenticated")


def test_slow_requests_are_shown_where_one_sees_usage(stage):
    mine, theirs = slow_request_make(stage.alpha), slow_request_make(stage.beta)
    assert mine.pk != theirs.pk
    assert ids(stage.client_of(ALL_VIEWS).get(f"{URL}/slow")) == [mine.pk]


def ids(answer):
    return [row["id"] for row in answer.json()]
