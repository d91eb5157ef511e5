"""Whom to believe about where a request comes from: only proxies that the operator named.

Source: ASVS 4.1.3; security reference §4.2.
"""

import ipaddress
import re
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from hotel.core.api.errors import problem_response

_TOLD = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_X_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REWRITE_URL",
)

_VERSIONED = re.compile(r"/api/v\d+/")
TLS_REQUIRED = (
    "Call this address by https. What was sent came in clear: replace the token or password that was in it."
)


class TrustedProxyMiddleware:
    """Puts the caller's own address into ``REMOTE_ADDR``; what anybody else tells of addresses is taken away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Walk the chain from the nearest proxy outwards to the first address that is none of ours."""
        meta = request.META
        if not is_trusted(meta.get("REMOTE_ADDR", "")):
            for name in _TOLD:
                meta.pop(name, None)
            return self.get_response(request)
        hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        while hops and is_address(hops[-1]):
            meta["REMOTE_ADDR"] = hops.pop()
            if not is_trusted(meta["REMOTE_ADDR"]):
                break
        return self.get_response(request)


class ApiOverTlsMiddleware:
    """Programs that call the API without TLS are refused, not led on: they would never notice that all can listen.

    Source: ASVS 5.0 4.1.2.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SECURE_SSL_REDIRECT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 403 (``tls_required``) to a version of the API in clear; its documents are pages for people."""
        if _VERSIONED.match(request.path) and not request.is_secure():
            return problem_response(request, 403, "tls_required", TLS_REQUIRED)
        return self.get_response(request)


def is_address(text: str) -> bool:
    """Whether a text is one IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_trusted(address: str) -> bool:
    """Whether an address is one of the operator's proxies; a local socket, which has none, is ``unix`` there."""
    if not address:
        return "unix" in settings.TRUSTED_PROXIES
    return is_address(address) and any(
        ipaddress.ip_address(address) in network for network in _networks(tuple(settings.TRUSTED_PROXIES))
    )


@cache
def _networks(names: tuple[str, ...]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(name) for name in names if name != "unix")
