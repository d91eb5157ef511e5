"""Figures for Prometheus."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from hotel.core.clock import now
from hotel.monitoring.selectors.metrics import exposition
from tests.factories.messaging import outbox_make
from tests.factories.monitoring import api_alert_make, api_health_make, api_usage_make


def figures():
    """Name and labels to value, as a reader of Prometheus understands it."""
    families = text_string_to_metric_families(exposition().decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_checks_are_told_by_state_and_value(db):
    at = now()
    api_health_make(check_name="disk", state="degraded", value=8, unit="% free", checked_at=at)
    found = figures()
    states = {key[2]: value for key, value in found.items() if key[:2] == ("auberge_check_state", "disk")}
    assert states == {"ok": 0, "off": 0, "degraded": 1, "failed": 0}
    assert found["auberge_check_value", "disk", "% free"] == 8
    assert found["auberge_checked_at_seconds",] == round(at.timestamp(), 6)


def test_usage_is_told_of_the_last_whole_minutes(cast):
    at = now().replace(second=0, microsecond=0)
    api_usage_make(cast.alpha, started_at=at - timedelta(minutes=2), count=5, limited=1, status_class=4)
    api_usage_make(cast.beta, started_at=at - timedelta(minutes=3), count=2, status_class=5)
    api_usage_make(cast.beta, started_at=at - timedelta(minutes=6), count=100)
    found, name = figures(), "GET /api/v1/rooms"
    assert found["auberge_api_requests_5m", name] == 7
    assert found["auberge_api_failed_5m", name] == 2
    assert found["auberge_api_limited_5m", name] == 1
    assert 0.0098 < found["auberge_api_duration_seconds", name, "0.95"] < 0.0102
    assert found["auberge_objective_burn", "errors", "5"] > 0


def test_alarms_facts_and_the_database_are_told(cast):
    api_alert_make()
    outbox_make(cast.alpha, 1)
    outbox_make(cast.alpha, 2, parked_at=now())
    found = figures()
    assert [found["auberge_alerts_open", severity] for severity in ("page", "ticket")] == [1, 0]
    assert [found["auberge_outbox_messages", kind] for kind in ("waiting", "parked")] == [1, 1]
    assert found["auberge_postgresql_connections", "active"] >= 1
    assert found["auberge_postgresql_bytes",] > 1_000_000


def test_a_scrape_costs_a_dozen_queries_at_most(db):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        exposition()
    assert len(asked) <= 12
