"""A limit tried on real requests: whom it would have refused; nothing is written and nobody is refused."""

from datetime import timedelta

import pytest
import time_machine

from hotel.core.clock import now
from hotel.monitoring.domain.rule_words import limit_in_words
from hotel.monitoring.models import ApiUsage, LimitTally, RateLimit
from hotel.monitoring.selectors import preview
from hotel.monitoring.selectors.rule_trials import limit_terms, limit_tried
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.accounts import token_make
from tests.factories.monitoring import api_plan_make, api_usage_make, rate_limit_make


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:30Z", tick=False) as clock:
        yield clock


def asked(place, count: int, ago: int = 0, **over):
    """Requests that began so many minutes before this one."""
    minute = now().replace(second=0, microsecond=0)
    return api_usage_make(place, count=count, started_at=minute - timedelta(minutes=ago), **over)


def tried(rule, hours: int = 24):
    found = limit_tried(rule, ApiUsage.objects.all(), hours)
    return (
        found.requests,
        found.refused,
        [(one.client_id, one.requests, one.refused) for one in found.clients],
    )


def test_each_client_it_is_for_is_told_the_most_refused_first(cast):
    asked(cast.alpha, 100, client_id=7)
    asked(cast.beta, 100, 1439, client_id=7)
    asked(cast.alpha, 500, 1440, client_id=7)
    asked(cast.alpha, 50, client_id=8)
    rule = rate_limit_make(None, rate=60, burst=10)
    before = {
        model: list(model.objects.order_by("pk").values()) for model in (ApiUsage, RateLimit, LimitTally)
    }

    assert tried(rule) == (250, 60, [(7, 200, 60), (8, 50, 0)])
    assert tried(rule, 25) == (750, 500, [(7, 700, 500), (8, 50, 0)])
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before


def test_a_limit_of_one_hotel_counts_what_is_asked_about_it(cast):
    asked(cast.alpha, 100, client_id=7)
    asked(cast.beta, 100, client_id=7)
    assert tried(rate_limit_make(cast.alpha, rate=60, burst=10)) == (100, 30, [(7, 100, 30)])


def test_a_limit_on_each_hotel_counts_the_hotels(cast):
    asked(cast.alpha, 60, client_id=7)
    asked(cast.alpha, 60, client_id=8)
    asked(cast.beta, 50, client_id=8)
    asked(None, 500, client_id=9)
    found = limit_tried(
        rate_limit_make(None, scope="property", rate=60, burst=10), ApiUsage.objects.all(), 24
    )
    shown = [(one.client_name, one.requests, one.refused) for one in found.clients]
    assert shown == [("Alpha", 120, 50), ("Beta", 50, 0)]


def test_a_block_refuses_all_that_it_is_for(cast):
    asked(cast.alpha, 5, client_id=7)
    asked(cast.alpha, 5, client_id=8)
    token = token_make(cast.alpha)
    asked(cast.alpha, 3, client_id=token.pk)
    rule = rate_limit_make(None, token=token, action="block", rate=60, burst=10)
    assert tried(rule) == (3, 3, [(token.pk, 3, 3)])


def test_reports_are_counted_as_requests_and_weighed_as_points(cast, monkeypatch):
    report = "POST /api/v1/reports/runs"
    monkeypatch.setattr(preview, "areas_by_operation", lambda: {report: "reports"})
    asked(cast.alpha, 10, client_id=7, operation=report)
    assert tried(rate_limit_make(None, rate=240, burst=10)) == (10, 5, [(7, 10, 5)])


def test_addresses_are_not_known(cast):
    asked(cast.alpha, 500, client_id=7)
    rule = rate_limit_make(None, scope="address", network="192.0.2.0/24", rate=60, burst=10)
    assert (limit_tried(rule, ApiUsage.objects.all(), 24).is_known, tried(rule)) == (False, (0, 0, []))


def test_more_clients_cost_no_more_queries(cast):
    rule = rate_limit_make(None, rate=60, burst=10)
    asked(cast.alpha, 100, client_id=7)
    few = queries_of(lambda: tried(rule))
    for number in range(8, 20):
        asked(cast.alpha, 100, client_id=number)
    assert_constant(few, queries_of(lambda: tried(rule)))


def test_whom_a_limit_is_for_is_told_by_name(cast):
    def told(**over):
        rule = rate_limit_make(over.pop("place", None), **over)
        said = limit_in_words(limit_terms(rule)).partition(" may ask ")[0]
        rule.delete()
        return said

    token, plan = token_make(cast.alpha), api_plan_make()
    assert told(token=token) == f"The token {token.name}"
    assert told(plan=plan) == "Each token of the plan partners"
    assert told(user=cast.bo).lower() == cast.bo.username
    role = cast.bo.role_assignments.get().role
    assert told(role=role) == f"Each person with the role {role.name}"
    assert limit_terms(rate_limit_make(cast.alpha)).place == "Alpha"
