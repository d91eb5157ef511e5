"""Looks at what the database tells: of itself, of the relay and of the clock."""

from django.db import connection
from django.db.models import Max, Min

from hotel.core.clock import now
from hotel.core.health_checks import DEGRADED, FAILED, OK, Finding, graded
from hotel.core.models import OutboxMessage
from hotel.core.readiness import migrations_missing
from hotel.monitoring.models import ApiHealth

CONNECTIONS_DEGRADED, CONNECTIONS_FAILED = 80, 95
OUTBOX_DEGRADED, OUTBOX_FAILED = 60, 600
LOOK_SECONDS = 60
BEAT_DEGRADED, BEAT_FAILED = 90, 300


def database_check() -> Finding:
    """PostgreSQL answers, has all migrations, and has connections to spare; the value is how many per cent are used."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(sessions) * 100 / current_setting('max_connections')::int FROM monitoring_sessions()"
        )
        used = int(cursor.fetchone()[0])
    if missing := migrations_missing():
        return Finding(FAILED, used, "% of connections", f"{missing} migrations are missing.")
    state = graded(used, degraded_from=CONNECTIONS_DEGRADED, failed_from=CONNECTIONS_FAILED)
    return Finding(state, used, "% of connections")


def outbox_check() -> Finding:
    """How long the oldest fact has been waiting to be told, and whether any was given up."""
    moment = now()
    rows = OutboxMessage.objects.filter(delivered_at=None)
    oldest = rows.filter(parked_at=None).aggregate(oldest=Min("created_at"))["oldest"]
    parked = rows.exclude(parked_at=None).count()
    late = max(0, int((moment - oldest).total_seconds())) if oldest else 0
    state = graded(late, degraded_from=OUTBOX_DEGRADED, failed_from=OUTBOX_FAILED)
    if parked and state == OK:
        state = DEGRADED
    return Finding(state, late, "s late", f"{parked} given up, see the outbox" if parked else "")


def beat_check() -> Finding:
    """How late the clock of the schedules is: the last scheduled look should not be older than a minute."""
    latest = ApiHealth.objects.aggregate(latest=Max("checked_at"))["latest"]
    if latest is None:
        return Finding(DEGRADED, detail="The first scheduled look is still to come.")
    late = max(0, int((now() - latest).total_seconds()) - LOOK_SECONDS)
    return Finding(graded(late, degraded_from=BEAT_DEGRADED, failed_from=BEAT_FAILED), late, "s late")
