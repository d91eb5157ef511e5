"""What a function makes, made once in a run and put back for each test in one statement."""

import copy
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from psycopg import sql

# The counters of rooms are written by functions of their own only; here they are put back as those left them.
COUNTERS_OPEN = "SET LOCAL auberge.inventory_writer = 'on'"
COUNTERS_GUARDED = "SET LOCAL auberge.inventory_writer = ''"


class Kept:
    """The rows and the objects that ``make()`` made, whatever tables it wrote to.

    Ids come from the sequences once and are not given out again, so the rows meet no others. Emptying the
    tables after a test with real commits renews the permissions, and rows that name the old ones are of no
    use: then ``again`` makes everything anew.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        """Call it in a transaction of its own, which is undone."""
        self.make, self.renewed = make, _permissions()
        with transaction.atomic():
            self.objects = make()
            made = {table: _rows(table) for table in _written()}
            transaction.set_rollback(True)
        was_there = {table: set(_rows(table)) for table in made}
        rows = {table: [row for row in rows if row not in was_there[table]] for table, rows in made.items()}
        inserts = [_insert(table, new) for table, new in rows.items() if new]
        # One text without parameters: the server takes several statements at once only so.
        self.inserts = "; ".join([COUNTERS_OPEN, *inserts, COUNTERS_GUARDED])

    def again(self) -> Any:
        """Put the rows back into the tables of the test that runs now; a copy of the objects."""
        return self.make() if _permissions() != self.renewed else self.put_back({})

    def put_back(self, instead: dict[int, Any]) -> Any:
        """Put the rows back; a copy of the objects, with others ``instead`` of those with these ids."""
        with connection.cursor() as cursor:
            cursor.execute(self.inserts)
        return copy.deepcopy(self.objects, instead)


class KeptBeside:
    """What is made beside rows of the test, by the third time it is made beside the very same ones."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._asked: Counter[Hashable] = Counter()
        self._kept: dict[Hashable, Kept] = {}

    def make(self, key: Hashable, given: Any, make: Callable[[], Any]) -> Any:
        """Made anew or put back.

        Args:
            key: tells what is made, and beside which rows.
            given: the object it belongs to, which the objects made refer to.
            make: what makes it.
        """
        self._asked[key] += 1
        if self._asked[key] < 3:  # beside rows that are made anew for each test nobody will ask for it again
            return make()
        if key not in self._kept:
            self._kept[key] = Kept(lambda: (given, make()))
        first, _ = self._kept[key].objects
        return self._kept[key].put_back({id(first): given})[1]


def _permissions() -> int | None:
    """The first permission's id: another one after the tables were emptied."""
    return Permission.objects.order_by("pk").values_list("pk", flat=True).first()


def _written() -> list[str]:
    """The tables into which this transaction has inserted, also by functions and triggers.

    Not the trail: putting rows back is a change that it tells of anew. Of a table in parts the whole, since nobody but
    its owner reads a part.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT coalesce(pg_partition_root(relid), relid)::oid AS whole FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins > 0 AND NOT starts_with(relname, 'security_auditlog') ORDER BY whole"
        )
        wholes = [whole for (whole,) in cursor.fetchall()]
        cursor.execute("SELECT relname FROM pg_class WHERE oid = ANY (%s) ORDER BY oid", [wholes])
        return [table for (table,) in cursor.fetchall()]


def _insert(table: str, rows: list[str]) -> str:
    """The statement that puts rows back that ``_rows`` gave; a trigger may have made some of them again."""
    statement = sql.SQL(
        "INSERT INTO {} SELECT * FROM jsonb_populate_recordset(NULL::{}, {}) ON CONFLICT DO NOTHING"
    )
    name = sql.Identifier(table)
    return statement.format(name, name, sql.Literal(f"[{','.join(rows)}]")).as_string(None)


def _rows(table: str) -> list[str]:
    """All rows of a table as JSON."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')  # noqa: S608
        return [row for (row,) in cursor.fetchall()]


def kept_fixture(make: Callable[[], Any]) -> Any:
    """A fixture of the whole run that holds what ``make()`` makes."""

    @pytest.fixture(scope="session")
    def kept(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock():
            return Kept(make)

    return kept
