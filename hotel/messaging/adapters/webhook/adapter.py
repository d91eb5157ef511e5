"""Calls a webhook: only public addresses, the checked address itself, no redirects; see ``hotel.core.outbound``."""

import time
from dataclasses import dataclass

from django.conf import settings

from hotel.core import outbound
from hotel.core.outbound import Limits, OutboundFailed, UrlRefused

__all__ = ["Answer", "UrlRefused", "url_check", "webhook_post"]

MAX_ANSWER_BYTES = 65_536
TOTAL_SECONDS = 10


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
    return outbound.url_check(url, _limits())


def webhook_post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST a body; never raises. Anything but 2xx counts as a failure, also a redirect."""
    started = time.monotonic()
    status: int | None = None
    text = ""
    try:
        reply = outbound.call("POST", url, body=body, headers=headers, limits=_limits())
        status, text = reply.status, reply.body.decode(errors="replace").replace("\x00", "")[:300]
        error = "" if 200 <= status < 300 else f"The receiver answered {status}."
    except OutboundFailed as failure:
        error = str(failure)
    except UrlRefused as failure:
        error = f"UrlRefused: {failure}"
    return Answer(status, text, error, round((time.monotonic() - started) * 1000))


def _limits() -> Limits:
    return Limits(
        allow_private=settings.WEBHOOK_ALLOW_PRIVATE,
        connect_seconds=3,
        total_seconds=TOTAL_SECONDS,
        max_bytes=MAX_ANSWER_BYTES,
    )
