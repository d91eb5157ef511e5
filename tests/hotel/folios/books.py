"""Whether the books of folios are sound."""

from collections.abc import Callable, Iterator

from django.db import connection

from hotel.core.invariants import Invariant
from hotel.folios import payment_invariants
from hotel.folios.invariants import invariants


def broken() -> dict[str, list]:
    """Name of each broken invariant of folios to its violations."""
    return _broken(invariants)


def payments_broken() -> dict[str, list]:
    """Name of each broken invariant of payments to its violations."""
    return _broken(payment_invariants.invariants)


def _broken(rules: Callable[[], Iterator[Invariant]]) -> dict[str, list]:
    found = {}
    with connection.cursor() as cursor:
        for invariant in rules():
            cursor.execute(invariant.sql)
            if rows := cursor.fetchall():
                found[invariant.name] = rows
    return found
