"""Nights and instants of rooms: when a room is open, how a hold lies on a room.

Source: docs/algorithms/availability.md §3 and §5.
"""

from collections.abc import Iterable
from datetime import date


def open_span(spans: Iterable[tuple[date, date | None]]) -> tuple[date, date | None]:
    """When a suite is open: only while the suite itself and all its parts are.

    Args:
        spans: [opened, closed) of each; closed None means open without end. At least one.

    Returns:
        The common run; closed may lie before opened when there is none.
    """
    found = list(spans)
    closings = [closed for _, closed in found if closed is not None]
    return max(opened for opened, _ in found), min(closings, default=None)


def is_open(span: tuple[date, date | None], night: date) -> bool:
    """Whether a room counts on a night: opened on or before it, not yet closed."""
    opened, closed = span
    return opened <= night and (closed is None or night < closed)


def covers(span: tuple[date, date | None], start: date, end: date) -> bool:
    """Whether a room counts on every night of [start, end)."""
    opened, closed = span
    return opened <= start and (closed is None or end <= closed)


def counted(
    night: date, rooms: Iterable[tuple[tuple[date, date | None], Iterable[tuple[date, date, str]]]]
) -> tuple[int, int]:
    """Capacity and out-of-order rooms of a night, as ``rooms_inventory_counted`` counts them.

    Args:
        night: business date.
        rooms: per room its open span and its holds (first night, first night after, kind).

    Returns:
        Capacity (out-of-inventory rooms left out) and, of these, rooms out of order. Out of service counts as free.
    """
    capacity = out_of_order = 0
    for span, holds in rooms:
        if not is_open(span, night):
            continue
        kinds = {kind for start, end, kind in holds if start <= night < end}
        if "out_of_inventory" in kinds:
            continue
        capacity += 1
        out_of_order += "out_of_order" in kinds
    return capacity, out_of_order
