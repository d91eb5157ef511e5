"""Tells callers of deprecated operations, and ends operations at their sunset."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from hotel.core.api.errors import CONTENT_TYPE, problem
from hotel.core.clock import now
from hotel.monitoring.domain.versions import Deprecation, fields_of
from hotel.monitoring.selectors.operations import operation_of
from hotel.monitoring.selectors.versions import api_life


class DeprecationMiddleware:
    """Adds RFC 9745 and RFC 8594 fields to each answer of a deprecated operation, refusals included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with fields when its operation is deprecated."""
        response = self.get_response(request)
        if out := _deprecation_of(request):
            for name, value in fields_of(out).items():
                response[name] = (
                    f"{response[name]}, {value}" if name == "Link" and "Link" in response else value
                )
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """410 for an operation whose sunset has come, before anything is looked at."""
        out = _deprecation_of(request)
        if out is None or not out.is_over(now()):
            return None
        after = f" Use {out.successor}." if out.successor else ""
        body = problem(
            status=410,
            code="sunset",
            detail=f"This operation ended on {out.sunset_on}.{after}",
            request=request,
            extra={"sunset_on": out.sunset_on.isoformat(), "successor": out.successor},
        )
        return JsonResponse(body, status=410, content_type=CONTENT_TYPE)


def _deprecation_of(request: HttpRequest) -> Deprecation | None:
    outs = api_life().deprecations
    if not outs or request.resolver_match is None:
        return None
    found = outs.get(operation_of(request.method or "", request.resolver_match.route))
    return found if found and found.is_announced(now()) else None


def mark_deprecated(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Say ``deprecated: true`` in the API description (drf-spectacular hook)."""
    for name in api_life().deprecations:
        method, path = name.split(" ", 1)
        operation = result["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["deprecated"] = True
    return result
