"""Looks are made, kept and forgotten; one that breaks has failed and harms no other."""

from datetime import timedelta

import pytest
from django.db import connection

from hotel.core.clock import now
from hotel.core.health_checks import Finding
from hotel.core.plugs import HealthCheck
from hotel.monitoring.models import ApiAlert, ApiHealth
from hotel.monitoring.services import health
from tests.factories.monitoring import api_alert_make, api_health_make

HERE = "tests.hotel.monitoring.services.test_health"


def good():
    return Finding("ok", 7, "waiting", "d" * 300)


def broken():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


@pytest.fixture
def two(monkeypatch):
    """A check that breaks its transaction before one that is well."""
    found = [
        HealthCheck("broken", "Broken", f"{HERE}.broken"),
        HealthCheck("good", "Good", f"{HERE}.good", is_vital=True),
    ]
    monkeypatch.setattr(health, "health_checks", lambda: found)


def test_the_house_has_a_look_at_each_thing_it_depends_on():
    names = [check.name for check in health.health_checks()]
    wanted = {
        "database",
        "redis",
        "workers",
        "beat",
        "outbox",
        "disk",
        "mail",
        "messages",
        "webhooks",
        "trail",
        "circuits",
        "restore",
    }
    assert set(names) == wanted
    assert len(names) == len(wanted)


def test_one_look_that_breaks_has_failed_and_harms_no_other(two, db):
    looks = health.health_look()
    assert [(look.check.name, look.finding.state) for look in looks] == [("broken", "failed"), ("good", "ok")]
    assert looks[0].finding.detail == "ProgrammingError"
    assert health.state_of(looks) == "degraded"


def test_what_was_found_is_kept_once_for_an_instant(two, db):
    at = now()
    health.health_record(at=at)
    health.health_record(at=at)
    kept = ApiHealth.objects.order_by("pk").values_list("check_name", "state", "value", "unit", "checked_at")
    assert list(kept) == [("broken", "failed", None, "", at), ("good", "ok", 7, "waiting", at)]
    assert len(ApiHealth.objects.get(check_name="good").detail) == 200


def test_asking_often_looks_once(two, db, monkeypatch):
    asked = []
    monkeypatch.setattr(health, "health_look", lambda: asked.append(1) or ["looks"])
    kept = health.Latest()
    assert [kept.get(), kept.get(), kept.get()] == [["looks"]] * 3
    assert len(asked) == 1
    kept.until = 0
    kept.get()
    assert len(asked) == 2


def test_looks_are_forgotten_after_two_weeks_and_open_alarms_never(db):
    at = now()
    for days in (13, 15):
        api_health_make(checked_at=at - timedelta(days=days))
    old = at - timedelta(days=400)
    api_alert_make(opened_at=old)
    api_alert_make(opened_at=old, closed_at=old)
    assert health.health_expire(at=at) == 2
    assert ApiHealth.objects.count() == 1
    assert ApiAlert.objects.get().closed_at is None
