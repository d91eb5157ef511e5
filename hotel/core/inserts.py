"""Inserting a few rows by a statement that is kept, for what is written thousands of times a day.

``bulk_create`` composes its statement anew each time, which takes longer than PostgreSQL needs to execute it. The
values come from the fields as there; what is left out are its choices: conflicts, batches, expressions, inheritance.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import models, transaction

M = TypeVar("M", bound=models.Model)

FEW = 50


@dataclass(frozen=True)
class _Kept:
    """The parts of a model's statement, and the fields in order of its columns."""

    fields: tuple[models.Field, ...]
    head: str
    row: str
    tail: str


def rows_insert(rows: Iterable[M]) -> list[M]:
    """Insert new rows of one model in one statement, in the caller's transaction; none without rows.

    Args:
        rows: never saved, of one model with a key drawn by the database; what they refer to is saved.

    Returns:
        The same rows in order, with their keys. As with ``bulk_create`` no signal is sent. Many rows are left to it.
    """
    found = list(rows)
    if not found:
        return found
    model = type(found[0])
    if len(found) > FEW:
        return model._default_manager.bulk_create(found)
    kept = _kept(model)
    connection = transaction.get_connection()  # not the proxy, which looks it up with every value
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in found
        for field in kept.fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"{kept.head}{', '.join([kept.row] * len(found))}{kept.tail}", values)
        keys = cursor.fetchall()
    for row, (key,) in zip(found, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
    return found


@cache
def _kept(model: type[models.Model]) -> _Kept:
    meta = model._meta
    quoted: Callable[[Any], str] = transaction.get_connection().ops.quote_name
    fields = tuple(field for field in meta.local_concrete_fields if not field.primary_key)
    columns = ", ".join(quoted(field.column) for field in fields)
    return _Kept(
        fields,
        head=f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ",  # noqa: S608  (names of the model)
        row=f"({', '.join(['%s'] * len(fields))})",
        tail=f" RETURNING {quoted(meta.pk.column)}",
    )
