"""What is encrypted, with which keys, and how much of it."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from psycopg import sql

from hotel.core.fields import EncryptedMixin, encrypted_fields
from hotel.core.models import DataKey
from hotel.core.personal import house_models
from hotel.core.plugs import plugs
from security.domain.envelopes import ALGORITHM
from security.key_choices import KeyState
from security.models import DataEncryption

FORMATS = ("v2", "v1", "clear")


@dataclass(frozen=True)
class InventoryLine:
    """One encrypted column.

    Attributes:
        column: such as ``guests.Guest.email``.
        algorithm: of its ciphertext.
        bound_to: what its ciphertext is bound to.
        searched_by: the column of its keyed hash; empty when nobody searches by it.
        tier: T2 or T3 as declared; ``secret`` when it tells of no person.
    """

    column: str
    algorithm: str
    bound_to: str
    searched_by: str
    tier: str


def inventory() -> list[InventoryLine]:
    """Every encrypted column of the house, generated from its models; ascending."""
    searched = {(one.model, one.field): one.fingerprint for plug in plugs() for one in plug.blind_indexes}
    tiers = {(row.model, name): row.tier for plug in plugs() for row in plug.personal for name in row.fields}
    lines = [
        InventoryLine(
            column=f"{model._meta.label}.{field.attname}",
            algorithm=ALGORITHM,
            bound_to="table, column and row",
            searched_by=searched.get((model._meta.label, field.attname), ""),
            tier=tiers.get((model._meta.label, field.attname), "secret"),
        )
        for model, field in _columns()
    ]
    return sorted(lines, key=lambda line: line.column)


def coverage() -> list[dict[str, Any]]:
    """Of each encrypted column: rows in the present format, in the first one, and in clear; one query a table."""
    found = []
    with connection.cursor() as cursor:
        for model in house_models():
            fields = encrypted_fields(model)
            if fields:
                counts = sql.SQL(", ").join(_counts(field) for field in fields)
                text = sql.SQL("SELECT {} FROM {}").format(counts, sql.Identifier(model._meta.db_table))
                cursor.execute(text)
                row = cursor.fetchone()
                for number, field in enumerate(fields):
                    figures = dict(zip(FORMATS, row[number * 3 : number * 3 + 3], strict=True))
                    found.append({"column": f"{model._meta.label}.{field.attname}", **figures})
    return sorted(found, key=lambda line: line["column"])


def wrapping_keys() -> dict[str, int]:
    """How many data keys are wrapped under each wrapping key, by its id."""
    rows = DataKey.objects.filter(wrapped__isnull=False).values_list("kek").annotate(Count("pk"))
    return dict(rows.order_by("kek"))


def data_key_figures() -> dict[str, int]:
    """How many data keys there are, and how many were destroyed with what they encrypted."""
    return DataKey.objects.aggregate(
        alive=Count("pk", filter=Q(wrapped__isnull=False)), destroyed=Count("pk", filter=Q(wrapped=None))
    )


def key_figures() -> dict[str, Any]:
    """Data keys alive and destroyed, how many each wrapping key wraps, and how many are not under the one in force."""
    used = wrapping_keys()
    current = DataEncryption.objects.filter(state=KeyState.IN_FORCE).values_list("key_id", flat=True).first()
    left = sum(count for name, count in used.items() if name != current) if current else 0
    return {**data_key_figures(), "by_wrapping_key": used, "left_to_wrap": left}


def _columns() -> list[tuple[Any, EncryptedMixin]]:
    return [(model, field) for model in house_models() for field in encrypted_fields(model)]


def _counts(field: EncryptedMixin) -> sql.Composed:
    return sql.SQL(
        "count(*) FILTER (WHERE {0} LIKE 'v2:%'), count(*) FILTER (WHERE {0} LIKE 'v1:%'), "
        "count(*) FILTER (WHERE {0} <> '' AND {0} NOT LIKE 'v1:%' AND {0} NOT LIKE 'v2:%')"
    ).format(sql.Identifier(str(field.column)))
