"""Reads of the trail: filters, and an entry as plain values."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from hotel.core.actor import UNKNOWN
from hotel.core.clock import now
from hotel.core.health_checks import DEGRADED, OK, Finding, graded
from security.models import AuditLog, AuditSeal

A_DAY = timedelta(days=1)
LATE_DEGRADED, LATE_FAILED = 120, 900

COLUMNS = (
    "id", "at", "op", "table", "row_pk", "property_id", "old", "new", "actor", "actor_id", "impersonator_id",
    "token_id",
    "request_id", "door", "address", "reason", "transaction", "row_hash",
)  # fmt: skip
EXACT = ("table", "row_pk", "property_id", "actor_id", "request_id", "door", "op")


def entries_wanted(rows: QuerySet[AuditLog], filters: dict[str, Any]) -> QuerySet[AuditLog]:
    """Narrow entries by equality (``EXACT``), ``at_from`` (inclusive) and ``at_before``, both ISO 8601 instants."""
    rows = rows.filter(**{name: filters[name] for name in EXACT if filters.get(name) not in (None, "")})
    if filters.get("at_from"):
        rows = rows.filter(at__gte=parse_datetime(filters["at_from"]))
    if filters.get("at_before"):
        rows = rows.filter(at__lt=parse_datetime(filters["at_before"]))
    return rows


def entry_shown(entry: AuditLog) -> dict[str, Any]:
    """Plain values by ``COLUMNS``; the hash in hexadecimal."""
    values = {name: getattr(entry, name) for name in COLUMNS}
    return {**values, "at": entry.at.isoformat(), "row_hash": bytes(entry.row_hash).hex()}


def sealed_up_to() -> int:
    """The highest number that is sealed; 0 when none is."""
    last = AuditSeal.objects.order_by("-number").values_list("last_id", flat=True).first()
    return last or 0


def seal_lag() -> timedelta:
    """How old the oldest entry is that no seal covers; nothing when all are covered. A matter of health."""
    waiting = (
        AuditLog.objects.filter(pk__gt=sealed_up_to()).order_by("pk").values_list("at", flat=True).first()
    )
    return max(now() - waiting, timedelta()) if waiting else timedelta()


def unknown_actors(since: timedelta = A_DAY) -> int:
    """Entries of so long ago until now that nobody is named for; every door of the product names somebody."""
    return AuditLog.objects.filter(actor=UNKNOWN, at__gte=now() - since).count()


def trail_check() -> Finding:
    """How long the oldest entry has been waiting for its seal, and whether somebody acted whom no door has named."""
    lag, unknown = int(seal_lag().total_seconds()), unknown_actors()
    state = graded(lag, degraded_from=LATE_DEGRADED, failed_from=LATE_FAILED)
    detail = f"{unknown} changes of the last day name nobody" if unknown else ""
    return Finding(DEGRADED if unknown and state == OK else state, lag, "s late", detail)
