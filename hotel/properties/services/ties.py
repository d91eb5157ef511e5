"""Tie foreign keys to the property, after every migration: a new one needs no migration of its own."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, connection, transaction

from hotel.core.postgresql.patience import unhurried
from hotel.properties.models import Property
from hotel.properties.selectors.ties import STANDING, Reference, references
from hotel.properties.tenancy import EVERYTHING, tenant_scope

logger = logging.getLogger(__name__)
TOLD = 10  # wrong rows of one foreign key that are named

# To the constraints that are it: name to whether all rows were checked.
Standing = Mapping[Reference, Mapping[str, bool]]

_COLUMNS = """
    SELECT class.relname, attname FROM pg_attribute JOIN pg_class AS class ON class.oid = attrelid
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
"""


def ties_build() -> list[str]:
    """Give each foreign key of rows of a property its tie, and take Django's own away, of which the tie says the same.

    Repeatable; with nothing to do it is one query. Tables and columns that do not exist yet are left out. An empty
    installation is changed in one transaction; where people work, each step is its own and short, or lets them write
    meanwhile. Rows that point at another property stay and are named in the log, and ``verify_invariants`` finds them;
    new ones are refused even then, and Django's foreign key stays until all rows are right.

    Returns:
        The constraints that were added, or that all rows keep to now.
    """
    wanted, standing = references(), _standing()
    missing = _possible([one for one in wanted if one not in standing])
    unproven = [one for one in _unmet(wanted, standing) if one in standing]
    if not (missing or unproven or _needless(wanted, standing)):
        return []
    with tenant_scope(EVERYTHING):  # if nothing were told, PostgreSQL would look for wrong rows among none
        if Property.objects.exists():
            return _build(wanted, missing, unproven)
        with transaction.atomic():
            return _build(wanted, missing, unproven)


def _build(
    wanted: Sequence[Reference], missing: Sequence[Reference], unproven: Sequence[Reference]
) -> list[str]:
    for one in missing:
        _add(one)
    standing = _standing()
    proven = [one for one in [*missing, *unproven] if _proven(one, standing[one])]
    for table, name in _needless(wanted, _standing()):
        _run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [one.name for one in dict.fromkeys([*missing, *proven])]


def _standing() -> Standing:
    found: dict[Reference, dict[str, bool]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        for table, columns, target, keys, is_checked, name in cursor.fetchall():
            found[Reference(table, tuple(columns), target, tuple(keys))][name] = is_checked
    return dict(found)


def _unmet(wanted: Iterable[Reference], standing: Standing) -> list[Reference]:
    """Those that are missing, or that not all rows are known to keep to."""
    return [one for one in wanted if not any(standing.get(one, {}).values())]


def _needless(wanted: Iterable[Reference], standing: Standing) -> list[tuple[str, str]]:
    """Table and name of each constraint of a column of which the wanted one says all that there is to say."""
    unmet = set(_unmet(wanted, standing))
    met = {(one.table, one.columns[-1]): one for one in wanted if one not in unmet}
    return [
        (one.table, name)
        for one, names in standing.items()
        if met.get((one.table, one.columns[-1]), one) != one
        for name in names
    ]


def _possible(missing: Sequence[Reference]) -> list[Reference]:
    """Those of tables and columns that exist."""
    if not missing:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        there = set(cursor.fetchall())
    return [
        one
        for one in missing
        if there.issuperset((one.table, column) for column in one.columns)
        and there.issuperset((one.target, key) for key in one.keys)
    ]


def _add(one: Reference) -> None:
    """From now on, for new rows only; deferred as Django's, so that rows may still be written in any order."""
    if one.is_tie:
        _index(one)
    _run(
        f'ALTER TABLE {one.table} ADD CONSTRAINT "{one.name}" FOREIGN KEY ({", ".join(one.columns)})'
        f" REFERENCES {one.target} ({', '.join(one.keys)}) DEFERRABLE INITIALLY DEFERRED NOT VALID"
    )


def _index(one: Reference) -> None:
    """The unique index by which the target is found; while it is made, people go on writing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [f'"{one.index}"']
        )
        found = cursor.fetchone()
        if found == (True,):
            return
        if found:  # an earlier run was broken off
            cursor.execute(f'DROP INDEX "{one.index}"')
        how = "" if connection.in_atomic_block else "CONCURRENTLY"
        with unhurried():
            cursor.execute(
                f'CREATE UNIQUE INDEX {how} "{one.index}" ON {one.target} ({", ".join(one.keys[::-1])})'
            )


def _proven(one: Reference, names: Iterable[str]) -> bool:
    """Whether all rows keep to it; people write meanwhile."""
    try:
        with unhurried(), transaction.atomic():
            for name in names:
                _run(f'ALTER TABLE {one.table} VALIDATE CONSTRAINT "{name}"')
    except IntegrityError:
        _complain(one)
        return False
    return True


def _complain(one: Reference) -> None:
    column = one.columns[-1]
    pairs = zip(one.columns, one.keys, strict=True)
    same = " AND ".join(f"target.{key} = child.{mine}" for mine, key in pairs)
    sql = (
        f"SELECT child.id, count(*) OVER () FROM {one.table} AS child LEFT JOIN {one.target} AS target ON {same}"  # noqa: S608
        f" WHERE child.{column} IS NOT NULL AND target.{one.keys[-1]} IS NULL ORDER BY 1 LIMIT {TOLD}"
    )
    with unhurried(), connection.cursor() as cursor:
        cursor.execute(sql)
        wrong = cursor.fetchall()
    logger.error(
        "%s.%s names rows of %s that are of another property, or gone: %s rows, such as %s. New ones are refused;"
        " these stay until somebody mends them. `migrate` looks again.",
        *(one.table, column, one.target, wrong[0][1] if wrong else 0, [number for number, _ in wrong]),
    )


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
