"""What a database holds, in few words: rows and a fingerprint of each table, and the newest business day."""

from typing import Any, TypedDict

# The text of a row depends on these.
TEXT_OPTIONS = (
    "-c app.properties=* -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex"
    " -c extra_float_digits=1"
)
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_t'
     ORDER BY 1, 2
"""
_BUSINESS_DAY = "SELECT max(business_date)::text FROM properties_businessday"
_BEHIND = """
    SELECT seq.oid::regclass::text, tab.oid::regclass::text, col.attname
      FROM pg_class seq
      JOIN pg_depend dep ON dep.objid = seq.oid AND dep.classid = 'pg_class'::regclass AND dep.deptype IN ('a', 'i')
      JOIN pg_class tab ON tab.oid = dep.refobjid
      JOIN pg_attribute col ON col.attrelid = tab.oid AND col.attnum = dep.refobjsubid
     WHERE seq.relkind = 'S' ORDER BY 1
"""


class Contents(TypedDict):
    """Of one moment.

    Attributes:
        tables: name to number of rows and fingerprint, which does not depend on the order of rows.
        business_date: the newest, ISO; empty when there is no hotel.
    """

    tables: dict[str, tuple[int, str]]
    business_date: str


def contents(connection: Any) -> Contents:
    """Read every row of every table of a connection that was opened with ``TEXT_OPTIONS``."""
    from psycopg import sql

    tables: dict[str, tuple[int, str]] = {}
    for schema, name in connection.execute(_TABLES).fetchall():
        statement = sql.SQL(
            "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM ONLY {} AS t"
        )
        rows, hashed = connection.execute(statement.format(sql.Identifier(schema, name))).fetchone()
        tables[f"{schema}.{name}"] = (rows, hashed)
    day = ""
    if "public.properties_businessday" in tables:
        day = connection.execute(_BUSINESS_DAY).fetchone()[0] or ""
    return Contents(tables=tables, business_date=day)


def differences(kept: Contents, found: Contents) -> list[str]:
    """What is not as it was, one sentence a table, those with other numbers of rows first; empty when all is."""
    said = []
    for name in sorted({*kept["tables"], *found["tables"]}):
        was, now = kept["tables"].get(name), found["tables"].get(name)
        if was is None or now is None:
            said.append(f"{name} is {'missing' if now is None else 'new'}.")
        elif was[0] != now[0]:
            said.append(f"{name} has {now[0]} rows instead of {was[0]}.")
        elif was[1] != now[1]:
            said.append(f"{name} has other contents.")
    if kept["business_date"] != found["business_date"]:
        said.append(f"The newest business day is {found['business_date']}, not {kept['business_date']}.")
    return said


def sequences_behind(connection: Any) -> list[str]:
    """Sequences that would give out a number that is taken already."""
    from psycopg import sql

    behind = []
    for sequence, table, column in connection.execute(_BEHIND).fetchall():
        statement = sql.SQL("SELECT coalesce(max({}), 0) > (SELECT last_value FROM {}) FROM {}")
        parts = [sql.Identifier(column), sql.SQL(sequence), sql.SQL(table)]
        if connection.execute(statement.format(*parts)).fetchone()[0]:
            behind.append(sequence)
    return behind
