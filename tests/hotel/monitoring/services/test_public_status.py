"""What the public is told is made once in ten seconds, also when the database is away."""

from django.db import OperationalError

from hotel.core.clock import now
from hotel.monitoring.services import public_status
from tests.factories.monitoring import api_health_make


def test_nobody_has_looked(db):
    assert public_status.StatusKept().get()["state"] == "off"


def test_a_vital_part_counts_more(db):
    api_health_make(check_name="mail", state="failed", checked_at=now())
    assert public_status.StatusKept().get()["state"] == "degraded"
    api_health_make(check_name="database", state="failed", checked_at=now())
    assert public_status.StatusKept().get()["state"] == "failed"


def test_a_crowd_costs_two_queries(db, django_assert_num_queries):
    api_health_make(check_name="database", checked_at=now())
    kept = public_status.StatusKept()
    with django_assert_num_queries(2):
        assert [kept.get()["state"] for _ in range(20)] == ["ok"] * 20


def test_without_a_database_the_desk_has_failed_and_the_rest_is_unknown(monkeypatch):
    def lost(at):
        raise OperationalError("gone")

    monkeypatch.setattr(public_status, "public_parts", lost)
    told = public_status.StatusKept().get()
    assert told["state"] == "failed"
    assert [part.state for part in told["parts"]] == ["failed", "off", "off", "off"]
