"""Who looks as somebody else is answered as that person, and reads only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hotel.accounts.choices import ImpersonationEnd
from hotel.accounts.domain.impersonations import is_as_oneself, refusal_of
from hotel.accounts.models import Impersonation
from hotel.accounts.services.impersonations import impersonation_end
from hotel.accounts.shoulder import ACTING_KEY, look_of, person_seen
from hotel.core.actor import acting
from hotel.core.api.errors import problem_response
from hotel.core.middleware import door_of
from hotel.core.security_events import security_event
from hotel.core.words import _, gettext_noop

REFUSALS = {
    "acting_as_read_only": gettext_noop(
        "You look as somebody else: nothing can be changed. End it first, then act as yourself."
    ),
    "acting_as_own_account": gettext_noop(
        "How people sign in is their own. You do not see it when you look as them."
    ),
}


class ImpersonationMiddleware:
    """Answers as the person who is looked at, reading only; ``request.impersonator`` is who looks.

    Whether he still may is asked with every request, so that a right or an account that is taken ends it at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, as whom it may be."""
        if ACTING_KEY not in request.session:
            return self.get_response(request)
        with acting(
            door=door_of(request.path),
            user_id=request.user.pk,
            request_id=getattr(request, "request_id", ""),
            address=request.META.get("REMOTE_ADDR", ""),
        ):
            row = look_of(request)
            if row is None:
                del request.session[ACTING_KEY]
                return _ended(request)
            if is_as_oneself(request.path):
                return self._as_oneself(request, row)
        request.impersonation, request.impersonator = row, row.actor  # type: ignore[attr-defined]
        request.user = person_seen(row, row.actor)
        request.is_confirmed = False  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Refuse what is closed meanwhile, within the scope of the person who is looked at."""
        if not hasattr(request, "impersonation"):
            return None
        code = refusal_of(request.method or "", request.path)
        if not code:
            return None
        security_event("impersonation_refused", code=code, impersonation=request.impersonation.pk)
        if request.path.startswith("/api/"):
            return problem_response(request, 403, code, _(REFUSALS[code]))
        return render(request, "registration/acting_refused.html", {"words": _(REFUSALS[code])}, status=403)

    def _as_oneself(self, request: HttpRequest, row: Impersonation) -> HttpResponse:
        """End it, or sign out, which ends it, too."""
        response = self.get_response(request)
        if ACTING_KEY not in request.session:
            impersonation_end(impersonation=row, ending=ImpersonationEnd.SIGNED_OUT)
        return response


def _ended(request: HttpRequest) -> HttpResponse:
    """What was asked for is not done: whoever asked thought that he was somebody else."""
    if request.path.startswith("/api/"):
        text = _("You look as nobody else any more: the time is over, or you may not. Ask again as yourself.")
        return problem_response(request, 403, "acting_as_ended", text)
    return render(request, "registration/acting_ended.html", status=403)
