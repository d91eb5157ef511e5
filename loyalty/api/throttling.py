"""How often somebody may try codes of vouchers."""

from typing import Any

from rest_framework.throttling import BaseThrottle

from hotel.monitoring.choices import Scope
from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Asked, Rule
from hotel.monitoring.services.limiter import limiter

# Beside the rules of the house, whose ids these are none of.
CODES = Rule(id=-100, name="vouchers", scope=Scope.CLIENT, quota=Quota(30, 60, 30))


class VoucherThrottle(BaseThrottle):
    """Thirty codes a minute of one person, so that nobody guesses; counted before the transaction of the request."""

    seconds = 0

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF."""
        if not request.user.is_authenticated:
            return True
        (heard,) = limiter().take([CODES], Asked(principal=("user", request.user.pk)))
        self.seconds = heard.retry_seconds
        return heard.is_allowed

    def wait(self) -> float | None:
        """See DRF."""
        return self.seconds or None
