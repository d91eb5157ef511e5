"""Headers that every answer carries beyond those of Django and the content security policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from hotel.core.api.errors import problem_response

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_OPEN = ("/static/", "/api/schema", "/api/docs", "/api/health/")
_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class AnswerHeadersMiddleware:
    """Answers to people and programs that are known are kept by no cache; no page may use a device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add what is missing; methods that nobody here speaks are refused before."""
        response = self.get_response(request) if request.method in _METHODS else _not_spoken(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(_OPEN):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _not_spoken(request: HttpRequest) -> HttpResponse:
    """405: a problem for programs, nothing for others."""
    if not request.path.startswith("/api/"):
        return HttpResponseNotAllowed(sorted(_METHODS))
    response = problem_response(request, 405, "method_not_allowed", f'Method "{request.method}" not allowed.')
    response["Allow"] = ", ".join(sorted(_METHODS))
    return response
