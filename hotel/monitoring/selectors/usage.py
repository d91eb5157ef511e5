"""Who uses what of the API, how long it takes and how it fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, JSONField, Max, Q, QuerySet, Sum

from hotel.monitoring.choices import Grain
from hotel.monitoring.domain.sketches import quantile
from hotel.monitoring.models import ApiUsage

MOST = 20
BY = {
    "client": ("client_kind", "client_id"),
    "operation": ("operation",),
    "property": ("property_id",),
    "status": ("status_class",),
    "version": ("version",),
}
ORDERS = {"count": "n_count", "limited": "n_limited", "errors": "n_errors", "time": "n_us"}
SHARES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}


class Histogram(Aggregate):
    """The sum of histograms, without loss."""

    function = "monitoring_histogram"
    output_field = JSONField()


@dataclass(frozen=True)
class UsageLine:
    """Requests with something in common.

    Attributes:
        key: what they have in common, by column.
        count, limited, errors: requests; those refused by a limit; those answered by 5xx.
        client_errors: those answered by 4xx, without the limited ones.
        queries, bytes_out: sums.
        total_ms, max_ms: sum and longest of the durations.
        times: p50_ms, p95_ms and p99_ms, at most 2 % off.
    """

    key: dict[str, Any]
    count: int
    limited: int
    errors: int
    client_errors: int
    queries: int
    bytes_out: int
    total_ms: float
    max_ms: float
    times: dict[str, float]


def grain_for(start: datetime, end: datetime) -> Grain:
    """Minutes for six hours at most, hours for a week, days beyond."""
    span = end - start
    if span <= timedelta(hours=6):
        return Grain.MINUTE
    return Grain.HOUR if span <= timedelta(days=8) else Grain.DAY


def usage_between(rows: QuerySet[ApiUsage], start: datetime, end: datetime) -> QuerySet[ApiUsage]:
    """The rows of a span, end not included, in the grain that suits its length."""
    return rows.filter(grain=grain_for(start, end), started_at__gte=start, started_at__lt=end)


def usage_by(rows: QuerySet[ApiUsage], by: str, *, order: str = "count", most: int = MOST) -> list[UsageLine]:
    """Rows of one grain summed up, the most first; one query.

    Args:
        rows: of one span; see ``usage_between``.
        by: one of ``BY``.
        order: one of ``ORDERS``.
        most: how many lines.
    """
    found = _sums(rows.order_by().values(*BY[by])).order_by(f"-{ORDERS[order]}", *BY[by])
    return [_line(row, BY[by]) for row in found[:most]]


def usage_total(rows: QuerySet[ApiUsage]) -> UsageLine:
    """All rows of one grain summed up; one query."""
    found = next(iter(_sums(rows.order_by().values("grain"))), None)
    return (
        _line(found, ()) if found else UsageLine({}, 0, 0, 0, 0, 0, 0, 0.0, 0.0, dict.fromkeys(SHARES, 0.0))
    )


def _sums(rows: Any) -> Any:
    return rows.annotate(
        n_count=Sum("count"),
        n_limited=Sum("limited"),
        n_queries=Sum("queries"),
        n_bytes=Sum("bytes_out"),
        n_us=Sum("total_us"),
        longest=Max("max_us"),
        merged=Histogram("histogram"),
        n_errors=_unlimited(5),
        n_client_errors=_unlimited(4),
    )


def _unlimited(status_class: int) -> Any:
    """Answers of a class that no limit gave."""
    given = Q(status_class=status_class)
    return Sum("count", filter=given, default=0) - Sum("limited", filter=given, default=0)


def _line(row: dict[str, Any], names: tuple[str, ...]) -> UsageLine:
    return UsageLine(
        key={name: row[name] for name in names},
        count=row["n_count"],
        limited=row["n_limited"],
        errors=row["n_errors"],
        client_errors=row["n_client_errors"],
        queries=row["n_queries"],
        bytes_out=row["n_bytes"],
        total_ms=row["n_us"] / 1000,
        max_ms=row["longest"] / 1000,
        times={name: round(quantile(row["merged"], share) / 1000, 3) for name, share in SHARES.items()},
    )
