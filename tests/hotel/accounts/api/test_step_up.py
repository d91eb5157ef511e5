"""What is delicate asks a person in a session for the password again; machines have none to name."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from hotel.accounts.models import ApiToken
from hotel.core.models import SecurityEvent
from tests.contracts.base import assert_problem
from tests.hotel.accounts.api.conftest import PASSWORD

TOKENS = "/api/v1/tokens"


def token(cast) -> dict:
    return {
        "user": cast.ada.pk,
        "name": "Kiosk",
        "codenames": ["view_rooms_area"],
        "properties": [cast.alpha.pk],
        "expires_at": "2027-06-01T00:00:00Z",
    }


def test_right_after_signing_in_it_is_open_and_some_minutes_later_not(cast, ada, noon):
    assert ada.post(TOKENS, token(cast)).status_code == 201
    noon.shift(timedelta(minutes=5, seconds=1))

    refused = ada.post(TOKENS, token(cast))

    assert_problem(refused, 403, "step_up_required")
    assert refused.json()["extra"] == {"confirm": "/api/v1/auth/confirm"}
    assert ApiToken.objects.count() == 1


def test_naming_the_password_again_opens_it(cast, ada, noon):
    noon.shift(timedelta(minutes=10))
    wrong = ada.post("/api/v1/auth/confirm", {"password": "wrong"})
    assert_problem(wrong, 400, "password_wrong")
    assert_problem(ada.post(TOKENS, token(cast)), 403, "step_up_required")
    assert SecurityEvent.objects.filter(kind="step_up_failed", user_id=cast.ada.pk).count() == 1

    assert ada.post("/api/v1/auth/confirm", {"password": PASSWORD}).status_code == 204
    assert ada.post(TOKENS, token(cast)).status_code == 201


def test_guessing_there_is_slowed_down(ada):
    for _ in range(10):
        assert ada.post("/api/v1/auth/confirm", {"password": "wrong"}).status_code == 400
    assert_problem(ada.post("/api/v1/auth/confirm", {"password": PASSWORD}), 429, "throttled")


def test_reading_and_what_is_not_delicate_stays_open(cast, ada, noon):
    noon.shift(timedelta(minutes=10))

    assert ada.get(TOKENS).status_code == 200
    assert ada.get("/api/v1/users").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/users/{bo}/password",
        "/api/v1/users/{bo}/reset-second-factors",
        "/api/v1/roles/assignments",
        "/api/v1/payments/1/refund",
        "/api/v1/security/compliance/privacy-requests/1/approve",
        "/api/v1/security/compliance/privacy-requests/1/files",
        "/api/v1/tokens/1/rotate",
        "/api/v1/security/data-encryption/rotations",
        "/api/v1/security/audit-logs/exports",
    ],
)
def test_what_is_delicate(cast, ada, noon, path):
    noon.shift(timedelta(minutes=10))

    answer = ada.post(path.format(bo=cast.bo.pk), {}, headers={"Idempotency-Key": "k"})

    assert_problem(answer, 403, "step_up_required")


def test_ones_sessions_are_listed_and_ended_by_oneself(cast, ada):
    other = APIClient()
    other.post("/api/v1/auth/login", {"username": "ada", "password": PASSWORD})

    rows = ada.get("/api/v1/auth/sessions").json()
    assert sorted(row["is_this"] for row in rows) == [False, True]
    [elsewhere] = [row["reference"] for row in rows if not row["is_this"]]
    assert ada.post(f"/api/v1/auth/sessions/{elsewhere}/end").status_code == 204
    assert other.get("/api/v1/me").status_code == 401
    assert ada.get("/api/v1/me").status_code == 200
    assert_problem(ada.post(f"/api/v1/auth/sessions/{elsewhere}/end"), 404, "not_found")
