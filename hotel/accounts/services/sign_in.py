"""Guessing passwords is slowed down by name and address, at whichever door."""

import math
from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class Attempts(SimpleRateThrottle):
    """Ten attempts a minute for one key, counted in the cache."""

    scope = "login"
    rate = "10/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """The key itself: there is no request here."""
        return f"throttle-login-{request}"


def sign_in_wait(*, username: str, address: str) -> int:
    """Count one attempt to sign in and say how long to wait.

    Args:
        username: as typed.
        address: that of the connection: ``X-Forwarded-For`` could be varied by the guesser.

    Returns:
        0 when the attempt may go on; otherwise seconds ≥ 1 until the next one is heard.
    """
    return _wait(f"{address}-{hash_of(username)}")


def password_wait(*, user: Any) -> int:
    """The same for a person who is signed in and names a password again; wherever he does so."""
    return _wait(f"user-{user.pk}")


def hash_of(name: str) -> str:
    """A name in a form that a cache key may hold."""
    return name.strip().lower().encode(errors="replace").hex()[:120]


def _wait(key: Any) -> int:
    attempts = Attempts()
    return 0 if attempts.allow_request(key, None) else math.ceil(attempts.wait() or 1)  # type: ignore[arg-type]
