"""Pages and the administration say it in words when the database keeps what is stored from being contradicted."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from hotel.core.api.errors import conflict_of

logger = logging.getLogger(__name__)


class ConflictPages:
    """Answers 409 where a page lets such a refusal through; the API has its own handler, other errors stay faults."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What was refused is undone; say why and what to do next."""
        found = None if request.path.startswith("/api/") else conflict_of(exception)
        if found is None:
            return None
        status, _, detail, _, extra, _ = found
        logger.warning("The database refused %s of %s: %s", request.method, request.path, extra)
        return HttpResponse(
            render_to_string("409.html", {"request": request, "detail": detail}), status=status
        )
