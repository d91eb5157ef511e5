"""The door of websockets: a ticket in the address signs in who has no session."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser

from hotel.accounts.middleware import due_in
from hotel.accounts.services.socket_tickets import ticket_use
from hotel.accounts.shoulder import ACTING_KEY


class TicketSockets:
    """Uses up ``?ticket=`` of a socket; who has a session needs none.

    A session in which somebody looks as another opens none: pages work without, and the
    socket would be told as one person only. Nor does one in which something must be set up first.
    """

    def __init__(self, inner: Callable[..., Awaitable[Any]]) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Serve the socket, signed in by the ticket if it counts."""
        query = parse_qs(scope.get("query_string", b"").decode(errors="replace"))
        [ticket] = query.get("ticket", [""])[:1]
        if ticket and not scope["user"].is_authenticated:
            user = await database_sync_to_async(ticket_use)(ticket=ticket)
            scope = {**scope, "user": user or scope["user"]}
        elif await database_sync_to_async(opens_none)(scope.get("session"), scope["user"]):
            scope = {**scope, "user": AnonymousUser()}
        return await self.inner(scope, receive, send)


def opens_none(session: Any, user: Any) -> bool:
    """Whether a session may open no socket now."""
    return session is not None and (ACTING_KEY in session or bool(due_in(session, user)))
