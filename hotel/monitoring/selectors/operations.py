"""What an endpoint is called and where it belongs, by its route and never by the path of a request."""

import re
from functools import cache, lru_cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PART = re.compile(r"<(?:\w+:)?(\w+)>")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "no endpoint"


@lru_cache(maxsize=4096)
def template_of(route: str) -> str:
    """A route of Django's as in the OpenAPI document: ``api/v1/rooms/<int:pk>`` is ``/api/v1/rooms/{id}``."""
    return "/" + PART.sub(lambda part: "{id}" if part[1] == "pk" else f"{{{part[1]}}}", route)


def operation_of(method: str, route: str) -> str:
    """The name to count an endpoint by, such as ``GET /api/v1/rooms/{id}``; HEAD counts as GET.

    Args:
        method: of HTTP; one that HTTP does not know counts as ``OTHER``, so that names stay few.
        route: of the resolver; empty when no endpoint was found.
    """
    known = "GET" if method == "HEAD" else method if method in METHODS else "OTHER"
    return f"{known} {template_of(route) if route else NO_ROUTE}"


def area_and_kind(view: Any, method: str) -> tuple[str, bool]:
    """The area of a resolved view, empty for none, and whether it answers the method with a list."""
    actions = getattr(view, "actions", None) or {}
    return getattr(getattr(view, "cls", None), "area", ""), actions.get(method.lower()) == "list"


@cache
def areas_by_operation() -> dict[str, str]:
    """Every operation of the API to its area, from the routes; the same until the next deploy."""
    found: dict[str, str] = {}
    for route, pattern in _patterns(get_resolver(), ""):
        for method in getattr(pattern.callback, "actions", None) or {}:
            operation = operation_of(method.upper(), route)
            found[operation] = area_and_kind(pattern.callback, method)[0]
    return found


def _patterns(resolver: Any, before: str) -> Any:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern
