"""The hotel day by the services: night audits, and the commands of the desk; what each costs.

Run as ``python -m benchmarks.day``; prints JSON. The clock stands at the noon of the generated databases' open day.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.access import access
from benchmarks.houses import NIGHTS, houses
from benchmarks.load import percentile
from benchmarks.report import table
from benchmarks.sizes import TODAY
from benchmarks.web import cpu_seconds, postgres_pid
from hotel.properties.tenancy import EVERYTHING, narrow

SAMPLES = 40  # of each command of the desk; a fifth of them count statements
NOISE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
AUDIT = "audit of a hotel with history"
FIGURES = ("p50_ms", "p95_ms", "ours_ms", "postgres_ms")
Costs = dict[str, Any]


@contextmanager
def noon(days: int = 0) -> Iterator[None]:
    """The clock at noon, UTC, of the open day or so many days later."""
    from hotel.core.clock import clock_set

    day = TODAY + timedelta(days=days)
    with clock_set(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        yield


def cost(work: Callable[[], Any], *, is_counted: bool = False) -> Costs:
    """Seconds and CPU seconds of some work (ours and PostgreSQL's), or what is counted: counting takes time itself.

    Counted are statements, and rows that scans of tables and indexes have given, by table: those do not depend on the
    machine, and grow when something reads the history.
    """
    if is_counted:
        before = rows_read()
        with CaptureQueriesContext(connection) as captured:
            work()
        read = {table: rows - before.get(table, 0) for table, rows in rows_read().items()}
        return {
            "statements": sum(not one["sql"].startswith(NOISE) for one in captured.captured_queries),
            "rows": sum(read.values()),
            "most": dict(sorted(read.items(), key=lambda one: -one[1])[:3]),
        }
    postgres, ours, began = cpu_seconds(postgres_pid()), time.process_time(), time.perf_counter()
    work()
    return {
        "seconds": time.perf_counter() - began,
        "ours": time.process_time() - ours,
        "postgres": cpu_seconds(postgres_pid()) - postgres,
    }


def rows_read() -> dict[str, int]:
    """How many rows scans of each table and its indexes have given so far, as PostgreSQL counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT relname, seq_tup_read + coalesce((SELECT sum(idx_tup_read) FROM pg_stat_user_indexes AS index"
            " WHERE index.relid = stat.relid), 0) FROM pg_stat_user_tables AS stat"
        )
        return {table: int(rows) for table, rows in cursor.fetchall()}


def audits() -> dict[str, list[Costs]]:
    """Of full hotels, night after night: the first opens the folios and counts statements, the others are timed."""
    found: dict[str, list[Costs]] = {}
    for rooms, place in houses().items():
        nights = [audit_cost(place, day, is_counted=day == 0) for day in range(NIGHTS - 1)]
        bare = [cost(lambda place=place: bare_night(place)) for _ in nights]
        found[str(rooms)] = [{**night, "bare": one} for night, one in zip(nights, bare, strict=True)]
    return found


def audit_cost(place: Any, day: int, *, is_counted: bool = False) -> Costs:
    """What the audit of one day costs; it must close the day."""
    from hotel.stays.services.night_audit import night_audit_run

    with noon(day):
        costs = cost(lambda: night_audit_run(place=place), is_counted=is_counted)
    assert place.business_date == TODAY + timedelta(days=day + 1)  # noqa: S101
    return costs


def bare_night(place: Any) -> None:
    """The postings, taxes and entries of the last audited night once more, on the open day, by SQL alone.

    The rows do not even travel: each statement reads what the audit has written. Triggers and deferred proofs are the
    same. Folios, facts, figures and proofs of the audit are left out.
    """
    from hotel.folios.models import Journal, Posting, PostingTax

    source = Posting.objects.at(place.pk).filter(source="night").latest("journal_id").journal_id
    values = {"source": source, "mark": f"bare:{time.monotonic_ns()}:", "day": place.business_date}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copied(Journal, {"business_date": "%(day)s"}, "row.id = %(source)s"), values)
        values["journal"] = cursor.fetchone()[0]
        changed = {
            "journal_id": "%(journal)s", "business_date": "%(day)s", "source_key": "%(mark)s || row.id",
        }  # fmt: skip
        cursor.execute(copied(Posting, changed, "row.journal_id = %(source)s"), values)
        join = "JOIN folios_posting AS made ON made.source_key = %(mark)s || row.posting_id"
        condition = (
            "made.journal_id = %(journal)s AND row.posting_id IN"
            " (SELECT id FROM folios_posting WHERE journal_id = %(source)s)"
        )
        cursor.execute(copied(PostingTax, {"posting_id": "made.id"}, condition, join), values)
        cursor.execute("SELECT folios_journal_entries(%(journal)s, NULL)", values)


def copied(model: Any, changed: dict[str, str], condition: str, join: str = "") -> str:
    """The statement that copies rows of a table with some columns changed; gives their keys."""
    columns = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(column, f"row.{column}") for column in columns)
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} AS row {join}"
        f" WHERE {condition} RETURNING id"
    )


