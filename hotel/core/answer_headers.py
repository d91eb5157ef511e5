"""Headers that every answer carries beyond those of Django and the content security policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_OPEN = ("/static/", "/api/schema", "/api/docs", "/api/health/")
_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class AnswerHeadersMiddleware:
    """Answers to people and programs that are known are kept by no cache; no page may use a device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add what is missing; methods that nobody here speaks are refused before."""
        is_spoken = request.method in _METHODS
        response = self.get_response(request) if is_spoken else HttpResponseNotAllowed(sorted(_METHODS))
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(_OPEN):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
