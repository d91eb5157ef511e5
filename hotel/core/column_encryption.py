"""Encrypts columns of tables that have rows, in batches and back again: for migrations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from hotel.core.crypto import key_ring

BATCH = 1_000
SEALED = "v2:"


@dataclass(frozen=True)
class Columns:
    """Columns of one table.

    Attributes:
        table: such as ``guests_guest``.
        label: the model in lower case, such as ``guests.guest``: ciphertext is bound to it.
        names: the columns.
        subject: an SQL expression over the row whose key encrypts it, such as ``'guest:' || id``.
        prints: column to its fingerprint column and the fingerprint's context, written anew from the value.
        where: an SQL condition: which rows.
    """

    table: str
    label: str
    names: tuple[str, ...]
    subject: str
    prints: tuple[tuple[str, str, str], ...] = ()
    where: str = "TRUE"


def columns_encrypt(columns: Columns, schema_editor: Any) -> int:
    """Encrypt what is in clear, a thousand rows at a time. Repeatable. Returns how many rows were changed."""
    return _changed(columns, schema_editor, _encrypted)


def columns_decrypt(columns: Columns, schema_editor: Any) -> int:
    """Write what is encrypted in clear again. Returns how many rows were changed."""
    return _changed(columns, schema_editor, _decrypted)


def _encrypted(columns: Columns, pk: int, subject: str, name: str, value: str) -> str:
    if value.startswith(SEALED):
        return value
    context = f"{columns.label}.{name}"
    if value.startswith("v1:"):
        value = key_ring().decrypt(value, context=context)
    return key_ring().encrypt(value, context=f"{context}.{pk}", subject=subject)


def _decrypted(columns: Columns, pk: int, subject: str, name: str, value: str) -> str:
    if not value.startswith(SEALED):
        return value
    return key_ring().decrypt(value, context=f"{columns.label}.{name}.{pk}")


def _changed(columns: Columns, schema_editor: Any, change: Callable[..., str]) -> int:
    done = 0
    with schema_editor.connection.cursor() as cursor:
        for rows in _batches(columns, cursor):
            if change is _encrypted:
                key_ring().prepare([row[1] for row in rows])
            for pk, subject, *values in rows:
                found = dict(zip(columns.names, values, strict=True))
                new = {
                    name: change(columns, pk, subject, name, value) if value else value
                    for name, value in found.items()
                }
                if new != found:
                    _write(
                        columns, cursor, pk, new | (_prints(columns, found) if change is _encrypted else {})
                    )
                    done += 1
    return done


def _prints(columns: Columns, found: dict[str, Any]) -> dict[str, str]:
    made = {}
    for name, target, context in columns.prints:
        value = found[name]
        if value and not value.startswith(SEALED):
            if value.startswith("v1:"):
                value = key_ring().decrypt(value, context=f"{columns.label}.{name}")
            made[target] = key_ring().fingerprint(value, context=context)
    return made


def _write(columns: Columns, cursor: Any, pk: int, values: dict[str, Any]) -> None:
    sets = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values)
    text = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(columns.table), sets)
    cursor.execute(text, [*values.values(), pk])


def _batches(columns: Columns, cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    last = 0
    text = sql.SQL("SELECT id, {}, {} FROM {} WHERE id > %s AND {} ORDER BY id LIMIT %s").format(
        sql.SQL(columns.subject),  # type: ignore[arg-type]  # written in migrations only
        sql.SQL(", ").join(map(sql.Identifier, columns.names)),
        sql.Identifier(columns.table),
        sql.SQL(columns.where),  # type: ignore[arg-type]
    )
    while True:
        cursor.execute(text, [last, BATCH])
        rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]
