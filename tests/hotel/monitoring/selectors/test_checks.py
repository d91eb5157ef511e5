"""Looks at what the database tells."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.monitoring.selectors import checks
from tests.factories.messaging import outbox_make
from tests.factories.monitoring import api_health_make


def test_the_database_answers_with_connections_to_spare(db):
    found = checks.database_check()
    assert (found.state, found.unit) == ("ok", "% of connections")


def test_a_database_that_lacks_migrations_has_failed(db, monkeypatch):
    monkeypatch.setattr(checks, "migrations_missing", lambda: 2)
    found = checks.database_check()
    assert (found.state, found.detail) == ("failed", "2 migrations are missing.")


@pytest.mark.parametrize(("seconds", "state"), [(30, "ok"), (90, "degraded"), (700, "failed")])
def test_the_fact_that_waits_longest_counts(cast, seconds, state):
    outbox_make(cast.alpha, 1, created_at=now() - timedelta(hours=5), delivered_at=now())
    outbox_make(cast.alpha, 2, created_at=now() - timedelta(seconds=seconds))
    outbox_make(cast.alpha, 3, created_at=now())
    found = checks.outbox_check()
    assert (found.state, found.value // 10) == (state, seconds // 10)


def test_a_fact_that_was_given_up_is_no_secret(cast):
    outbox_make(cast.alpha, 1, created_at=now() - timedelta(hours=5), parked_at=now())
    found = checks.outbox_check()
    assert (found.state, found.value, found.detail) == ("degraded", 0, "1 given up, see the outbox")


@pytest.mark.parametrize(("seconds", "state"), [(59, "ok"), (149, "ok"), (155, "degraded"), (365, "failed")])
def test_the_clock_is_late_when_the_last_scheduled_look_is_old(db, seconds, state):
    api_health_make(None, checked_at=now() - timedelta(seconds=seconds))
    assert checks.beat_check().state == state


def test_a_look_that_has_never_come_is_no_secret(db):
    assert checks.beat_check().state == "degraded"
