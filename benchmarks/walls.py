"""What row-level security costs the hot queries: the same statements as two roles, one of which no policy holds.

Run as ``python -m benchmarks.walls <rounds>`` with the places of ``access`` on standard input and the address of a
superuser in ``BARE_URL``; prints JSON.
"""

import json
import os
import re
import statistics
import sys
import time
from typing import Any

import django
import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.report import reached, table
from benchmarks.requests import Requests
from benchmarks.tax import send

ROUNDS, QUERIES = 60, 20
GOAL_RATIO, GOAL_MS, GOAL_WORST = 1.10, 0.1, 3
NAMED = re.compile(r"(?:FROM|JOIN)\s+\"?([a-z]+_\w+)|SELECT\s+([a-z]+_\w+)(?=\()")
Query = tuple[str, Any]


def hot(places: list[dict[str, Any]]) -> dict[str, tuple[str, Any]]:
    """The reads of every kind of request of the mix: statement to kind and values."""
    found: dict[str, tuple[str, Any]] = {}
    requests = Requests(places[:1])
    client = Client(raise_request_exception=True)
    for kind, draw in requests.kinds().items():
        send(client, draw())
        sent: list[Query] = []

        def kept(
            execute: Any, sql: Any, params: Any, many: bool, context: Any, sent: list[Query] = sent
        ) -> Any:
            sent.append((str(sql), params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(kept):
            send(client, draw())
        for sql, params in sent:
            if sql.strip().upper().startswith("SELECT") and "FOR " not in sql.upper().rpartition("FROM")[2]:
                found.setdefault(sql, (kind, params))
    return found


def is_read(link: psycopg.Connection, sql: str, params: Any) -> bool:
    """Whether PostgreSQL takes it for one; a function that is asked may write."""
    try:
        link.execute(sql, params)
    except psycopg.errors.ReadOnlySqlTransaction:
        return False
    return True


def measured(places: list[dict[str, Any]], rounds: int) -> list[dict[str, Any]]:
    """One entry for each of the slowest ``QUERIES`` reads: its kind, its table, and median milliseconds either way."""
    walled, bare = (
        psycopg.connect(url, autocommit=True) for url in (os.environ["DATABASE_URL"], os.environ["BARE_URL"])
    )
    for link in (walled, bare):
        link.prepare_threshold = 0
        link.execute("SET default_transaction_read_only = on")
        link.execute("SELECT set_config('app.properties', %s, false)", [f"{{{places[0]['property']}}}"])
    found = []
    for sql, (kind, params) in hot(places).items():
        if not is_read(walled, sql, params):
            continue
        times: dict[str, list[float]] = {"walled": [], "bare": []}
        for _ in range(rounds):
            for way, link in (("walled", walled), ("bare", bare)):
                began = time.perf_counter()
                link.execute(sql, params).fetchall()
                times[way].append(1000 * (time.perf_counter() - began))
        names = NAMED.search(sql)
        row = {way: statistics.median(taken) for way, taken in times.items()}
        found.append({"kind": kind, "table": next(filter(None, names.groups())) if names else "", **row})
    return sorted(found, key=lambda row: -row["bare"])[:QUERIES]


def show_walls(size: str, found: list[dict[str, Any]]) -> str:
    """A table for people, the dearest first, and the three figures with goals."""
    rows = [
        [
            row["kind"],
            row["table"],
            f"{row['walled']:.3f}",
            f"{row['bare']:.3f}",
            f"{row['walled'] / row['bare']:.2f}",
        ]
        for row in found
    ]
    ratio = statistics.median(row["walled"] / row["bare"] for row in found)
    more = statistics.median(row["walled"] - row["bare"] for row in found)
    worst = max(row["walled"] / row["bare"] for row in found)
    figures = (("the middle one costs, times", ratio, GOAL_RATIO), ("and milliseconds more", more, GOAL_MS),
               ("the worst, times", worst, GOAL_WORST))  # fmt: skip
    rows += [
        [name, "", f"{value:.3f}", f"≤ {goal:g}", reached(value <= goal)] for name, value, goal in figures
    ]
    return table(
        f"{size}: hot reads behind the walls and without",
        ["request", "reads", "ms walled", "ms bare", "ratio"],
        rows,
    )


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    json.dump(measured(json.load(sys.stdin), int(sys.argv[1])), sys.stdout)
