"""Puts the trail's triggers on every table, after every migration: a new table gets them without one of its own.

They are not django-pgtrigger's: its functions obey ``SET pgtrigger.ignore``, by which whoever reaches the database
would switch the trail off, open a subtransaction in every call, and are made anew after every flush.
"""

from django.db import connection, transaction

from hotel.core.clock import now
from security.selectors.captured import Watched, triggers_standing, watched

AHEAD_MONTHS = 3

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
    """Give each watched table its triggers where they are missing, others or switched off; take them from all others.

    Repeatable.

    Returns:
        The tables that were changed; none on a database that is up to date. Tables that do not exist yet are left out.
    """
    standing = triggers_standing()
    wanted = {one.table: one for one in watched() if one.table in standing}
    changed, statements = [], []
    for table, found in standing.items():
        one = wanted.get(table)
        if one is not None and found != one.triggers:
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
