"""Build the wall of row-level security, after every migration: a new table gets it without a migration of its own."""

import hashlib

from django.db import connection, transaction

from hotel.properties.selectors.walls import POLICY, Wall, walls

# Tables that exist, with the mark of the policy of our name and whether it is enforced, also against the owner.
_STANDING = """
    SELECT class.relname, obj_description(policy.oid, 'pg_policy'),
           class.relrowsecurity AND class.relforcerowsecurity
      FROM pg_class AS class
      LEFT JOIN pg_policy AS policy ON policy.polrelid = class.oid AND policy.polname = %s
     WHERE class.relnamespace = current_schema()::regnamespace AND class.relkind IN ('r', 'p')
"""


def walls_build() -> list[str]:
    """Give each table its policy where it has none, another one, or does not enforce it. Repeatable.

    Returns:
        The tables that were changed; none on a database that is up to date. Tables that do not exist yet are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [POLICY])
        standing = {table: (mark, is_forced) for table, mark, is_forced in cursor.fetchall()}
    wanted = [
        wall for wall in walls() if wall.table in standing and standing[wall.table] != (_mark(wall), True)
    ]
    if wanted:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("; ".join(_statements(wall) for wall in wanted))
    return [wall.table for wall in wanted]


def _statements(wall: Wall) -> str:
    return (
        f"DROP POLICY IF EXISTS {POLICY} ON {wall.table}; "
        f"CREATE POLICY {POLICY} ON {wall.table} USING ({wall.using}) WITH CHECK ({wall.check}); "
        f"COMMENT ON POLICY {POLICY} ON {wall.table} IS '{_mark(wall)}'; "
        f"ALTER TABLE {wall.table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    )


def _mark(wall: Wall) -> str:
    """PostgreSQL words conditions anew, so we know ours again by a mark of their text."""
    return hashlib.sha256(f"{wall.using}\n{wall.check}".encode()).hexdigest()[:16]
