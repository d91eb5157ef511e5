"""What a function makes in an empty database, made once in a run and put back for each test in one statement."""

import copy
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg import sql


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
            with CaptureQueriesContext(connection) as captured:
                self.objects = make()
            tables = _written(query["sql"] for query in captured)
            made = {table: _rows(table) for table in tables}
            transaction.set_rollback(True)
        was_there = {table: set(_rows(table)) for table in tables}
        rows = {table: [row for row in rows if row not in was_there[table]] for table, rows in made.items()}
        # One text without parameters: the server takes several statements at once only so.
        self.inserts = "; ".join(_insert(table, new) for table, new in rows.items())

    def again(self) -> Any:
        """Put the rows back into the tables of the test that runs now; a copy of the objects."""
        if _permissions() != self.renewed:
            return self.make()
        with connection.cursor() as cursor:
            cursor.execute(self.inserts)
        return copy.deepcopy(self.objects)


def _permissions() -> int | None:
    """The first permission's id: another one after the tables were emptied."""
    return Permission.objects.order_by("pk").values_list("pk", flat=True).first()


def _written(statements: Iterable[str]) -> list[str]:
    """The tables that statements insert into, each once, in order."""
    return list(dict.fromkeys(text.split('"')[1] for text in statements if text.startswith('INSERT INTO "')))


def _insert(table: str, rows: list[str]) -> str:
    """The statement that puts rows back that ``_rows`` gave."""
    statement = sql.SQL("INSERT INTO {} SELECT * FROM jsonb_populate_recordset(NULL::{}, {})")
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
