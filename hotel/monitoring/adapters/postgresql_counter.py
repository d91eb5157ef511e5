"""The limiter's moments in an unlogged table of PostgreSQL: one statement, the server's clock."""

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from psycopg_pool import PoolTimeout

from hotel.monitoring.adapters.counters import Answer, Ask, StoreFailed

CLOCK = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
ASKED = (
    "unnest(%(keys)s::text[], %(costs)s::bigint[], %(tolerances)s::bigint[]) AS asked (key, cost, tolerance)"
)
# The row is locked before SET is worked out, so the clock is read after whoever was there before has gone.
TAKE = f"""
    INSERT INTO monitoring_limitkey AS kept (key, tat, is_allowed)
    SELECT key, {CLOCK} + cost, true FROM {ASKED} ORDER BY key
    ON CONFLICT (key) DO UPDATE SET (tat, is_allowed) = (
        SELECT CASE WHEN next <= us + tolerance THEN next ELSE kept.tat END, next <= us + tolerance
          FROM (SELECT us, tolerance, greatest(kept.tat, us) + cost AS next
                  FROM {ASKED}, (SELECT {CLOCK} AS us) AS clock WHERE asked.key = excluded.key) AS decided
    )
    RETURNING key, is_allowed, tat - {CLOCK}
"""  # noqa: S608


class PostgresqlCounter:
    """Shared by all processes, on the request's own connection before its transaction."""

    def take(self, asks: Sequence[Ask]) -> list[Answer]:
        """See ``Counter``."""
        given: dict[str, Any] = {
            "keys": [ask.key for ask in asks],
            "costs": [ask.quota.cost(ask.points) for ask in asks],
            "tolerances": [ask.quota.tolerance for ask in asks],
        }
        try:
            with connection.cursor() as cursor:
                cursor.execute(TAKE, given)
                found = {key: (is_allowed, max(0, ahead)) for key, is_allowed, ahead in cursor.fetchall()}
        except (DatabaseError, InterfaceError, PoolTimeout) as error:
            raise StoreFailed(str(error)) from error
        return [found[ask.key] for ask in asks]
