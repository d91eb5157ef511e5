"""What only the owner of the tables may do: the role of a test may not, as in a hotel."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

from hotel.core.postgresql.owner import owner

INERROR = TransactionStatus.INERROR
COUNTED: set[str] = set()  # databases with counts of rows that are taken back


@contextmanager
def by_owner() -> Iterator[None]:
    """Act as the owner of the tables, on the connection of the test and in its transaction."""
    name = owner().get("USER")
    if not name:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (name,):
            yield
            return
        cursor.execute(f"SET ROLE {name}")
    try:
        yield
    finally:
        # A failed transaction takes the role back by itself.
        if not connection.needs_rollback and connection.connection.info.transaction_status != INERROR:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


def tables_count() -> None:
    """Let the planner count what the test has written.

    Tests take their rows back, and what the server counts by itself is then a table of many pages without a row:
    with plans for nothing, a test that writes thousands of rows becomes ten times as slow as it goes on. For tests that
    ask for ``db`` themselves: the counts are taken back when it has ended.
    """
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    COUNTED.add(connection.settings_dict["NAME"])


def counts_take_back() -> None:
    """Count anew after the rows of a test are taken back: its counts stay otherwise, and mislead the next tests."""
    if connection.settings_dict["NAME"] in COUNTED:
        COUNTED.clear()
        with by_owner(), connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
