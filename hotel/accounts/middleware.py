"""Sessions of people go on while they are used, up to their limit; who must set up a second step does only that."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hotel.accounts.sessions import record_is_confirmed, record_touch
from hotel.core.api.errors import problem_response

SETUP_KEY = "second_factor_setup"
SETUP_PAGE = "/account"
_OPEN = ("/logout", "/static/", "/api/v1/auth/logout", "/api/health/", "/csp-report")


class SignInGate:
    """Looks only at sessions of people; machines have none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the page."""
        if SESSION_KEY in request.session:
            if record_touch(request.session):
                request.is_confirmed = record_is_confirmed(request.session)  # type: ignore[attr-defined]
            else:
                request.session.flush()
        if not request.session.get(SETUP_KEY) or request.path == SETUP_PAGE or request.path.startswith(_OPEN):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return problem_response(
                request,
                403,
                "second_factor_setup_required",
                f"Your role asks for a second step. Set one up at {SETUP_PAGE}, then sign in again.",
            )
        return redirect(SETUP_PAGE)
