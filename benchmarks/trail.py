"""How quickly the trail of changes is proven, and its triggers switched.

Run as ``python -m benchmarks.trail <entries>``; prints JSON. Or as ``… on`` and ``… off``, for others to measure by.
"""

import json
import sys
import time
from typing import Any

import django
from django.db import connection

from benchmarks.report import reached, table
from hotel.properties.tenancy import EVERYTHING, narrow

ENTRIES, GOAL_RATE, GOAL_COST = 300_000, 100_000, 0.35
BLOCK = 1_000
WRITE = """
    SELECT security_trail_write('rooms_room', array_agg(('U', n::text, n %% 3, jsonb_build_object('name', n),
           jsonb_build_object('name', n + 1))::security_change ORDER BY n)) FROM generate_series(1, %s) AS n
"""
TRIGGERS = """
    SELECT format('ALTER TABLE %s {} TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
     WHERE starts_with(tgname, 'zz_trail_')
"""


def triggers_switch(word: str) -> dict[str, Any]:
    """Switch the triggers of the trail ``on`` or ``off``; needs the owner or a superuser. Nothing is found."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS.format({"on": "ENABLE", "off": "DISABLE"}[word]))
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
    return {}


def proven(entries: int) -> dict[str, Any]:
    """Write and seal so many entries, then check them all: seconds of sealing and of the check, and what it found."""
    from security.selectors.verification import trail_verify
    from security.services.sealing import range_seal

    with connection.cursor() as cursor:
        for _ in range(entries // BLOCK):
            cursor.execute(WRITE, [BLOCK])
        cursor.execute("SELECT max(id) FROM security_auditlog")
        last = cursor.fetchone()[0]
    began = time.perf_counter()
    range_seal(up_to=last)
    sealed = time.perf_counter()
    found = trail_verify(heads=iter(()))
    return {
        "entries": found.rows,
        "seals": found.seals,
        "findings": len(found.findings),
        "seal_seconds": sealed - began,
        "verify_seconds": time.perf_counter() - sealed,
    }


def show_trail(size: str, found: dict[str, Any]) -> str:
    """Two tables for people: the proof, and what the trail takes from who writes."""
    rate, cost = found["entries"] / found["verify_seconds"], 1 - found["with"] / found["without"]
    proof = [
        f"{found['entries']:,}", found["seals"], found["findings"], f"{found['entries'] / found['seal_seconds']:,.0f}",
        f"{rate:,.0f}", f"≥ {GOAL_RATE:,}: {reached(rate >= GOAL_RATE)}",
    ]  # fmt: skip
    writing = [
        f"{found['with']:.0f}", f"{found['without']:.0f}", f"{100 * cost:.0f} %",
        f"≤ {100 * GOAL_COST:.0f} %: {reached(cost <= GOAL_COST)}",
    ]  # fmt: skip
    proof_head = ["entries", "seals", "findings", "sealed a second", "proven a second", "goal"]
    writing_head = ["with the trail", "without", "it costs", "goal"]
    return table(f"{size}: the trail proven", proof_head, [proof]) + table(
        f"{size}: bookings a second by bare SQL", writing_head, [writing]
    )


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    word = sys.argv[1]
    json.dump(proven(int(word)) if word.isdigit() else triggers_switch(word), sys.stdout)
