"""What a process saw goes to the database: one transaction of three statements at most."""

import json
from datetime import UTC, datetime

from django.db import connection, transaction

from hotel.monitoring.models import RateLimit, SlowRequest
from hotel.monitoring.services.recorder import Seen
from hotel.properties.models import Property

# Sorted by the key, so that two processes that write the same rows never wait for one another in a circle.
USAGE = """
    INSERT INTO monitoring_apiusage AS kept
           (grain, started_at, operation, client_kind, client_id, property_id, status_class, version, count, limited,
            bytes_in, bytes_out, queries, total_us, max_us, histogram)
    SELECT 'minute', to_timestamp(s.minute), s.operation, s.client_kind, s.client_id, p.id, s.status_class, s.version,
           sum(s.count), sum(s.limited), sum(s.bytes_in), sum(s.bytes_out), sum(s.queries), sum(s.total_us),
           max(s.max_us), monitoring_histogram(s.histogram)
      FROM jsonb_to_recordset(%s::jsonb) AS s (minute bigint, operation text, client_kind text, client_id bigint,
           property_id bigint, status_class smallint, version text, count bigint, limited bigint, bytes_in bigint,
           bytes_out bigint, queries bigint, total_us bigint, max_us bigint, histogram jsonb)
      LEFT JOIN properties_property AS p ON p.id = s.property_id
     GROUP BY 2, 3, 4, 5, 6, 7, 8
     ORDER BY 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT ON CONSTRAINT api_usage_once DO UPDATE
       SET count = kept.count + excluded.count, limited = kept.limited + excluded.limited,
           bytes_in = kept.bytes_in + excluded.bytes_in, bytes_out = kept.bytes_out + excluded.bytes_out,
           queries = kept.queries + excluded.queries, total_us = kept.total_us + excluded.total_us,
           max_us = greatest(kept.max_us, excluded.max_us),
           histogram = monitoring_histograms_added(kept.histogram, excluded.histogram)
"""
TALLIES = """
    INSERT INTO monitoring_limittally AS kept (rule_id, hour, passed, refused, observed)
    SELECT rule_id, to_timestamp(hour), passed, refused, observed
      FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
           AS t (rule_id, hour, passed, refused, observed)
     ORDER BY rule_id, hour
        ON CONFLICT ON CONSTRAINT limit_tally_once DO UPDATE
       SET passed = kept.passed + excluded.passed, refused = kept.refused + excluded.refused,
           observed = kept.observed + excluded.observed
"""
FIELDS = ("count", "limited", "bytes_in", "bytes_out", "queries", "total_us", "max_us")
KEY = ("minute", "operation", "client_kind", "client_id", "property_id", "status_class", "version")


@transaction.atomic
def usage_flush(*, seen: Seen) -> int:
    """Add what was seen to what is stored; all or nothing. Returns how many rows of usage were written.

    A property that does not exist counts as none: callers may name any. Not repeatable.
    """
    if seen.cells:
        rows = [
            {
                **dict(zip(KEY, key, strict=True)),
                **dict(zip(FIELDS, sums, strict=True)),
                "histogram": histogram,
            }
            for key, (sums, histogram) in seen.cells.items()
        ]
        with connection.cursor() as cursor:
            cursor.execute(USAGE, [json.dumps(rows)])
    _tallies_write(seen)
    if seen.slow:
        _samples_write(seen)
    return len(seen.cells)


def _tallies_write(seen: Seen) -> None:
    """Rules that are gone meanwhile, and the built-in ones, have no tally."""
    wanted = {rule for rule, _ in seen.tallies if rule > 0}
    if not wanted:
        return
    known = set(RateLimit.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    rows = [(*at, *counts) for at, counts in seen.tallies.items() if at[0] in known]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(TALLIES, [list(column) for column in zip(*rows, strict=True)])


def _samples_write(seen: Seen) -> None:
    asked = {values["property_id"] for values in seen.slow.values()}
    known = set(Property.objects.filter(pk__in=asked).values_list("pk", flat=True))
    SlowRequest.objects.bulk_create(
        SlowRequest(
            **{
                **values,
                "operation": operation,
                "property_id": values["property_id"] if values["property_id"] in known else None,
                "at": datetime.fromtimestamp(values["at"], UTC),
            }
        )
        for operation, values in seen.slow.items()
    )
