"""Models of monitoring."""

from hotel.monitoring.models.drills import RestoreDrill
from hotel.monitoring.models.health import ApiAlert, ApiHealth
from hotel.monitoring.models.limits import ApiPlan, LimiterState, LimitTally, RateLimit
from hotel.monitoring.models.usage import ApiUsage, SlowRequest

__all__ = [
    "ApiAlert",
    "ApiHealth",
    "ApiPlan",
    "ApiUsage",
    "LimitTally",
    "LimiterState",
    "RateLimit",
    "RestoreDrill",
    "SlowRequest",
]
