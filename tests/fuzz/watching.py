"""Sees whether a request has changed anything: triggers on every table write down each row that stays changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from tests.structure import by_owner

# A claim of an idempotency key is made and taken back by a refused request: counted, not watched.
COUNTED = "core_idempotencyrecord"
# Written by signing in and staying signed in, whatever the request asks for; and the file of a frozen document, which is
# printed when it is asked for before a worker has printed it. The trail tells what became of the others, and who looked.
IGNORED = {"accounts_staffsession", "folios_invoicepdf", "security_auditlog"}


class Watch:
    """Tells which tables have changed since the last look; what a savepoint rolls back is not there."""

    def __init__(self) -> None:
        self._execute("SET CONSTRAINTS ALL IMMEDIATE")
        self._execute("CREATE TEMPORARY TABLE watched (name text)")
        with by_owner():
            self._execute(
                "CREATE FUNCTION watched_note() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN INSERT INTO watched VALUES (TG_TABLE_NAME); RETURN NULL; END $$"
            )
            for table in self.tables():
                self._execute(
                    f"CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION watched_note()"
                )
        self._execute("SET CONSTRAINTS ALL DEFERRED")

    @staticmethod
    def tables() -> list[str]:
        """Every table of the models."""
        found = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        return sorted(found - IGNORED - {COUNTED})

    def changed(self) -> list[str]:
        """Tables with changed rows, each once; claims left behind count as a change."""
        if connection.connection.info.transaction_status == TransactionStatus.INERROR:
            return []  # a statement outside any savepoint was refused: of this request nothing can stay
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT name FROM watched UNION ALL "  # noqa: S608
                f"SELECT '{COUNTED}' FROM {COUNTED} ORDER BY 1"
            )
            return [name for (name,) in cursor.fetchall()]

    def settle(self) -> None:
        """Ask the questions that are put off until the commit, such as those of foreign keys."""
        self._execute("SET CONSTRAINTS ALL IMMEDIATE")
        self._execute("SET CONSTRAINTS ALL DEFERRED")

    @staticmethod
    def _execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def undone() -> Iterator[None]:
    """Take everything back at the end, so that each case finds the same house."""
    around = transaction.atomic()
    around._from_testcase = True  # as in Django's own tests: what must commit by itself may run inside
    with around:
        yield
        transaction.set_rollback(True)
