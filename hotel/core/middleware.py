"""Gives every request an id that appears in errors, logs, tasks and the trail, and tells the database who acts."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from hotel.core.access_notes import access_noted
from hotel.core.actor import acting

_ACCEPTED = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class RequestIdMiddleware:
    """Takes ``X-Request-Id`` when it is well-formed, makes one otherwise, and returns it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``request.request_id`` and the response header."""
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _ACCEPTED.match(given) else uuid.uuid4().hex
        request.META["HTTP_X_REQUEST_ID"] = request_id
        request.__dict__.pop("headers", None)  # cached from META before, perhaps
        request.request_id = request_id  # type: ignore[attr-defined]
        with bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class ActorMiddleware:
    """Says who acts in pages and the admin; the API corrects it as soon as it knows the caller of a token.

    The reason is the header ``X-Reason``. What people write into forms stays in rows, where an erasure finds it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the actor told, and write down whose data was shown."""
        with (
            acting(
                door=door_of(request.path),
                user_id=request.user.pk,
                impersonator_id=getattr(getattr(request, "impersonator", None), "pk", None),
                request_id=getattr(request, "request_id", ""),
                address=request.META.get("REMOTE_ADDR", ""),
                reason=request.META.get("HTTP_X_REASON", ""),
            ),
            access_noted(),
        ):
            return self.get_response(request)


def door_of(path: str) -> str:
    """``api``, ``admin`` or ``page``."""
    if path.startswith("/api/"):
        return "api"
    return "admin" if path.startswith("/admin/") else "page"
