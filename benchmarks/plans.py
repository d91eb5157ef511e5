"""What the database does for each kind of request: statements, and which indexes of big tables really were used.

Counts come from PostgreSQL's own statistics of the transaction, so that scans inside functions and of triggers are seen
as well. Run as ``python -m benchmarks.plans`` with the places of ``access`` on standard input; prints JSON.
"""

import json
import statistics
import sys
from typing import Any

import django
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.requests import Request, Requests
from hotel.properties.tenancy import EVERYTHING, narrow

BIG_ROWS = 5_000  # a table with more rows must never be read from end to end
SAMPLES = 10
# A row that is known by its own or its parent's key is found by that key; the parent's property has been checked.
# The planner also looks at both ends of such an index to estimate a join; PostgreSQL counts that as a scan.
KEYS = {
    "id",
    "reservation_id",
    "booking_id",
    "guest_id",
    "primary_guest_id",
    "booker_id",
    "occupancy_id",
    "room_id",
    "message_id",
}

SCANS = """
    SELECT 'table', class.relname, '', seq_scan
      FROM pg_stat_xact_user_tables AS stat JOIN pg_class AS class ON class.oid = stat.relid
     WHERE reltuples > %(big)s AND seq_scan > 0
    UNION ALL
    SELECT 'index', class.relname, index.relname,
           pg_stat_get_xact_numscans(index.oid)
      FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid JOIN pg_class AS class ON class.oid = indrelid
     WHERE class.relnamespace = 'public'::regnamespace AND class.reltuples > %(big)s
       AND pg_stat_get_xact_numscans(index.oid) > 0
"""
FIRST_COLUMN = """
    SELECT index.relname, attname
      FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
      JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
"""


def observed(request: Request) -> dict[str, Any]:
    """Send one request in a transaction that is rolled back; what the database did for it."""
    client = Client(raise_request_exception=True)
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    if "HTTP_CONTENT_TYPE" in headers:
        headers["CONTENT_TYPE"] = headers.pop("HTTP_CONTENT_TYPE")
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            answer = client.generic(
                request.method, request.path, request.body, HTTP_HOST="127.0.0.1", **headers
            )
        assert answer.status_code == request.expect, answer.content[:300]  # noqa: S101
        with connection.cursor() as cursor:
            cursor.execute(SCANS, {"big": BIG_ROWS})
            scans = cursor.fetchall()
        transaction.set_rollback(True)
    noise = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    sent = [query["sql"] for query in captured.captured_queries]
    return {"queries": sum(not text.startswith(noise) for text in sent), "scans": scans}


def plans(places: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Kind of request to its queries, tables read from end to end, and indexes used with their first columns."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_COLUMN)
        first = dict(cursor.fetchall())
    found = {}
    for kind, draw in Requests(places).kinds().items():
        observed(draw())  # caches are warm in production too
        seen = [observed(draw()) for _ in range(SAMPLES)]
        scans = {tuple(scan[:3]) for one in seen for scan in one["scans"]}
        indexes = {name: first.get(name, "") for sort, _, name in scans if sort == "index"}
        found[kind] = {
            "queries": int(statistics.median(one["queries"] for one in seen)),
            "whole": sorted(table for sort, table, _ in scans if sort == "table"),
            "indexes": indexes,
            "astray": sorted(
                name for name, column in indexes.items() if column not in {"property_id", *KEYS}
            ),
        }
    return found


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    json.dump(plans(json.load(sys.stdin)), sys.stdout)
