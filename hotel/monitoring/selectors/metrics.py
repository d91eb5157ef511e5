"""Figures of the house in the words of Prometheus, read from the database, so that every process tells the same.

What is used of the API is told as gauges over the last five whole minutes: counters would live in each process, and a
scrape reaches whichever answers first.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge

from hotel.core.breakers import open_circuits
from hotel.core.clock import now
from hotel.core.models import InvariantCheck, OutboxMessage
from hotel.monitoring.choices import Grain, HealthState, Severity
from hotel.monitoring.models import ApiAlert, ApiUsage
from hotel.monitoring.selectors.promises import promise_tallies
from hotel.monitoring.selectors.standing import burns, last_looks
from hotel.monitoring.selectors.usage import SHARES, usage_by

SPAN = timedelta(minutes=5)
MOST_OPERATIONS = 500


class House:
    """A collector of prometheus_client; a dozen queries."""

    def collect(self) -> Iterator[Gauge]:
        """Every family."""
        yield from checks()
        yield from usage()
        yield from promises()
        yield from database()
        yield from facts()
        yield from outside()


def exposition() -> bytes:
    """All families in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(House())
    return generate_latest(registry)


def checks() -> Iterator[Gauge]:
    """The last looks; none when nobody has looked for five minutes."""
    states = Gauge("auberge_check_state", "1 for the state a check is in.", labels=["check", "state"])
    values = Gauge("auberge_check_value", "What a check measured.", labels=["check", "unit"])
    looked = Gauge("auberge_checked_at_seconds", "When the house was last looked at, Unix time.")
    for row in last_looks(now()):
        for state in HealthState.values:
            states.add_metric([row.check_name, state], row.state == state)
        if row.value is not None:
            values.add_metric([row.check_name, row.unit], row.value)
        looked.samples = []
        looked.add_metric([], row.checked_at.timestamp())
    yield from (states, values, looked)


def usage() -> Iterator[Gauge]:
    """Requests by operation."""
    end = now().replace(second=0, microsecond=0)
    rows = ApiUsage.objects.filter(grain=Grain.MINUTE, started_at__gte=end - SPAN, started_at__lt=end)
    requests = Gauge("auberge_api_requests_5m", "Requests in five minutes.", labels=["operation"])
    failed = Gauge("auberge_api_failed_5m", "Of them answered by 5xx.", labels=["operation"])
    limited = Gauge("auberge_api_limited_5m", "Of them refused by a limit.", labels=["operation"])
    took = Gauge(
        "auberge_api_duration_seconds",
        "Duration of requests in five minutes.",
        labels=["operation", "quantile"],
    )
    for line in usage_by(rows, "operation", most=MOST_OPERATIONS):
        name = line.key["operation"]
        requests.add_metric([name], line.count)
        failed.add_metric([name], line.errors)
        limited.add_metric([name], line.limited)
        for label, share in SHARES.items():
            took.add_metric([name, f"{share:g}"], line.times[label] / 1000)
    yield from (requests, failed, limited, took)


def promises() -> Iterator[Gauge]:
    """How fast allowances are used up, and alarms."""
    burning = Gauge(
        "auberge_objective_burn", "1 uses the allowance in 30 days.", labels=["objective", "window_minutes"]
    )
    for objective, windows in burns(promise_tallies(now())).items():
        for minutes, rate in windows.items():
            burning.add_metric([objective, str(minutes)], float(rate))
    alarms = Gauge("auberge_alerts_open", "Alarms about promises.", labels=["severity"])
    found = dict(
        ApiAlert.objects.filter(closed_at=None).order_by().values_list("severity").annotate(Count("pk"))
    )
    for severity in Severity.values:
        alarms.add_metric([severity], found.get(severity, 0))
    yield from (burning, alarms)


def database() -> Iterator[Gauge]:
    """Connections and locks of PostgreSQL."""
    by_state = Gauge("auberge_postgresql_connections", "Connections of clients.", labels=["state"])
    for state, count in _asked("SELECT state, sessions FROM monitoring_sessions() WHERE is_here ORDER BY 1"):
        by_state.add_metric([state], count)
    waiting = Gauge("auberge_postgresql_locks_waiting", "Locks that somebody waits for.")
    waiting.add_metric([], _asked("SELECT count(*) FROM pg_locks WHERE NOT granted")[0][0])
    size = Gauge("auberge_postgresql_bytes", "Size of the database.")
    size.add_metric([], _asked("SELECT pg_database_size(current_database())")[0][0])
    yield from (by_state, waiting, size)


def facts() -> Iterator[Gauge]:
    """The outbox and the invariants."""
    outbox = Gauge("auberge_outbox_messages", "Facts not yet told.", labels=["kind"])
    found = OutboxMessage.objects.filter(delivered_at=None).aggregate(
        waiting=Count("pk", filter=Q(parked_at=None)), parked=Count("pk", filter=Q(parked_at__isnull=False))
    )
    for kind, count in found.items():
        outbox.add_metric([kind], count)
    broken = Gauge("auberge_invariants_broken", "Found by the last nightly check.")
    last: Any = InvariantCheck.objects.order_by("-pk").first()
    if last is not None:
        broken.add_metric([], len(last.broken))
    yield from (outbox, broken)


def outside() -> Iterator[Gauge]:
    """Servers outside that do not answer."""
    circuits = Gauge("auberge_circuits_open", "Destinations left in peace for a while.", labels=["purpose"])
    for purpose, count in sorted(Counter(circuit.purpose for circuit in open_circuits()).items()):
        circuits.add_metric([purpose], count)
    yield circuits


def _asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
