"""ASGI door: HTTP for the demo server, WebSocket routes gathered from the plugs."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
http = get_asgi_application()

from hotel.core.plugs import plugs  # noqa: E402  (the registry needs loaded apps)
from hotel.properties.middleware import TenantSockets  # noqa: E402

sockets = [
    path(f"ws/{route.path}", import_string(route.consumer).as_asgi())
    for plug in plugs()
    for route in plug.sockets
]
application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(TenantSockets(URLRouter(sockets)))),
    }
)
