"""Who works only at hotels that take no changes is told so at the door; what gets past it the database refuses.

The door knows no row: guests and companies belong to a chain, and whoever works at another hotel of it may still change
them. What must work goes through: signing in and out, and answering incidents, which is how it ends.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hotel.core.disk import full_words
from hotel.core.exceptions import ReadOnly
from hotel.properties.choices import RestraintKind
from hotel.properties.models import Property
from hotel.properties.restraints import standing
from hotel.properties.scoping import scope_of
from hotel.properties.selectors.restraints import read_only_everywhere
from hotel.properties.tenancy import Everything

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = (
    "/login",
    "/logout",
    "/lock",
    "/account",
    "/admin/logout",
    "/csp-report",
    "/dashboard/property",
    "/dashboard/view-as",
    "/dashboard/security/incidents",
    "/api/v1/auth/",
    "/api/v1/oauth/",
    "/api/v1/security/incident-response",
    "/api/v1/security/access-control/emergencies",
)


def is_through(method: str, path: str) -> bool:
    """Whether a request goes through whatever is closed: it reads, or is part of what must work."""
    return method in SAFE or path.startswith(OPEN)


def read_only_words(user: Any, method: str, path: str) -> str:
    """Why a request of a person or token is refused at the door; empty where it may go on."""
    if is_through(method, path):
        return ""
    if words := full_words():
        return words
    if not any(row.kind == RestraintKind.READ_ONLY for row in standing.rows):
        return ""
    scope = scope_of(user)
    ids = Property.objects.values_list("pk", flat=True) if isinstance(scope, Everything) else scope
    held = read_only_everywhere(ids)
    return held.sentence if held is not None else ""


def read_only_gate(user: Any, method: str, path: str) -> None:
    """For the API, where a token's user is known late.

    Raises:
        ReadOnly
    """
    if words := read_only_words(user, method, path):
        raise ReadOnly(words)


class ReadOnlyMiddleware:
    """For pages and the administration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say why not."""
        if request.path.startswith("/api/"):
            return self.get_response(request)
        words = read_only_words(request.user, request.method or "", request.path)
        return read_only_page(request, words) if words else self.get_response(request)


def read_only_page(request: HttpRequest, words: str) -> HttpResponse:
    """What a person sees whose change is refused."""
    response = render(request, "not_at_present.html", {"words": words}, status=503)
    response["Retry-After"] = "60"
    return response
