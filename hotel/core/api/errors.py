"""One handler turns every refusal into problem+json with a stable code (RFC 9457)."""

import logging
import math
import sys
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from psycopg.errors import (
    DeadlockDetected,
    DiskFull,
    InsufficientPrivilege,
    LockNotAvailable,
    QueryCanceled,
    ReadOnlySqlTransaction,
    SerializationFailure,
)
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from hotel.core.api.parsers import PayloadTooLarge
from hotel.core.exceptions import PmsError, ReadOnly, StorageLow
from hotel.core.postgresql.read_only import is_read_only
from hotel.core.words import _, gettext_noop

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
Known = tuple[int, str, str, Any, Any, dict[str, str]]
CONTRADICTS = gettext_noop("This would contradict what is stored already.")
TAKES_NONE = gettext_noop("No changes are taken at present. Nothing was changed.")
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
    PayloadTooLarge: "payload_too_large",
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
    detail = _fit_for(request, code, detail)
    body = problem(status=status, code=code, detail=detail, request=request, fields=fields, extra=extra)
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def refusal(request: Any, *, status: int, code: str, detail: str) -> Response:
    """A refusal that is answered and not raised, so that what the view has written stays."""
    body = problem(status=status, code=code, detail=detail, request=request)
    return Response(body, status=status, content_type=CONTENT_TYPE)


def _known(exc: Exception) -> Known | None:
    if isinstance(exc, PmsError):
        return exc.status, exc.code, exc.message, exc.fields, exc.extra, _patience(exc)
    if isinstance(exc, exceptions.ValidationError):
        return 400, "invalid", _("Some fields are not valid."), _field_errors(exc.detail), None, {}
    if isinstance(exc, ValidationError):
        fields = exc.message_dict if hasattr(exc, "error_dict") else {"non_field_errors": exc.messages}
        return 400, "invalid", _("Some fields are not valid."), fields, None, {}
    if isinstance(exc, Http404 | ObjectDoesNotExist):
        return 404, "not_found", _("There is no such thing, or it is not yours to see."), None, None, {}
    if isinstance(exc, PermissionDenied):
        return 403, "permission_denied", _("You may not do this."), None, None, {}
    if isinstance(exc, exceptions.APIException):
        return _from_drf(exc)
    if isinstance(exc, RequestDataTooBig):
        return 413, "payload_too_large", PayloadTooLarge.default_detail, None, None, {}
    return _from_database(exc)


def _patience(exc: PmsError) -> dict[str, str]:
    """When to come back, where coming back helps."""
    if exc.code in {"idempotency_key_in_flight", "lock_refused"}:
        return {"Retry-After": "1"}
    return {"Retry-After": "60"} if isinstance(exc, ReadOnly | StorageLow) else {}


def _from_drf(exc: exceptions.APIException) -> Known:
    code = next((code for kind, code in _DRF_CODES.items() if isinstance(exc, kind)), "error")
    headers = {}
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = f"{math.ceil(wait)}"
    return exc.status_code, code, str(exc.detail), None, None, headers


def conflict_of(exc: BaseException | None) -> Known | None:
    """What to tell where the database keeps what is stored from being contradicted; None for any other error.

    Services refuse before that: it is what is left of two people who did the same thing at the same instant.
    """
    if isinstance(exc, ProtectedError | RestrictedError):
        detail = _("Other records still refer to this; close it with a date instead.")
        return 409, "in_use", detail, None, None, {}
    if isinstance(exc, IntegrityError):
        name = getattr(getattr(exc.__cause__, "diag", None), "constraint_name", "") or ""
        return 409, "conflict", _(CONTRADICTS), None, {"constraint": name}, {}
    if (
        isinstance(exc, ProgrammingError)
        and isinstance(exc.__cause__, InsufficientPrivilege)
        and not lacks_rights(exc)
    ):
        # A backstop, too: a row of another hotel. Who asked learns of it no more than of any conflict.
        logger.error("The database refused what the code had let pass.", exc_info=exc)
        return 409, "conflict", _(CONTRADICTS), None, None, {}
    return None


def lacks_rights(exc: BaseException | None) -> bool:
    """Whether the role that the house works as may not touch a table at all: the installation is not complete.

    PostgreSQL has one code for that and for a row behind the wall; the place in its source tells them apart, in
    every language of its messages.
    """
    cause = exc.__cause__ if isinstance(exc, ProgrammingError) else None
    if not isinstance(cause, InsufficientPrivilege):
        return False
    return (cause.diag.source_function or "").startswith("aclcheck_error")


