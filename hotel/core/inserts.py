"""Inserting rows by a statement that is kept, for what is written thousands of times a day, or thousands at once.

``bulk_create`` composes its statement anew each time, which takes longer than PostgreSQL needs to execute it, and
quotes each value of many rows by itself. Here few rows are parameters, and many are one JSON text that PostgreSQL
reads as rows of the table. The values come from the fields as there; what is left out are its choices: conflicts,
expressions, inheritance.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db import models, transaction
from psycopg.types.json import Jsonb

M = TypeVar("M", bound=models.Model)

FEW = 50
BATCH = 1_000
STATEMENTS = 512


@dataclass(frozen=True)
class _Kept:
    """The parts of a model's statement, and the fields in order of its columns."""

    model: type[models.Model]
    fields: tuple[models.Field, ...]
    table: str
    pk: str
    columns: tuple[str, ...]
    keys: str
    many: str


def rows_insert(rows: Iterable[M]) -> list[M]:
    """Insert new rows of one model, in the caller's transaction: few in one statement, many by the thousand.

    Args:
        rows: never saved, of one model with a key drawn by the database; what they refer to is saved.

    Returns:
        The same rows in order, with their keys. As with ``bulk_create`` no signal is sent.
    """
    found = list(rows)
    if not found:
        return found
    kept = _kept(type(found[0]))
    connection = transaction.get_connection()  # not the proxy, which looks it up with every value
    values = [
        [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in kept.fields]
        for row in found
    ]
    with connection.cursor() as cursor:
        keys = _few(cursor, kept, values) if len(found) <= FEW else _many(cursor, kept, values)
    for row, (key,) in zip(found, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
    return found


def _few(cursor: Any, kept: _Kept, values: list[list[Any]]) -> list[tuple[int]]:
    """Insert rows as parameters; their keys."""
    given = tuple(n for n in range(len(kept.fields)) if any(row[n] is not None for row in values))
    cursor.execute(_statement(kept.model, given, len(values)), [row[n] for row in values for n in given])
    return cursor.fetchall()  # type: ignore[no-any-return]


@lru_cache(maxsize=STATEMENTS)
def _statement(model: type[models.Model], given: tuple[int, ...], rows: int) -> str:
    """Without the columns that stay empty in all rows: psycopg takes apart anew what has more than fifty values."""
    kept = _kept(model)
    columns = ", ".join(kept.columns[n] for n in given)
    row = f"({', '.join(['%s'] * len(given))})"
    return f"INSERT INTO {kept.table} ({columns}) VALUES {', '.join([row] * rows)} RETURNING {kept.pk}"  # noqa: S608


def _many(cursor: Any, kept: _Kept, values: list[list[Any]]) -> list[tuple[int]]:
    """Insert rows as JSON, by the thousand, with keys drawn before; the keys."""
    cursor.execute(kept.keys, [len(values)])
    keys = cursor.fetchall()
    names = [field.column for field in kept.fields]
    pk = kept.fields[0].model._meta.pk.column  # type: ignore[union-attr]
    rows = [{pk: key, **dict(zip(names, row, strict=True))} for (key,), row in zip(keys, values, strict=True)]
    for start in range(0, len(rows), BATCH):
        cursor.execute(kept.many, [json.dumps(rows[start : start + BATCH], default=_plain)])
    return keys  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """What JSON does not know, as PostgreSQL reads it: JSON columns as they are; days, instants, numbers as text."""
    if isinstance(value, Jsonb):
        return value.obj
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@cache
def _kept(model: type[models.Model]) -> _Kept:
    meta = model._meta
    quoted: Callable[[Any], str] = transaction.get_connection().ops.quote_name
    fields = tuple(field for field in meta.local_concrete_fields if not field.primary_key)
    table, pk = quoted(meta.db_table), quoted(meta.pk.column)
    columns = tuple(quoted(field.column) for field in fields)
    names = ", ".join(columns)
    return _Kept(
        model, fields, table, pk, columns,
        keys=f"SELECT nextval(pg_get_serial_sequence('{table}', '{meta.pk.column}')) FROM generate_series(1, %s)",  # noqa: S608
        many=(
            f"INSERT INTO {table} ({pk}, {names}) SELECT {pk}, {names} "  # noqa: S608
            f"FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
        ),
    )  # fmt: skip
