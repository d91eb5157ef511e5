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


NAMES, CLAIMS = "watched.names", "watched.claims"
NOTE = f"""
CREATE FUNCTION watched_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE names text := coalesce(current_setting('{NAMES}', true), '');
BEGIN
    IF position(' ' || TG_TABLE_NAME || ' ' IN names) = 0 THEN
        PERFORM set_config('{NAMES}', names || ' ' || TG_TABLE_NAME || ' ', true);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION watched_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE claims int := coalesce(nullif(current_setting('{CLAIMS}', true), ''), '0');
BEGIN
    PERFORM set_config('{CLAIMS}', (claims + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END)::text, true);
    RETURN NULL;
END $$;
CREATE TRIGGER watched AFTER INSERT OR DELETE ON {COUNTED} FOR EACH ROW EXECUTE FUNCTION watched_count();
"""


class Watch:
    """Tells which tables have changed since the last look; what a savepoint rolls back is not there.

    The notes are settings, not rows: those are taken back with a savepoint as well, and rows that were taken back by
    twenty thousand savepoints would be passed over in each look until the transaction ends.
    """

    def __init__(self) -> None:
        self._execute("SET CONSTRAINTS ALL IMMEDIATE")
        with by_owner():
            self._execute(NOTE)
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
            cursor.execute("SELECT current_setting(%s, true), current_setting(%s, true)", [NAMES, CLAIMS])
            names, claims = cursor.fetchone()
        return sorted((names or "").split() + [COUNTED] * int(claims or 0))

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