def desk() -> dict[str, Costs]:
    """The generated hotels: guests come, the days are closed, those who are due read their bill, pay and leave."""
    from hotel.folios.models import FolioWindow, Posting
    from hotel.folios.services.invoices import invoice_issue
    from hotel.folios.services.pdfs import document_print
    from hotel.properties.models import Property
    from hotel.reservations.models import Reservation
    from hotel.stays.models import NightAuditStep
    from hotel.stays.services.check_in import check_in
    from hotel.stays.services.check_out import check_out

    with noon():
        known = {one["property"]: one for one in access()}
        places = list(Property.objects.filter(pk__in=known).order_by("pk"))
        stays = Reservation.objects.filter(property__in=places)
        stays.filter(status="in_house", departure=TODAY).update(status="checked_out")
        expected = stays.filter(status="confirmed", arrival=TODAY, is_day_use=False).select_related(
            "property"
        )
        actors = users(known)
        found = {
            "check-in": each(
                expected.order_by("pk")[:SAMPLES],
                lambda stay: check_in(
                    reservation=stay, actor=actors[stay.property_id], override_reason="Benchmark"
                ),
            )
        }
    history = [audit_cost(place, 0, is_counted=nth == 0) for nth, place in enumerate(places)]
    with noon(1):
        known = {one["property"]: one for one in access()}  # a token lives for a day
        leaving = stays.filter(status="in_house", departure=TODAY + timedelta(days=1))
        windows = FolioWindow.objects.filter(folio__reservation__in=leaving).select_related(
            "property", "folio__reservation__property"
        )
        # In the order they were booked: those who came first have the longest bills.
        rows = list(windows.order_by("folio__reservation")[:SAMPLES])
        lines = Posting.objects.filter(window__in=rows).count() / len(rows)
        found["folio read"] = each(
            rows, lambda row: folio_read(row.folio_id, known[row.property_id]["token"])
        ) | {"lines": lines}
        found["payment"] = each(rows, settle)
        issued: list[Any] = []
        found["invoice"] = each(rows, lambda row: issued.append(invoice_issue(window=row)))
        found["check-out"] = each(
            [row.folio.reservation for row in rows], lambda stay: check_out(reservation=stay, actor=None)
        )
        document_print(issued[0].property, issued[0].document)  # a worker has printed before
        found["invoice as PDF, one page"] = each(
            issued, lambda invoice: document_print(invoice.property, invoice.document)
        )
    slept = NightAuditStep.objects.filter(
        audit__property__in=places, audit__business_date=TODAY, name="nights"
    )
    nights = [step.result["stays"] for step in slept]
    found[AUDIT] = summed(history) | {"stays": sum(nights) / len(nights)}
    return found


def users(known: dict[int, Any]) -> dict[int, Any]:
    """Who works at each desk."""
    from hotel.accounts.models import User

    return {place: User.objects.get(pk=one["user"]) for place, one in known.items()}


def settle(window: Any) -> None:
    """Pay what is open on a window, at the terminal."""
    import uuid

    from hotel.folios.selectors.balances import window_balances
    from hotel.folios.services.codes import standard_code
    from hotel.folios.services.payment_data import PaymentData
    from hotel.folios.services.payments import payment_take

    (amount,) = window_balances(window.property_id, [window.pk]).values()
    data = PaymentData(target=window, amount=amount, key=uuid.uuid4().hex)
    payment_take(data=data, code=standard_code(window.property, "bank"))


def folio_read(folio_id: int, token: str) -> None:
    """The folio page of the API: windows, balances and lines."""
    headers = {"Authorization": f"Bearer {token}"}
    for path in (f"folios/{folio_id}", f"charges?folio={folio_id}"):
        answer = Client().get(f"/api/v1/{path}", headers=headers, HTTP_HOST="127.0.0.1")
        assert answer.status_code == 200, answer.content[:300]  # noqa: S101


def each(rows: Any, work: Callable[[Any], Any]) -> Costs:
    """Do some work for each row: the first warms the caches, each fifth counts statements, the others are timed."""
    first, *others = list(rows)
    work(first)
    costs = [cost(lambda row=row: work(row), is_counted=n % 5 == 0) for n, row in enumerate(others)]
    return summed(costs)


