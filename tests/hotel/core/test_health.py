"""Alive, and ready for traffic."""

import pytest
from django.db import InterfaceError, OperationalError
from rest_framework.test import APIClient


def test_the_living_answer_without_a_database():
    assert APIClient().get("/api/health/live").json() == {"status": "live"}


def test_the_ready_answer_with_one(db):
    answer = APIClient().get("/api/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_without_a_database_nobody_is_ready(monkeypatch, error):
    class Dead:
        def cursor(self):
            raise error("gone")

    monkeypatch.setattr("hotel.core.health.connection", Dead())
    answer = APIClient().get("/api/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
