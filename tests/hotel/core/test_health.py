"""Alive, and ready for traffic."""

import pytest
from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout
from rest_framework.test import APIClient

from hotel.core import health


@pytest.fixture(autouse=True)
def asked_anew():
    health.forget()
    yield
    health.forget()


def asked():
    answer = APIClient().get("/api/health/ready")
    return answer.status_code, answer.json().get("code", "")


def test_the_living_answer_without_a_database():
    assert APIClient().get("/api/health/live").json() == {"status": "live"}


def test_the_ready_answer_with_one(db):
    answer = APIClient().get("/api/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, PoolTimeout])
def test_without_a_database_nobody_is_ready(monkeypatch, error):
    class Dead:
        def cursor(self):
            raise error("gone")

    monkeypatch.setattr(health, "connection", Dead())
    assert asked() == (503, "database_unavailable")
    assert APIClient().get("/api/health/ready")["Retry-After"] == "2"


def test_without_its_tables_nobody_is_ready(db, monkeypatch):
    monkeypatch.setattr(health, "migrations_missing", lambda: 1)
    assert asked() == (503, "migrations_missing")


def test_on_a_full_disk_nobody_is_ready(db, monkeypatch):
    monkeypatch.setattr(health, "disk_free", lambda: (0, 9))
    assert asked() == (503, "storage_full")


def test_an_answer_is_kept_for_a_second(db, django_assert_num_queries):
    asked()
    with django_assert_num_queries(0):
        assert [asked() for _ in range(3)] == [(200, "")] * 3
