"""Every refusal becomes problem+json with a stable code; the unknown stays a 500 without details."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.test import RequestFactory
from psycopg import errors as pg
from rest_framework import exceptions as drf
from rest_framework.test import APIClient

from hotel.core.api.errors import exception_handler, server_error
from hotel.core.api.parsers import PayloadTooLarge
from hotel.core.api.versions import PreconditionRequired
from hotel.core.exceptions import (
    Conflict,
    ExternalFailure,
    InvalidInput,
    NotAvailable,
    NotFound,
    NotPermitted,
    PmsError,
    RuleBroken,
    VersionConflict,
)
from hotel.core.locks import LockRefused
from hotel.core.models import DeclaredSchedule
from hotel.properties.tenancy import tenant_scope


def caused(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


def answer(error: Exception):
    return exception_handler(error, {"request": SimpleNamespace(request_id="r-12345678")})


CASES = [
    (PmsError("x"), 400, "error"),
    (InvalidInput("x"), 400, "invalid"),
    (NotPermitted("x"), 403, "permission_denied"),
    (NotFound("x"), 404, "not_found"),
    (Conflict("x"), 409, "conflict"),
    (NotAvailable("x", code="room_type_sold_out"), 409, "room_type_sold_out"),
    (LockRefused("x"), 409, "lock_refused"),
    (VersionConflict("x"), 412, "version_conflict"),
    (RuleBroken("x"), 422, "rule_broken"),
    (PreconditionRequired("x"), 428, "precondition_required"),
    (ExternalFailure("x"), 502, "external_failure"),
    (drf.ValidationError({"n": ["x"]}), 400, "invalid"),
    (ModelValidationError({"n": ["x"]}), 400, "invalid"),
    (drf.ParseError(), 400, "malformed"),
    (drf.NotAuthenticated(), 401, "not_authenticated"),
    (drf.AuthenticationFailed(), 401, "authentication_failed"),
    (drf.PermissionDenied(), 403, "permission_denied"),
    (PermissionDenied(), 403, "permission_denied"),
    (drf.NotFound(), 404, "not_found"),
    (Http404(), 404, "not_found"),
    (ObjectDoesNotExist(), 404, "not_found"),
    (drf.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
    (drf.NotAcceptable(), 406, "not_acceptable"),
    (PayloadTooLarge(), 413, "payload_too_large"),
    (RequestDataTooBig(), 413, "payload_too_large"),
    (drf.UnsupportedMediaType("text/xml"), 415, "unsupported_media_type"),
    (drf.Throttled(wait=2.2), 429, "throttled"),
    (drf.APIException(), 500, "error"),
    (ProtectedError("x", set()), 409, "in_use"),
    (RestrictedError("x", set()), 409, "in_use"),
    (IntegrityError("x"), 409, "conflict"),
    (DataError("x"), 400, "invalid"),
    (caused(ProgrammingError("x"), pg.InsufficientPrivilege()), 409, "conflict"),
    (caused(OperationalError("x"), pg.LockNotAvailable()), 409, "lock_refused"),
    (caused(OperationalError("x"), pg.DeadlockDetected()), 409, "lock_refused"),
    (caused(OperationalError("x"), pg.SerializationFailure()), 409, "lock_refused"),
    (caused(OperationalError("x"), pg.QueryCanceled()), 503, "timeout"),
    (caused(OperationalError("x"), pg.DiskFull()), 507, "storage_full"),
    (OperationalError("connection refused"), 503, "database_unavailable"),
]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    CASES,
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_error_has_its_status_and_code(error, status, code):
    found = answer(error)
    assert (found.status_code, found.data["status"], found.data["code"]) == (status, status, code)
    assert set(found.data) == {"type", "title", "status", "code", "detail", "fields", "extra", "request_id"}
    assert found.data["request_id"] == "r-12345678"
    assert found.data["detail"]
    assert found.content_type == "application/problem+json"


def test_an_unknown_error_is_nobodys_answer():
    assert answer(ZeroDivisionError()) is None
    assert answer(caused(ProgrammingError("x"), pg.UndefinedTable())) is None


def test_fields_and_extra_are_told():
    found = answer(
        RuleBroken("Too short.", code="min_stay", extra={"nights": 3}, fields={"departure": ["later"]})
    )
    assert found.data["detail"] == "Too short."
    assert (found.data["extra"], found.data["fields"]) == ({"nights": 3}, {"departure": ["later"]})
    assert answer(drf.ValidationError({"n": ["bad"]})).data["fields"] == {"n": ["bad"]}
    assert answer(drf.ValidationError(["bad"])).data["fields"] == {"non_field_errors": ["bad"]}
    assert answer(ModelValidationError({"n": ["bad"]})).data["fields"] == {"n": ["bad"]}
    assert answer(ModelValidationError("bad")).data["fields"] == {"non_field_errors": ["bad"]}


@pytest.mark.parametrize(
    ("error", "seconds"),
    [(LockRefused("x"), "1"), (drf.Throttled(wait=2.2), "3"), (OperationalError("x"), "2")],
    ids=["lock", "throttle", "outage"],
)
def test_when_to_come_back_is_told(error, seconds):
    assert answer(error)["Retry-After"] == seconds


def test_how_to_sign_in_is_told():
    error = drf.NotAuthenticated()
    error.auth_header = "Bearer"
    assert answer(error)["WWW-Authenticate"] == "Bearer"


def refused_by_the_database(sql: str) -> Exception:
    def run():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    with pytest.raises(Exception) as caught:
        run()
    return caught.value


def test_what_the_real_database_raises_is_understood(db):
    DeclaredSchedule.objects.create(name="a", written={})
    twice = "INSERT INTO core_declaredschedule (name, written) VALUES ('a', '{}')"
    found = answer(refused_by_the_database(twice))
    assert (found.status_code, found.data["extra"]) == (409, {"constraint": "core_declaredschedule_name_key"})
    assert answer(refused_by_the_database("SELECT 99999999999::bigint::int")).status_code == 400
    slow = "SET LOCAL statement_timeout = 20; SELECT pg_sleep(2)"
    assert answer(refused_by_the_database(slow)).data["code"] == "timeout"


def test_a_right_that_is_missing_is_no_conflict_and_the_log_says_what_to_do(db, caplog):
    error = refused_by_the_database("SELECT rolname FROM pg_authid")  # only a superuser reads it

    found = answer(error)

    assert (found.status_code, found.data["code"]) == (503, "database_rights_missing")
    assert found["Retry-After"] == "60"
    assert "pg_authid" not in found.data["detail"]
    [record] = [one for one in caplog.records if one.levelname == "CRITICAL"]
    assert "permission denied for table pg_authid. Run ./auberge roles" in record.getMessage()
    for path, content in (("/api/v1/x", "application/problem+json"), ("/desk", "text/html")):
        try:
            raise error
        except ProgrammingError:
            page = server_error(RequestFactory().get(path))
        assert (page.status_code, page["Retry-After"]) == (503, "60")
        assert page["Content-Type"].startswith(content)
        assert "The database is not set up completely. Nothing was changed;" in page.content.decode()


def test_a_row_behind_the_wall_is_answered_as_any_conflict(cast):
    with tenant_scope([cast.alpha.pk]):
        error = refused_by_the_database(
            "INSERT INTO rooms_roomfeature SELECT (jsonb_populate_record(NULL::rooms_roomfeature,"
            f' \'{{"id": 1, "property_id": {cast.beta.pk}}}\'::jsonb)).*'
        )
    assert isinstance(error.__cause__, pg.InsufficientPrivilege)

    found = answer(error)

    assert (found.status_code, found.data["code"]) == (409, "conflict")
    assert found.data["detail"] == "This would contradict what is stored already."


def test_an_unknown_path_of_the_api_is_a_problem(db):
    found = APIClient().get("/api/v1/no-such-thing")
    assert (found.status_code, found.json()["code"]) == (404, "not_found")
    assert found["Content-Type"] == "application/problem+json"
    assert found.json()["request_id"] == found["X-Request-Id"]


def test_an_unknown_page_is_a_page(db):
    found = APIClient().get("/no-such-page")
    assert found.status_code == 404
    assert found["Content-Type"].startswith("text/html")


@pytest.mark.urls("tests.hotel.core.api.broken")
def test_a_fault_of_ours_tells_its_request_id_and_nothing_else():
    client = APIClient(raise_request_exception=False)
    found = client.get("/api/v1/broken", HTTP_X_REQUEST_ID="req-00000017")
    assert found.status_code == 500
    assert found.json()["code"] == "internal_error"
    assert found.json()["request_id"] == "req-00000017"
    assert "secret" not in found.content.decode()
    assert client.get("/broken")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
@pytest.mark.parametrize(
    ("path", "content"), [("/api/v1/x", "application/problem+json"), ("/desk", "text/html")]
)
def test_a_database_that_is_away_is_no_fault_of_the_code_at_any_door(kind, path, content):
    request = RequestFactory().get(path)
    try:
        raise kind("gone") from pg.AdminShutdown()
    except kind:
        answer = server_error(request)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert answer["Content-Type"].startswith(content)
    assert "The database is not reachable. Nothing was changed." in answer.content.decode()


def test_anything_else_at_that_door_is_ours():
    try:
        raise KeyError("x")
    except KeyError:
        assert server_error(RequestFactory().get("/api/v1/x")).status_code == 500
    assert server_error(RequestFactory().get("/desk")).status_code == 500
