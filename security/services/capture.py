"""Puts the trail's triggers on every table, after every migration: a new table gets them without one of its own.

They are not django-pgtrigger's: its functions obey ``SET pgtrigger.ignore``, by which whoever reaches the database
would switch the trail off, open a subtransaction in every call, and are made anew after every flush.
"""

from django.db import connection, transaction

from hotel.core.clock import now
from security.selectors.captured import Watched, watched

AHEAD_MONTHS = 3

_STANDING = """
    SELECT class.relname, trigger.tgname, trigger.tgargs
      FROM pg_class AS class
      LEFT JOIN pg_trigger AS trigger ON trigger.tgrelid = class.oid AND trigger.tgname LIKE 'zz_trail_%'
     WHERE class.relnamespace = current_schema()::regnamespace AND class.relkind IN ('r', 'p')
       AND NOT class.relispartition
"""
_TRIGGERS = {
    "zz_trail_insert": "AFTER INSERT ON {} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
    "zz_trail_update": "AFTER UPDATE ON {} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT",
    "zz_trail_delete": "AFTER DELETE ON {} REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT",
    # Between tests every table is emptied; that is no event.
    "zz_trail_truncate": "AFTER TRUNCATE ON {} FOR EACH STATEMENT "
    "WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on')",
}


def is_trail_there() -> bool:
    """Whether the tables of the trail exist: a partial migration may lack them."""
    return "security_trailjob" in connection.introspection.table_names()


def capture_install() -> list[str]:
    """Give each watched table its triggers where they are missing or others, take them from all others. Repeatable.

    Returns:
        The tables that were changed; none on a database that is up to date. Tables that do not exist yet are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        standing: dict[str, dict[str, bytes]] = {}
        for table, name, arguments in cursor.fetchall():
            standing.setdefault(table, {}).update({name: bytes(arguments)} if name else {})
    wanted = {one.table: one for one in watched() if one.table in standing}
    changed, statements = [], []
    for table, found in standing.items():
        one = wanted.get(table)
        if one is not None and found != dict.fromkeys(_TRIGGERS, _as_stored(one)):
            statements += [_statement(one, name) for name in _TRIGGERS]
            changed.append(table)
        elif one is None and found:
            statements += [f"DROP TRIGGER {name} ON {table}" for name in found]
            changed.append(table)
    if statements:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("; ".join(statements))
    return sorted(changed)


def partitions_ahead() -> int:
    """Make the partitions of this month and the next ones where they are missing; returns how many. Repeatable."""
    today, made = now().date(), 0
    with connection.cursor() as cursor:
        for months in range(AHEAD_MONTHS + 1):
            year, month = divmod(today.month - 1 + months, 12)
            cursor.execute(
                "SELECT security_trail_partition(make_date(%s, %s, 1))", [today.year + year, month + 1]
            )
            made += int(cursor.fetchone()[0])
    return made


def _statement(one: Watched, name: str) -> str:
    arguments = ", ".join(f"'{argument}'" for argument in one.arguments)
    when = _TRIGGERS[name].format(f'"{one.table}"')
    return f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION security_trail_capture({arguments})"


def _as_stored(one: Watched) -> bytes:
    """PostgreSQL ends each argument with a zero byte."""
    return b"".join(argument.encode() + b"\0" for argument in one.arguments)
