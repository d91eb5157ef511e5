"""The API's side of how often somebody may try codes of vouchers."""

from typing import Any

from rest_framework.throttling import BaseThrottle

from loyalty.services.voucher_tries import code_try


class VoucherThrottle(BaseThrottle):
    """Thirty codes a minute of one person; counted before the transaction of the request."""

    seconds = 0

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF."""
        if not request.user.is_authenticated:
            return True
        heard = code_try(request.user.pk)
        self.seconds = heard.retry_seconds
        return heard.is_allowed

    def wait(self) -> float | None:
        """See DRF."""
        return self.seconds or None
