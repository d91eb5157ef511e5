"""Invariants: SQL that must return no rows, gathered from the plugs and run by ``verify_invariants``."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.module_loading import import_string

from hotel.core.plugs import plugs

CONNECTIONS = 2
WORK_MEMORY = "256MB"  # of one sort or hash: sums over millions of nights stay in memory


@dataclass(frozen=True)
class Invariant:
    """A rule that holds whatever code does.

    Attributes:
        name: ``inv_<what>``.
        text: the rule in one sentence.
        sql: a query that returns the violations; no rows means green.
    """

    name: str
    text: str
    sql: str


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
        "No fact of an aggregate is delivered before an earlier one, unless that one was given up.",
        """
        SELECT late.id, late.aggregate, late.position, waiting.first AS waiting
          FROM core_outboxmessage AS late
          JOIN (SELECT aggregate, min(position) AS first
                  FROM core_outboxmessage
                 WHERE delivered_at IS NULL AND parked_at IS NULL AND last_error = ''
                 GROUP BY aggregate) AS waiting
            ON waiting.aggregate = late.aggregate AND waiting.first < late.position
         WHERE late.delivered_at IS NOT NULL
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
        return [_found(invariant, limit) for invariant in asked]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(lambda invariant: _found_apart(invariant, limit), asked))


def _found_apart(invariant: Invariant, limit: int) -> Finding:
    try:
        return _found(invariant, limit)
    finally:
        connection.close()  # the thread's own


def _found(invariant: Invariant, limit: int) -> Finding:
    with transaction.atomic(), connection.cursor() as cursor:
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
