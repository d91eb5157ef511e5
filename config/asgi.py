"""ASGI door: HTTP for the demo server, WebSocket routes gathered from the plugs."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path
from django.utils.module_loading import import_string

from config.settled import settle
from config.tracing import tracing_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
tracing_start()
http = get_asgi_application()

from hotel.accounts.socket_door import TicketSockets  # noqa: E402
from hotel.core.plugs import plugs  # noqa: E402  (the registry needs loaded apps)
from hotel.monitoring.services.attendant import attendant  # noqa: E402
from hotel.properties.middleware import TenantSockets  # noqa: E402

# The server imports this after it has set its handlers, and ends by the signal itself.
attendant.end_on_terminate()

sockets = [
    path(f"ws/{route.path}", import_string(route.consumer).as_asgi())
    for plug in plugs()
    for route in plug.sockets
]
application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(TicketSockets(TenantSockets(URLRouter(sockets))))
        ),
    }
)
settle()
