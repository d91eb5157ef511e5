"""Sessions of people go on while they are used, up to their limit; who must set something up first does only that."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hotel.accounts.sessions import record_is_confirmed, record_touch
from hotel.core.api.errors import problem_response
from hotel.core.words import _, gettext_noop

REFRESH_HEADER = "X-Refresh"  # a page says so when it asks by itself, and nobody has touched a key
SETUP_KEY = "second_factor_setup"
SETUP_PAGE = "/account"
PASSWORD_API = "/api/v1/auth/password"  # noqa: S105  (a path)
_OPEN = ("/logout", "/static/", "/api/v1/auth/logout", "/api/health/", "/csp-report")
REFUSALS = {
    "second_factor_setup_required": gettext_noop(
        "Your role or hotel asks for a second step. Set one up at %(page)s, then sign in again."
    ),
    "new_password_required": gettext_noop("You must set another password first, at %(page)s or %(api)s."),
}


class SignInGate:
    """Looks only at sessions of people; machines have none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the page."""
        if SESSION_KEY in request.session:
            if record_touch(request.session, is_used=REFRESH_HEADER not in request.headers):
                request.is_confirmed = record_is_confirmed(request.session)  # type: ignore[attr-defined]
            else:
                request.session.flush()
        code = due_first(request)
        if not code or request.path == SETUP_PAGE or request.path.startswith(_OPEN):
            return self.get_response(request)
        if not request.path.startswith("/api/"):
            return redirect(SETUP_PAGE)
        if code == "new_password_required" and request.path == PASSWORD_API:
            return self.get_response(request)
        words = _(REFUSALS[code]) % {"page": SETUP_PAGE, "api": PASSWORD_API}
        return problem_response(request, 403, code, words)


def due_first(request: Any) -> str:
    """What this person must do before anything else, as a code of ``REFUSALS``; empty for nothing."""
    return due_in(request.session, request.user)


def due_in(session: Any, user: Any) -> str:
    """The same of a session and its person, who is looked up only where somebody is signed in."""
    if session.get(SETUP_KEY):
        return "second_factor_setup_required"
    is_due = SESSION_KEY in session and getattr(user, "password_due_since", None) is not None
    return "new_password_required" if is_due else ""
