"""What each role may do in the database; given anew after each migrate, because new tables have no rights.

The file of ``settings.DATABASE_RIGHTS`` is the one place that says so.
"""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

APP, WORKER, REPORT, BREAK_GLASS = "auberge_app", "auberge_worker", "auberge_report", "auberge_breakglass"
LOOKUP = "auberge_lookup"
WRITERS = (APP, WORKER, BREAK_GLASS)
ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE")
TABLES = (
    "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    " AND relkind IN ('r', 'p') AND NOT relispartition"
)


@dataclass(frozen=True)
class Rights:
    """The file.

    Attributes:
        append: tables whose rows the writers read and add only.
        read: tables whose rows they read only.
        columns: table of ``append`` to columns of it that they change nevertheless.
        report: tables that a report reads.
        functions: signature of a function that not everybody may call to the roles that may.
        lookup: functions that read past the wall or others' sessions, and the tables that they read.
    """

    append: list[str]
    read: list[str]
    columns: dict[str, list[str]]
    report: list[str]
    functions: dict[str, list[str]]
    lookup: dict[str, list[str]]

    def verbs(self, table: str) -> tuple[str, ...]:
        """What the writers may do with all of a table."""
        return ("SELECT",) if table in self.read else ROWS[:2] if table in self.append else ROWS


@cache
def rights() -> Rights:
    """The rights that the file says."""
    said: dict[str, Any] = tomllib.loads(Path(settings.DATABASE_RIGHTS).read_text(encoding="utf-8"))
    return Rights(**said)


def rights_give() -> None:
    """Give the roles that exist exactly their rights on what is there. Repeatable; the owner only may."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname <> current_user")
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute(TABLES)
        standing = sorted(name for (name,) in cursor.fetchall())
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        roles = [role for role in (*WRITERS, REPORT) if role in known]
        for role in roles:
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
            cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}")
            for granted in _reader(standing) if role == REPORT else _writer(standing):
                cursor.execute(f"GRANT {granted} TO {role}")
        for signature, callers in rights().functions.items():
            if _is_there(signature):
                cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM {', '.join(['PUBLIC', *roles])}")
                for role in known.intersection(callers):
                    cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")
        if LOOKUP in known:
            _lookup_give(standing)


def _lookup_give(standing: Collection[str]) -> None:
    """Give the role that reads past the wall its functions and what these read; nobody logs in as it."""
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {LOOKUP}")
        cursor.execute(f"GRANT USAGE, CREATE ON SCHEMA public TO {LOOKUP}")
        for table in rights().lookup["tables"]:
            if table in standing:
                cursor.execute(f"GRANT SELECT ON {table} TO {LOOKUP}")
        for signature in filter(_is_there, rights().lookup["functions"]):
            cursor.execute(f"ALTER FUNCTION {signature} OWNER TO {LOOKUP}")
        cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM {LOOKUP}")


def _is_there(signature: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [signature])
        return bool(cursor.fetchone() == (True,))


def _writer(standing: Collection[str]) -> Iterator[str]:
    """What is granted to a role that writes."""
    for table in standing:
        yield f"{', '.join(rights().verbs(table))} ON {table}"
    for table, columns in rights().columns.items():
        if table in standing:
            yield f"UPDATE ({', '.join(columns)}) ON {table}"
    yield "USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public"


def _reader(standing: Collection[str]) -> Iterator[str]:
    """What is granted for reports."""
    return (f"SELECT ON {table}" for table in rights().report if table in standing)