def summed(costs: list[Costs]) -> Costs:
    """Percentiles, mean CPU, the most statements, and the most rows read with the tables they are of."""
    timed = [one for one in costs if "seconds" in one]
    counted = [one for one in costs if "statements" in one]
    widest: Costs = max(counted, key=lambda one: one["rows"], default={})
    seconds = [one["seconds"] for one in timed]
    return {
        "times": len(timed),
        "p50_ms": 1000 * percentile(seconds, 0.5),
        "p95_ms": 1000 * percentile(seconds, 0.95),
        "statements": max((one["statements"] for one in counted), default=None),
        "rows": widest.get("rows"),
        "most": widest.get("most"),
        "ours_ms": 1000 * sum(one["ours"] for one in timed) / len(timed),
        "postgres_ms": 1000 * sum(one["postgres"] for one in timed) / len(timed),
    }


def show(size: str, found: dict[str, Any]) -> str:
    """Both tables for people."""
    audits = [
        [
            rooms,
            nights[0]["statements"],
            nights[0]["rows"],
            *(f"{value:.2f}" for value in (middle(nights, clock), middle(nights, total_cpu))),
            *(f"{1000 * middle(rows, total_cpu) / int(rooms):.2f}" for rows in (nights, bares(nights))),
            f"{middle(nights, total_cpu) / middle(bares(nights), total_cpu):.1f}",
            f"{1000 * middle(bares(nights), clock) / int(rooms):.2f}",
            f"{middle(nights, clock) / middle(bares(nights), clock):.1f}",
        ]
        for rooms, nights in found["audits"].items()
    ]
    head = [
        "rooms in house", "statements", "rows read", "seconds", "CPU s", "CPU ms a stay", "bare SQL, CPU ms a stay",
        "ratio by CPU", "bare SQL, ms a stay", "ratio by clock",
    ]  # fmt: skip
    desk = [
        [
            name,
            row["times"],
            row["statements"] or "",
            row["rows"] or "",
            *(f"{row[key]:.1f}" for key in FIGURES),
        ]
        for name, row in found["desk"].items()
    ]
    names = [
        "work",
        "times",
        "statements",
        "rows read",
        "p50 ms",
        "p95 ms",
        "our CPU ms",
        "PostgreSQL CPU ms",
    ]
    past = f"{size}, {found['rows']['folios.Posting']:,} past postings"
    title = (
        f"{past}: the day at the desk, folios of {found['desk']['folio read']['lines']:.0f} lines,"
        f" {found['desk'][AUDIT]['stays']:.0f} stays in an audit"
    )
    return table(f"{past}: night audit", head, audits) + table(title, names, desk)


def growth(found: dict[str, Any]) -> dict[str, str]:
    """What of the day to lay beside other sizes: statements, p95 and CPU, of an audit for each stay."""
    rows = {"past postings": f"{found['rows']['folios.Posting']:,}"}
    for rooms, nights in found["audits"].items():
        rows[f"audit of {rooms} rooms: statements"] = str(nights[0]["statements"])
        rows[f"audit of {rooms} rooms: rows read"] = str(nights[0]["rows"])
        rows[f"audit of {rooms} rooms, CPU ms a stay"] = (
            f"{1000 * middle(nights, total_cpu) / int(rooms):.1f}"
        )
    for name, row in found["desk"].items():
        cpu = (row["ours_ms"] + row["postgres_ms"]) / row.get("stays", 1)
        rows[f"{name}: statements"] = str(row["statements"] or "")
        rows[f"{name}: rows read"] = str(row["rows"] or "")
        rows[f"{name}: p95 ms"] = f"{row['p95_ms']:.0f}"
        rows[f"{name}: CPU ms{' a stay' if 'stays' in row else ''}"] = f"{cpu:.1f}"
    return rows


def clock(costs: Costs) -> float:
    """Seconds by the clock."""
    return float(costs["seconds"])


def total_cpu(costs: Costs) -> float:
    """CPU seconds of ours and PostgreSQL."""
    return float(costs["ours"] + costs["postgres"])


def middle(costs: list[Costs], figure: Callable[[Costs], float]) -> float:
    """The median of a figure over those that were timed."""
    return statistics.median(figure(one) for one in costs if "seconds" in one)


def bares(nights: list[Costs]) -> list[Costs]:
    """The bare rounds beside the audits."""
    return [night["bare"] for night in nights]


def day() -> dict[str, Any]:
    """Audits of full hotels, then a day at the desks of the generated ones."""
    with noon():
        found = audits()
    return {"audits": found, "desk": desk()}


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    json.dump(day(), sys.stdout)
