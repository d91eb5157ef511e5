"""The one way out: every call that the house makes to an address somebody typed, and the client for operators' own.

``call`` asks a name once, checks each of its addresses, and connects to the address that was checked under the URL's
name, so that a name which changes in between leads nowhere. No proxies of the environment, hard limits of time and
size, redirects off unless asked for, and then each checked like the first. Who does not answer is left in peace for a
while: see ``breakers``.

Source: security reference §4.11 and §5.3.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from hotel.core.breakers import NotAsked, breakers
from hotel.core.public_addresses import is_public, url_problem
from hotel.core.words import _

# Names are asked in threads of our own: asyncio would wait at its end for one that hangs.
_resolvers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT_ON_REDIRECT = frozenset({"accept", "user-agent"})
_NOBODY = frozenset({502, 503, 504})
_UNANSWERED = (TimeoutError, OSError, httpx.TransportError)


class UrlRefused(Exception):
    """The house does not call this URL; the text says why."""


class OutboundFailed(Exception):
    """There was no answer; the text says why."""


@dataclass(frozen=True)
class Limits:
    """What one call may use.

    Attributes:
        allow_private: also http, any port and inner addresses; for an installation on one machine.
        connect_seconds, resolve_seconds, total_seconds: the last covers redirects too.
        max_bytes: of the answer's body; the rest is not read.
        max_redirects: followed, each checked; beyond them the redirect itself is the answer.
    """

    allow_private: bool = False
    connect_seconds: float = 5
    resolve_seconds: float = 3
    total_seconds: float = 10
    max_bytes: int = 1_000_000
    max_redirects: int = 0


@dataclass(frozen=True)
class Reply:
    """What came back: ``body`` has at most ``max_bytes``; ``is_cut`` says that there was more."""

    status: int
    body: bytes
    is_cut: bool
    headers: Mapping[str, str] = field(default_factory=dict)


def url_check(url: str, limits: Limits) -> str:
    """Resolve a URL's host once. Returns the IP address to connect to.

    Raises:
        UrlRefused: bad form, unknown host, or any of its addresses is not public.
    """
    return asyncio.run(_checked_address(url, limits))


def call(
    method: str, url: str, *, limits: Limits, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Reply:
    """Make one call.

    Raises:
        UrlRefused: the URL, or one it redirects to, is none that the house calls.
        OutboundFailed: no connection, a bad certificate, no answer in time, or none that is HTTP; or the URL has not
            answered lately and was not asked.
    """
    asked = _followed(method, url, body, dict(headers or {}), limits)
    try:
        with breakers.guarded(url.partition("?")[0], "webhook", _UNANSWERED):
            return asyncio.run(asyncio.wait_for(asked, limits.total_seconds))
    except NotAsked as error:
        asked.close()
        raise OutboundFailed(str(error)) from error
    except TimeoutError as error:
        raise OutboundFailed(f"No answer within {limits.total_seconds:g} seconds.") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise OutboundFailed(f"{type(error).__name__}: {error}"[:400]) from error


def operators_client(
    purpose: str, timeout: httpx.Timeout | None = None, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """A client for addresses that the operator set, not a user: private networks are fine.

    Safe for threads, and keeps no connection alive: a processor that answers twice leaves its second answer on the
    connection, and the next request would take that for its own. No redirects, no proxies of the environment. A server
    that does not answer is not asked for a while: ``httpx.ConnectError``, as when nobody listens.

    Args:
        purpose: what the server is for, in the words of health and metrics.
        timeout: of each phase of a call; by default ten seconds, three to connect.
        transport: stands in for the network in tests.
    """
    way = transport or httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)
    return httpx.Client(
        timeout=timeout or httpx.Timeout(10, connect=3),
        follow_redirects=False,
        trust_env=False,
        transport=_Guarded(way, purpose),
    )


class _Guarded(httpx.BaseTransport):
    """A transport behind the circuit of each server."""

    def __init__(self, way: httpx.BaseTransport, purpose: str) -> None:
        self.way, self.purpose = way, purpose

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """As the other transport; a proxy that says that nobody is behind it is no answer."""
        server = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
        try:
            with breakers.guarded(server, self.purpose, _UNANSWERED) as call:
                response = self.way.handle_request(request)
                if response.status_code in _NOBODY:
                    call.unanswered()
                return response
        except NotAsked as error:
            raise httpx.ConnectError(str(error), request=request) from error

    def close(self) -> None:
        """See httpx.BaseTransport."""
        self.way.close()


async def _checked_address(url: str, limits: Limits) -> str:
    if problem := url_problem(url, allow_private=limits.allow_private):
        raise UrlRefused(problem)
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UrlRefused(_("This is not a URL.")) from error
    asked = asyncio.get_running_loop().run_in_executor(_resolvers, _addresses, target.host, target.port)
    try:
        addresses = await asyncio.wait_for(asked, limits.resolve_seconds)
    except TimeoutError as error:
        raise UrlRefused(_("The host name could not be resolved in time.")) from error
    except (OSError, UnicodeError) as error:
        raise UrlRefused(_("The host name cannot be resolved.")) from error
    if not addresses or not (limits.allow_private or all(is_public(address) for address in addresses)):
        raise UrlRefused(_("The host is not on the public internet."))
    return addresses[0]


def _addresses(host: str, port: int | None) -> list[str]:
    """Every address of a name."""
    return [
        str(entry[4][0])
        for entry in socket.getaddrinfo(host.strip("[]"), port or 443, type=socket.SOCK_STREAM)
    ]


async def _followed(method: str, url: str, body: bytes, headers: dict[str, str], limits: Limits) -> Reply:
    """Call, and go where the answer sends us as often as allowed; secrets in headers stay with the first host."""
    for _hop in range(limits.max_redirects):
        reply = await _once(method, url, body, headers, limits)
        location = reply.headers.get("location", "")
        if reply.status not in _REDIRECTS or not location:
            return reply
        url = urljoin(url, location)
        headers = {name: value for name, value in headers.items() if name.lower() in _KEPT_ON_REDIRECT}
        if reply.status not in {307, 308}:
            method, body = "GET", b""
    return await _once(method, url, body, headers, limits)


async def _once(method: str, url: str, body: bytes, headers: dict[str, str], limits: Limits) -> Reply:
    """Connect to the address that was checked, with the URL's own name for Host and certificate."""
    address = ipaddress.ip_address(await _checked_address(url, limits))
    target = httpx.URL(url)
    pinned = target.copy_with(host=f"[{address}]" if address.version == 6 else str(address))
    headers = {**headers, "Host": target.netloc.decode("ascii"), "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(limits.total_seconds, connect=limits.connect_seconds)
    async with (
        httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False) as client,
        client.stream(
            method, pinned, content=body, headers=headers, extensions={"sni_hostname": target.host}
        ) as response,
    ):
        received = b""
        async for chunk in response.aiter_raw():
            received += chunk
            if len(received) > limits.max_bytes:
                break
        is_cut = len(received) > limits.max_bytes
        return Reply(response.status_code, received[: limits.max_bytes], is_cut, dict(response.headers))
