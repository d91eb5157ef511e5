"""Invariants: SQL that must return no rows, gathered from the plugs and run by ``verify_invariants``."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.module_loading import import_string

from hotel.core.plugs import plugs

CONNECTIONS = 2
WORK_MEMORY = "256MB"  # of one sort or hash: sums over millions of nights stay in memory


@dataclass(frozen=True)
class Narrow:
    """A wide table of which many invariants need few columns: read once for all of them, then from a narrow copy.

    Attributes:
        table: its name; the copy has the same and stands before it.
        columns: all that these invariants name of it, as SQL.
    """

    table: str
    columns: str


@dataclass(frozen=True)
class Invariant:
    """A rule that holds whatever code does.

    Attributes:
        name: ``inv_<what>``.
        text: the rule in one sentence.
        sql: a query that returns the violations; no rows means green.
        narrow: wide tables that it shares with other invariants; those that share are run in one transaction.
    """

    name: str
    text: str
    sql: str
    narrow: tuple[Narrow, ...] = ()


@dataclass(frozen=True)
class Finding:
    """The outcome of one invariant: the first violations as rows of text, empty when green."""

    invariant: Invariant
    violations: list[tuple[str, ...]]


def invariants() -> Iterator[Invariant]:
    """All invariants, in order of the floors."""
    for plug in plugs():
        for dotted in plug.invariants:
            yield from import_string(dotted)()


def kernel_invariants() -> Iterator[Invariant]:
    """What holds of facts and of answers kept under a key."""
    yield Invariant(
        "inv_outbox_in_order",
        "No fact of an aggregate is applied before an earlier one is delivered, unless that one was given up.",
        """
        SELECT late.id, late.aggregate, late.position, waiting.first AS waiting
          FROM core_outboxmessage AS late
          JOIN (SELECT aggregate, min(position) AS first
                  FROM core_outboxmessage
                 WHERE delivered_at IS NULL AND parked_at IS NULL AND last_error = ''
                 GROUP BY aggregate) AS waiting
            ON waiting.aggregate = late.aggregate AND waiting.first < late.position
         WHERE late.delivered_at IS NOT NULL
           AND EXISTS (SELECT FROM core_handledfact AS applied WHERE applied.message_id = late.id)
        """,
    )
    yield Invariant(
        "inv_outbox_delivered_once",
        "A delivered fact has a position and is not given up; what was applied of it was applied before.",
        """
        SELECT message.id, message.topic, message.position
          FROM core_outboxmessage AS message
         WHERE delivered_at IS NOT NULL
           AND (position IS NULL OR parked_at IS NOT NULL
                OR EXISTS (SELECT FROM core_handledfact AS applied
                            WHERE applied.message_id = message.id AND applied.handled_at > message.delivered_at))
        """,
    )
    yield Invariant(
        "inv_idempotency_answer",
        "Only a success is kept under an idempotency key: whoever was refused may repeat.",
        """
        SELECT id, principal, route, response_status
          FROM core_idempotencyrecord
         WHERE response_status NOT BETWEEN 200 AND 299
        """,
    )


def invariants_verify(limit: int = 20) -> list[Finding]:
    """Run every invariant, two at a time on connections of their own.

    Inside a transaction they run one after the other on its connection, so that they see what it wrote.

    Returns:
        One finding per invariant, in their order, with at most ``limit`` violations each.
    """
    asked = list(invariants())
    if connection.in_atomic_block:
        with transaction.atomic():
            return [_found(invariant, limit) for invariant in asked]
    sharing: dict[tuple[Narrow, ...], list[Invariant]] = {}
    for invariant in asked:
        if invariant.narrow:
            sharing.setdefault(invariant.narrow, []).append(invariant)
    alone = [[invariant] for invariant in asked if not invariant.narrow]
    with ThreadPoolExecutor(CONNECTIONS) as pool:  # those that share take longest, so they begin
        tasks = [
            pool.submit(copy_context().run, _found_apart, group, limit)
            for group in [*sharing.values(), *alone]
        ]
    found = [task.result() for task in tasks]
    findings = {finding.invariant.name: finding for group in found for finding in group}
    return [findings[invariant.name] for invariant in asked]


def _found_apart(group: Sequence[Invariant], limit: int) -> list[Finding]:
    """The findings of invariants that share their narrow tables, all of one instant."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for narrow in group[0].narrow:
                copied = f"SELECT {narrow.columns} FROM {narrow.table}"  # noqa: S608  (names from the code)
                cursor.execute(f"CREATE TEMPORARY TABLE {narrow.table} ON COMMIT DROP AS {copied}")
                cursor.execute(f"ANALYZE {narrow.table}")
            return [_found(invariant, limit) for invariant in group]
    finally:
        connection.close()  # the thread's own


def _found(invariant: Invariant, limit: int) -> Finding:
    with connection.cursor() as cursor:
        # A sum over all nights may take longer than a request's statement may.
        cursor.execute(
            "SELECT set_config('work_mem', %s, true), set_config('statement_timeout', '0', true)",
            [WORK_MEMORY],
        )
        # Without MATERIALIZED the limit makes the planner walk indexes for a first row that never comes.
        cursor.execute(
            f"WITH violations AS MATERIALIZED ({invariant.sql}) SELECT * FROM violations LIMIT {int(limit)}"  # noqa: S608
        )
        return Finding(invariant, [tuple(str(value) for value in row) for row in cursor.fetchall()])
