"""Invariants: SQL that must return no rows, gathered from the plugs and run by ``verify_invariants``."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.module_loading import import_string

from hotel.core.plugs import plugs


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


def invariants_verify(limit: int = 20) -> list[Finding]:
    """Run every invariant. Returns one finding per invariant, with at most ``limit`` violations each."""
    findings = []
    for invariant in invariants():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({invariant.sql}) AS violations LIMIT {int(limit)}")  # noqa: S608
            rows = [tuple(str(value) for value in row) for row in cursor.fetchall()]
        findings.append(Finding(invariant, rows))
    return findings
