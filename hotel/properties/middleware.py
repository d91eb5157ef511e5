"""The scope of a request: pages and the admin see rows of the properties where the person holds any right."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.db import database_sync_to_async
from django.http import HttpRequest, HttpResponse

from hotel.properties.scoping import scope_of
from hotel.properties.tenancy import NOBODY, tenant_scope


class TenantMiddleware:
    """Tells nobody's rows for a request without a person, otherwise those of the person of the session.

    The API narrows anew when it knows the caller of a token; doors without a caller say what they need themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the scope."""
        with tenant_scope(NOBODY), tenant_scope(scope_of(request.user)):
            return self.get_response(request)


class TenantSockets:
    """The same for a websocket; its consumer asks the database within the scope, of which it was told at the start."""

    def __init__(self, inner: Callable[..., Awaitable[Any]]) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Serve the socket within the scope of ``scope["user"]``."""
        properties = await database_sync_to_async(scope_of)(scope["user"])
        with tenant_scope(properties):
            return await self.inner(scope, receive, send)
