"""Calls a webhook: only public addresses, the checked address itself, no redirects, hard limits of time and size.

Source: security reference §4.11 and §5.3.
"""

import asyncio
import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from hotel.messaging.domain.outbound import is_public, url_problem

CONNECT_SECONDS = 3
TOTAL_SECONDS = 10
MAX_ANSWER_BYTES = 65_536
RESOLVE_SECONDS = 3


class UrlRefused(Exception):
    """The house does not call this URL; the text says why."""


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        status: HTTP status; None when there was no answer.
        text: the beginning of the body, at most 300 characters.
        error: why there was no acceptable answer; empty for 2xx.
        duration_ms: from start to answer or failure.
    """

    status: int | None
    text: str
    error: str
    duration_ms: int


def url_check(url: str) -> str:
    """Resolve a URL's host once. Returns the IP address to connect to.

    Raises:
        UrlRefused: bad form, unknown host, or any of its addresses is not public.
    """
    try:
        return asyncio.run(asyncio.wait_for(_checked_address(url), RESOLVE_SECONDS))
    except TimeoutError as error:
        raise UrlRefused("The host name could not be resolved in time.") from error


def webhook_post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST a body; never raises. Anything but 2xx counts as a failure, also a redirect."""
    started = time.monotonic()
    status: int | None = None
    text = ""
    try:
        status, text = asyncio.run(asyncio.wait_for(_post(url, body, headers), TOTAL_SECONDS))
        error = "" if 200 <= status < 300 else f"The receiver answered {status}."
    except TimeoutError:
        error = f"No answer within {TOTAL_SECONDS} seconds."
    except (UrlRefused, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as failure:
        error = f"{type(failure).__name__}: {failure}"[:400]
    return Answer(status, text, error, round((time.monotonic() - started) * 1000))


async def _checked_address(url: str) -> str:
    allow_private = settings.WEBHOOK_ALLOW_PRIVATE
    if problem := url_problem(url, allow_private=allow_private):
        raise UrlRefused(problem)
    parts = urlsplit(url)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            parts.hostname, parts.port or 443, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise UrlRefused("The host name cannot be resolved.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not (allow_private or all(is_public(address) for address in addresses)):
        raise UrlRefused("The host is not on the public internet.")
    return addresses[0]


async def _post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """Connect to the address that was checked, with the URL's own name for Host and certificate."""
    address = ipaddress.ip_address(await _checked_address(url))
    target = httpx.URL(url)
    pinned = target.copy_with(host=f"[{address}]" if address.version == 6 else str(address))
    headers = {**headers, "Host": target.netloc.decode("ascii"), "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS)
    async with (
        httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST", pinned, content=body, headers=headers, extensions={"sni_hostname": target.host}
        ) as response,
    ):
        received = b""
        async for chunk in response.aiter_raw():
            received += chunk
            if len(received) >= MAX_ANSWER_BYTES:
                break
        text = received.decode(errors="replace").replace("\x00", "")[:300]
        return response.status_code, text
