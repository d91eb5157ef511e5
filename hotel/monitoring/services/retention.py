"""Usage is rolled up from minutes to hours and days, its partitions are made ahead and dropped when they are old."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from hotel.monitoring.choices import Grain
from hotel.monitoring.models import LimitTally, SlowRequest

KEPT = {Grain.MINUTE: timedelta(days=14), Grain.HOUR: timedelta(days=396), Grain.DAY: timedelta(days=5 * 366)}
SLOW_KEPT, TALLIES_KEPT = timedelta(days=14), timedelta(days=396)
AHEAD = 2
LOOK_BACK = {Grain.HOUR: timedelta(hours=3), Grain.DAY: timedelta(days=2)}
FINER = {Grain.HOUR: Grain.MINUTE, Grain.DAY: Grain.HOUR}

# Worked out anew from what it is made of, so that it may be repeated; sums of sums would count twice.
ROLLUP = """
    INSERT INTO monitoring_apiusage AS kept
           (grain, started_at, operation, client_kind, client_id, property_id, status_class, version, count, limited,
            bytes_in, bytes_out, queries, total_us, max_us, histogram)
    SELECT %(grain)s::text, date_trunc(%(grain)s::text, started_at, 'UTC'), operation, client_kind, client_id,
           property_id, status_class, version, sum(count), sum(limited), sum(bytes_in), sum(bytes_out), sum(queries),
           sum(total_us), max(max_us), monitoring_histogram(histogram)
      FROM monitoring_apiusage
     WHERE grain = %(finer)s AND started_at >= %(start)s AND started_at < %(end)s
     GROUP BY 2, 3, 4, 5, 6, 7, 8
     ORDER BY 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT ON CONSTRAINT api_usage_once DO UPDATE
       SET count = excluded.count, limited = excluded.limited, bytes_in = excluded.bytes_in,
           bytes_out = excluded.bytes_out, queries = excluded.queries, total_us = excluded.total_us,
           max_us = excluded.max_us, histogram = excluded.histogram
"""


def months_from(at: datetime, count: int) -> list[datetime]:
    """The first moments of so many months, that of the moment first."""
    found = [at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while len(found) < count:
        found.append((found[-1] + timedelta(days=32)).replace(day=1))
    return found


@transaction.atomic
def partitions_prepare(*, at: datetime) -> list[str]:
    """Make the partitions of this month and the next two; returns the names of those that were missing.

    Rows that came before their partition move into it. Repeatable.
    """
    made = []
    with connection.cursor() as cursor:
        for grain in Grain.values:
            for start in months_from(at, 1 + AHEAD):
                cursor.execute("SELECT monitoring_usage_month_make(%s, %s)", [grain, start])
                made += [name for (name,) in cursor.fetchall() if name]
    return made


@transaction.atomic
def usage_rollup(*, at: datetime) -> dict[str, int]:
    """Sum up the last hours from minutes and the last days from hours; returns rows by grain. Repeatable."""
    found = {}
    with connection.cursor() as cursor:
        for grain, back in LOOK_BACK.items():
            start = (at - back).replace(minute=0, second=0, microsecond=0)
            if grain == Grain.DAY:
                start = start.replace(hour=0)
            span: dict[str, Any] = {
                "grain": grain.value,
                "finer": FINER[grain].value,
                "start": start,
                "end": at,
            }
            cursor.execute(ROLLUP, span)
            found[grain.value] = cursor.rowcount
    return found


@transaction.atomic
def usage_expire(*, at: datetime) -> list[str]:
    """Drop the months and rows that are older than they are kept, and counters that are full again. Repeatable.

    Returns the names of the dropped partitions.
    """
    dropped = []
    with connection.cursor() as cursor:
        for grain, kept in KEPT.items():
            for name, end in _partitions(grain):
                if end <= at - kept:
                    cursor.execute("SELECT monitoring_usage_month_drop(%s)", [name])
                    dropped.append(name)
            old = "DELETE FROM monitoring_apiusage WHERE grain = %s AND started_at < %s"
            cursor.execute(old, [grain.value, at - kept])
        cursor.execute(
            "DELETE FROM monitoring_limitkey WHERE tat < (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
        )
    SlowRequest.objects.filter(at__lt=at - SLOW_KEPT).delete()
    LimitTally.objects.filter(hour__lt=at - TALLIES_KEPT).delete()
    return dropped


def _partitions(grain: Grain) -> list[tuple[str, datetime]]:
    """The months of a grain and where each ends."""
    parent = f"monitoring_apiusage_{grain.value}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1",
            [parent],
        )
        names = [name for (name,) in cursor.fetchall() if not name.endswith("_rest")]
    starts = [datetime.strptime(name[-6:], "%Y%m").replace(tzinfo=UTC) for name in names]
    return [(name, months_from(start, 2)[1]) for name, start in zip(names, starts, strict=True)]
