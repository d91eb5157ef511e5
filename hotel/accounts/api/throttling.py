"""Guessing passwords is slowed down by name and address."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class LoginThrottle(SimpleRateThrottle):
    """Ten attempts a minute for one name from one address; for somebody signed in, of one person.

    The address is that of the connection: ``X-Forwarded-For`` could be varied by the guesser.
    """

    scope = "login"
    rate = "10/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """See DRF."""
        if request.user.is_authenticated:
            return f"throttle-login-user-{request.user.pk}"
        name = request.data.get("username", "") if isinstance(request.data, dict) else ""
        return f"throttle-login-{request.META.get('REMOTE_ADDR', '')}-{hash_of(str(name))}"


def hash_of(name: str) -> str:
    """A name in a form that a cache key may hold."""
    return name.strip().lower().encode().hex()[:120]
