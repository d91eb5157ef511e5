"""DRF's door to the limiter: counts a request by its client, once that is known."""

from typing import Any

from rest_framework.throttling import BaseThrottle

from hotel.monitoring.calls import AFTER, Call


class ClientLimit(BaseThrottle):
    """Rules by client and by property, and how many requests a client has under way.

    The middleware has begun the call and answers it; a view that is called without it is not limited.
    """

    call: Call | None = None

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF. Counts once, however often it is asked."""
        self.call = call = getattr(request._request, "api_call", None)
        if call is None:
            return True
        if AFTER not in call.counted:
            _identify(call, request)
        return call.admit(AFTER) and call.lease()

    def wait(self) -> float | None:
        """See DRF."""
        return self.call.refusal.retry_seconds if self.call and self.call.refusal else None


def _identify(call: Call, request: Any) -> None:
    """Who asks, and about which property: the one he names, or the only one his token is for."""
    user, token = request.user, getattr(request.auth, "pk", None)
    if token:
        call.principal = ("token", token)
    elif user is not None and user.is_authenticated:
        call.principal = ("user", user.pk)
    named = request.query_params.get("property", "")
    if named.isascii() and named.isdigit() and len(named) < 19:
        call.property_id = int(named)
        return
    limit = getattr(user, "grant_limit", None)
    if limit is not None and len(limit.property_ids) == 1:
        (call.property_id,) = limit.property_ids
