"""What became of the lines of an import."""

from collections.abc import Iterator
from typing import Any

from loyalty.models import MemberImport

HEADER = ("line", "outcome", "member", "column", "reason")


def report_rows(run: MemberImport) -> Iterator[tuple[Any, ...]]:
    """The header and each line in order; it names nobody. One query, read bit by bit."""
    yield HEADER
    rows = run.rows.order_by("line").values_list("line", "outcome", "member__number", "column", "reason")
    for line, outcome, number, column, reason in rows.iterator(chunk_size=1000):
        yield line, outcome or "waits", number or "", column, reason
