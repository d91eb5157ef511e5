"""One handler turns every refusal into problem+json with a stable code (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from hotel.core.exceptions import PmsError

CONTENT_TYPE = "application/problem+json"
_DRF_CODES = {
    exceptions.NotAuthenticated: "not_authenticated",
    exceptions.AuthenticationFailed: "authentication_failed",
    exceptions.PermissionDenied: "permission_denied",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "throttled",
    exceptions.ParseError: "malformed",
}


def problem(
    *, status: int, code: str, detail: str, request: Any, fields: Any = None, extra: Any = None
) -> dict[str, Any]:
    """The body of an error answer."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "fields": fields or {},
        "extra": extra or {},
        "request_id": getattr(request, "request_id", ""),
    }


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook. Unknown exceptions return None and become a 500 without a body of ours."""
    request = context["request"]
    error = _known(exc)
    if error is None:
        return None
    set_rollback()
    status, code, detail, fields, extra, headers = error
    body = problem(status=status, code=code, detail=detail, request=request, fields=fields, extra=extra)
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def _known(exc: Exception) -> tuple[int, str, str, Any, Any, dict[str, str]] | None:
    if isinstance(exc, PmsError):
        headers = {"Retry-After": "1"} if exc.code in {"idempotency_key_in_flight", "lock_refused"} else {}
        return exc.status, exc.code, exc.message, exc.fields, exc.extra, headers
    if isinstance(exc, exceptions.ValidationError):
        return 400, "invalid", "Some fields are not valid.", _field_errors(exc.detail), None, {}
    if isinstance(exc, ValidationError):
        fields = exc.message_dict if hasattr(exc, "error_dict") else {"non_field_errors": exc.messages}
        return 400, "invalid", "Some fields are not valid.", fields, None, {}
    if isinstance(exc, Http404 | ObjectDoesNotExist):
        return 404, "not_found", "There is no such thing, or it is not yours to see.", None, None, {}
    if isinstance(exc, PermissionDenied):
        return 403, "permission_denied", "You may not do this.", None, None, {}
    if isinstance(exc, exceptions.APIException):
        return _from_drf(exc)
    return _from_database(exc)


def _from_drf(exc: exceptions.APIException) -> tuple[int, str, str, Any, Any, dict[str, str]]:
    code = next((code for kind, code in _DRF_CODES.items() if isinstance(exc, kind)), "error")
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        headers["Retry-After"] = f"{exc.wait:.0f}"
    return exc.status_code, code, str(exc.detail), None, None, headers


def _from_database(exc: Exception) -> tuple[int, str, str, Any, Any, dict[str, str]] | None:
    if isinstance(exc, ProtectedError | RestrictedError):
        return (
            409,
            "in_use",
            "Other records still refer to this; close it with a date instead.",
            None,
            None,
            {},
        )
    if isinstance(exc, IntegrityError):
        name = getattr(getattr(exc.__cause__, "diag", None), "constraint_name", "") or ""
        detail = "This would contradict what is stored already."
        return 409, "conflict", detail, None, {"constraint": name}, {}
    if isinstance(exc, OperationalError) and isinstance(exc.__cause__, LockNotAvailable | DeadlockDetected):
        detail = "Someone else is working on this right now. Please try again."
        return 409, "lock_refused", detail, None, None, {"Retry-After": "1"}
    if isinstance(exc, OperationalError):
        busy = isinstance(exc.__cause__, QueryCanceled)
        detail = (
            "The request took too long." if busy else "The database is not reachable. Nothing was changed."
        )
        return 503, "timeout" if busy else "database_unavailable", detail, None, None, {"Retry-After": "2"}
    return None


def _field_errors(detail: Any) -> dict[str, Any]:
    return detail if isinstance(detail, dict) else {"non_field_errors": detail}
