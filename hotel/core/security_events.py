"""What somebody should know of: refusals and findings that point at an attack or a mistake, one row each.

Inside a request the rows are written after it has been answered, when whatever was refused has been undone.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse

from hotel.core.actor import acting
from hotel.core.middleware import door_of
from hotel.core.models import SecurityEvent

logger = logging.getLogger(__name__)

MOST_PER_REQUEST = 20
_waiting: ContextVar[list[SecurityEvent] | None] = ContextVar("waiting", default=None)


def security_event(kind: str, **detail: Any) -> None:
    """Note one event.

    Args:
        kind: a stable word, such as ``card_data_refused``.
        detail: plain values that help whoever looks; never the thing that was refused.
    """
    event = SecurityEvent(kind=kind, detail=detail)
    logger.warning("Security event %s %s", kind, detail)
    waiting = _waiting.get()
    if waiting is None:
        _write([event])
    elif len(waiting) < MOST_PER_REQUEST:
        waiting.append(event)


class SecurityEventsMiddleware:
    """Writes what a request left to be noted, with who asked and from where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then write."""
        waiting: list[SecurityEvent] = []
        token = _waiting.set(waiting)
        try:
            return self.get_response(request)
        finally:
            _waiting.reset(token)
            if waiting:
                self._write_signed(request, waiting)

    def _write_signed(self, request: HttpRequest, events: list[SecurityEvent]) -> None:
        user = getattr(request, "user", None)
        user_id = user.pk if user is not None and user.is_authenticated else None
        impersonator_id = getattr(getattr(request, "impersonator", None), "pk", None)
        address = request.META.get("REMOTE_ADDR", "")[:45]
        request_id = getattr(request, "request_id", "")[:64]
        for event in events:
            event.user_id, event.address, event.request_id = user_id, address, request_id
            event.path = request.path[:200]
            if impersonator_id is not None:
                event.detail = {**event.detail, "impersonator": impersonator_id}
        with acting(
            door=door_of(request.path),
            user_id=user_id,
            impersonator_id=impersonator_id,
            request_id=request_id,
            address=address,
        ):
            _write(events)


def _write(events: list[SecurityEvent]) -> None:
    """The answer matters more: a database that cannot take them now is logged."""
    try:
        with transaction.atomic():
            SecurityEvent.objects.bulk_create(events)
    except DatabaseError:
        logger.exception("Security events were not written.")
