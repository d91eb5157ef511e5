"""Whether the books of folios are sound."""

from django.db import connection

from hotel.folios.invariants import invariants


def broken() -> dict[str, list]:
    """Name of each broken invariant of folios to its violations."""
    found = {}
    with connection.cursor() as cursor:
        for invariant in invariants():
            cursor.execute(invariant.sql)
            if rows := cursor.fetchall():
                found[invariant.name] = rows
    return found
