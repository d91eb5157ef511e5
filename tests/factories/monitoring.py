"""The least valid objects of monitoring."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hotel.monitoring.models import (
    ApiAlert,
    ApiHealth,
    ApiPlan,
    ApiUsage,
    RateLimit,
    RestoreDrill,
    SlowRequest,
)

MINUTE = datetime(2027, 3, 14, 9, 30, tzinfo=UTC)


def rate_limit_make(place, **over) -> RateLimit:
    """A rule that counts requests about a property; ``place`` may be None for all."""
    values = {"name": "some-rule", "rate": 60, "burst": 10, "property": place, **over}
    return RateLimit.objects.create(**values)


def api_plan_make(place=None, **over) -> ApiPlan:
    """A plan without tokens; it belongs to no property."""
    return ApiPlan.objects.create(**{"name": "partners", **over})


def api_usage_make(place, **over) -> ApiUsage:
    """One request answered in 10 ms."""
    values = {
        "grain": "minute",
        "started_at": MINUTE,
        "operation": "GET /api/v1/rooms",
        "client_kind": "token",
        "client_id": 1,
        "property": place,
        "status_class": 2,
        "count": 1,
        "total_us": 10_000,
        "max_us": 10_000,
        "histogram": {"235": 1},
        **over,
    }
    return ApiUsage.objects.create(**values)


def slow_request_make(place, **over) -> SlowRequest:
    """A list of rooms that took two seconds."""
    values = {
        "at": MINUTE,
        "operation": "GET /api/v1/rooms",
        "client_kind": "token",
        "client_id": 1,
        "property": place,
        "status": 200,
        "duration_us": 2_000_000,
        "queries": 3,
        "query_us": 1_900_000,
        "request_id": "5f1c0a9e7d0b4a51",
        **over,
    }
    return SlowRequest.objects.create(**values)


def api_health_make(place=None, **over) -> ApiHealth:
    """A look at the disk that found nothing; it belongs to no property."""
    values = {"checked_at": MINUTE, "check_name": "disk", "state": "ok", "latency_us": 120, **over}
    return ApiHealth.objects.create(**values)


def api_alert_make(place=None, **over) -> ApiAlert:
    """An open alarm; it belongs to no property."""
    values = {
        "objective": "errors",
        "severity": "page",
        "opened_at": MINUTE,
        "burn": Decimal("20.00"),
        "window_minutes": 60,
        "bad_requests": 40,
        **over,
    }
    return ApiAlert.objects.create(**values)


def restore_drill_make(place=None, **over) -> RestoreDrill:
    """A backup of an hour ago that was proven; it belongs to no property."""
    at = over.pop("started_at", MINUTE)
    values = {
        "started_at": at,
        "backup_name": "auberge-2027-03-14-083000.tar",
        "backup_sha256": "a" * 64,
        "backup_bytes": 1_000_000,
        "backup_made_at": at - timedelta(hours=1),
        "restore_seconds": Decimal("12.50"),
        "verify_seconds": Decimal("3.25"),
        "table_count": 200,
        "row_count": 50_000,
        "is_proven": True,
        "checks": [{"name": "restored", "is_ok": True, "text": "database.dump was restored."}],
        "proof": "b" * 64,
        **over,
    }
    return RestoreDrill.objects.create(**values)
