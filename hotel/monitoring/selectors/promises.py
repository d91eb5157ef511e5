"""How many requests kept what is promised, by minute and hour, from usage."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Q, Sum, Value, When

from hotel.monitoring.choices import Grain
from hotel.monitoring.domain.objectives import OBJECTIVES, WINDOWS, Tally
from hotel.monitoring.domain.sketches import bucket_of
from hotel.monitoring.models import ApiUsage
from hotel.monitoring.selectors.usage import Histogram

# Without these nobody can sign in, book, arrive, be charged, pay or leave.
CRITICAL = (
    "POST /api/v1/auth/login",
    "GET /api/v1/availability",
    "POST /api/v1/quotes",
    "POST /api/v1/bookings",
    "POST /api/v1/reservations",
    "POST /api/v1/charges",
    "POST /api/v1/payments",
)
BY_MINUTE = timedelta(hours=6)
SLOW_US, READ_US, WRITE_US = 2_000_000, 100_000, 200_000
Tallies = dict[str, dict[timedelta, Tally]]


def promise_tallies(at: datetime) -> Tallies:
    """Requests and bad ones of each objective in each window that ends now; two queries.

    Windows of six hours and less are made of minutes, longer ones of hours as summed up last.
    """
    minutes = _series(Grain.MINUTE, at - BY_MINUTE, at)
    hours = _series(Grain.HOUR, at - WINDOWS[-1], at)
    found: Tallies = {objective.name: {} for objective in OBJECTIVES}
    for window in WINDOWS:
        series = minutes if window <= BY_MINUTE else hours
        for name, tallies in found.items():
            parts = (by_name[name] for started_at, by_name in series.items() if started_at >= at - window)
            tallies[window] = sum(parts, Tally())
    return found


def _series(grain: Grain, start: datetime, end: datetime) -> Mapping[datetime, Mapping[str, Tally]]:
    """A tally of each objective by the beginning of the minute or hour."""
    critical = Q()
    for operation in CRITICAL:
        critical |= Q(operation__startswith=operation)
    rows = (
        ApiUsage.objects.filter(grain=grain, started_at__gte=start, started_at__lt=end)
        .order_by()
        .values("started_at", "status_class")
        .annotate(
            is_critical=_flag(critical),
            is_read=_flag(Q(operation__startswith="GET ")),
            n_count=Sum("count"),
            merged=Histogram("histogram"),
        )
    )
    found: dict[datetime, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for row in rows:
        for name, tally in _tallies(row).items():
            found[row["started_at"]][name] += tally
    return found


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _tallies(row: Mapping[str, Any]) -> dict[str, Tally]:
    """What one row says of each objective: a failure is bad for both, and says nothing of latency."""
    count, has_failed = row["n_count"], row["status_class"] == 5
    said = {"errors": Tally(count, count if has_failed else 0)}
    if row["is_critical"]:
        said["availability"] = Tally(count, count if has_failed else _slower(row["merged"], SLOW_US))
    if not has_failed:
        said["latency"] = Tally(count, _slower(row["merged"], READ_US if row["is_read"] else WRITE_US))
    return said


def _slower(histogram: Mapping[str, int], microseconds: int) -> int:
    """Requests in buckets beyond the one of this duration."""
    bound = bucket_of(microseconds)
    return sum(count for bucket, count in histogram.items() if int(bucket) > bound)
