"""How we speak HTTP to processors: one connection per call, hard limits of time, nobody's detours."""

import httpx

from hotel.core.outbound import operators_client

TIMEOUT = httpx.Timeout(10, connect=3)
# The request did not leave: nothing can have been done about it.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def one_call_client(timeout: httpx.Timeout | None = None) -> httpx.Client:
    """A client for any number of threads that keeps no connection alive; see ``operators_client``."""
    return operators_client("card processor", timeout or TIMEOUT)