def _from_database(exc: Exception) -> Known | None:
    if conflict := conflict_of(exc):
        return conflict
    if isinstance(exc, DataError):
        # A backstop: the serializer should have said which field. Hence the log.
        logger.warning("Input reached the database that no column can hold.", exc_info=exc)
        return 400, "invalid", _("A value is too large or too long to be stored."), None, None, {}
    return _from_outage(exc.__cause__) if _is_outage(exc) else None


def _is_outage(exc: BaseException | None) -> bool:
    """Whether an error is no fault of the code: the database is away, takes no changes, or was set up in part."""
    return isinstance(exc, OperationalError | InterfaceError) or is_read_only(exc) or lacks_rights(exc)


def _from_outage(cause: BaseException | None) -> Known:
    """The database refused or did not answer: what to tell, and when to come back."""
    if isinstance(cause, LockNotAvailable | DeadlockDetected | SerializationFailure):
        detail = _("Someone else is working on this right now. Please try again.")
        return 409, "lock_refused", detail, None, None, {"Retry-After": "1"}
    if isinstance(cause, QueryCanceled):
        return (
            503,
            "timeout",
            _("The request took too long. Nothing was changed."),
            None,
            None,
            {"Retry-After": "2"},
        )
    if isinstance(cause, DiskFull):
        return (
            507,
            "storage_full",
            _("The disk is full. Nothing was changed."),
            None,
            None,
            {"Retry-After": "60"},
        )
    if isinstance(cause, ReadOnlySqlTransaction):
        return 503, "read_only", cause.diag.message_detail or _(TAKES_NONE), None, None, {"Retry-After": "60"}
    if isinstance(cause, InsufficientPrivilege):
        logger.critical(
            "The database refuses a right that the house needs: %s. Run ./auberge roles, then migrate as the owner.",
            cause.diag.message_primary,
        )
        detail = _(
            "The database is not set up completely. Nothing was changed; whoever runs the house must look."
        )
        return 503, "database_rights_missing", detail, None, None, {"Retry-After": "60"}
    detail = _("The database is not reachable. Nothing was changed.")
    return 503, "database_unavailable", detail, None, None, {"Retry-After": "2"}


def _field_errors(detail: Any) -> dict[str, Any]:
    return detail if isinstance(detail, dict) else {"non_field_errors": detail}


def bad_request(request: Any, exception: Exception) -> HttpResponse:
    """Django's 400 door: what could not even be read, such as an unknown host name."""
    if not request.path.startswith("/api/"):
        return defaults.bad_request(request, exception)
    return problem_response(request, 400, "malformed", "The request cannot be read.")


def page_not_found(request: Any, exception: Exception) -> HttpResponse:
    """Django's 404 door: a problem for programs, a page for people."""
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    detail = "There is no such endpoint; /api/docs lists them. Paths have no trailing slash."
    return problem_response(request, 404, "not_found", detail)


def server_error(request: Any) -> HttpResponse:
    """Django's 500 door: says the request's id, by which the log can be searched, and nothing else.

    A database that is away is no fault of the code, wherever it is noticed: 503, and when to come back.
    """
    cause = sys.exc_info()[1]
    if cause is not None and _is_outage(cause):
        return _outage_answer(request, cause)
    if not request.path.startswith("/api/"):
        # Without context processors: whatever broke must not break the page that says so.
        return HttpResponse(render_to_string("500.html", {"request": request}), status=500)
    return problem_response(
        request, 500, "internal_error", "Something broke here. Please report the request id."
    )


def _outage_answer(request: Any, cause: BaseException) -> HttpResponse:
    status, code, detail, _, _, headers = _from_outage(cause.__cause__)
    detail = _fit_for(request, code, detail)
    if request.path.startswith("/api/"):
        answer: HttpResponse = problem_response(request, status, code, detail)
    else:
        answer = HttpResponse(
            render_to_string("503.html", {"request": request, "detail": detail}), status=status
        )
    for name, value in headers.items():
        answer[name] = value
    return answer


def _fit_for(request: Any, code: str, detail: str) -> str:
    """Why a hotel takes no changes is its own business: whoever is not signed in reads only that it does not."""
    if code != "read_only" or getattr(getattr(request, "user", None), "is_authenticated", False):
        return detail
    return _(TAKES_NONE)


def problem_response(request: Any, status: int, code: str, detail: str) -> JsonResponse:
    """An error answer made outside DRF."""
    body = problem(status=status, code=code, detail=detail, request=request)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
