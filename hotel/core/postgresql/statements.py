"""Prepared statements that stay prepared when a transaction is taken back.

psycopg forgets all of a connection then, as the transaction may have made and unmade the tables they read, and knows a
hundred at a time. A refused command is taken back, the house words more than two hundred statements a day, and the
server would plan each of them anew.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection
from psycopg._preparing import Prepare, PrepareManager
from psycopg.pq import ExecStatus

KEPT = 256  # of a connection; the server needs some ten kilobytes for each
SCHEMA = (b"CREATE", b"ALTER", b"DROP")
FORGET = (b"ALTER", b"DROP", b"DISCARD ALL", b"DEALLOCATE ALL")


class PreparedStatements(PrepareManager):
    """As psycopg's, but that a transaction which left the schema alone may end either way."""

    prepared_max = KEPT

    def __init__(self) -> None:
        """Nothing is prepared yet."""
        super().__init__()
        self._is_schema_touched = False

    def clear(self) -> bool:
        """Forget all when a transaction was taken back that may have touched the schema."""
        was_touched, self._is_schema_touched = self._is_schema_touched, False
        return was_touched and super().clear()

    def _should_discard(self, prep: Prepare, results: Sequence[Any], *rest: Any) -> bool:
        """Whether all is forgotten because of what was just done; also when a part of a transaction is taken back."""
        done = [result.command_status or b"" for result in results if result.status == ExecStatus.COMMAND_OK]
        self._is_schema_touched |= any(status.startswith(SCHEMA) for status in done)
        is_taken_back = self._is_schema_touched and b"ROLLBACK" in done
        return (is_taken_back or any(status.startswith(FORGET) for status in done)) and super().clear()


def statements_kept(connection: Connection[Any]) -> None:
    """Let a new connection keep its statements so."""
    if not isinstance(connection._prepared, PreparedStatements):
        kept = PreparedStatements()
        kept.prepare_threshold = connection.prepare_threshold
        connection._prepared = kept
