"""How we speak HTTP to processors: one connection per call, hard limits of time, nobody's detours."""

import httpx

TIMEOUT = httpx.Timeout(10, connect=3)
# The request did not leave: nothing can have been done about it.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def one_call_client(timeout: httpx.Timeout | None = None) -> httpx.Client:
    """A client for any number of threads that keeps no connection alive.

    A processor that answers twice leaves its second answer on the connection; the next request on it would take that
    for its own. Redirects and proxies of the environment are not followed.
    """
    return httpx.Client(
        timeout=timeout or TIMEOUT,
        limits=httpx.Limits(max_keepalive_connections=0),
        follow_redirects=False,
        trust_env=False,
    )
