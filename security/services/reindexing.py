"""Writes the hashes of blind indexes anew under the index key in force."""

from typing import Any

from django.apps import apps
from django.db.models import Manager

from hotel.core.crypto import DecryptionFailed, KeyUnavailable, key_ring
from hotel.core.fields import UNAVAILABLE, Unreadable
from hotel.core.plugs import BlindIndex, plugs
from hotel.core.words import _

BATCH = 500


def blind_indexes() -> list[BlindIndex]:
    """All of them, in order of the floors."""
    return [index for plug in plugs() for index in plug.blind_indexes]


def rows_indexed() -> int:
    """How many rows a change of the index key looks at; a table that is searched in two ways counts twice."""
    return sum(_rows(index).count() for index in blind_indexes())


def rows_reindex() -> int:
    """Every row of every blind index. Repeatable. Returns how many rows were looked at."""
    seen = 0
    place: tuple[int, int] | None = (0, 0)
    while place is not None:
        found, place = rows_reindex_some(*place)
        seen += found
    return seen


def rows_reindex_some(number: int, last: int) -> tuple[int, tuple[int, int] | None]:
    """The next 500 rows of one index. A row changed meanwhile keeps what was written to it.

    Args:
        number: which of the indexes, from 0.
        last: the id of the last row that was looked at.

    Returns:
        How many rows were looked at, and where to go on; None at the end.

    Raises:
        KeyUnavailable: the source of keys does not answer, so nothing more can be read.
    """
    indexes = blind_indexes()
    if number >= len(indexes):
        return 0, None
    index = indexes[number]
    rows = list(_rows(index).filter(pk__gt=last).order_by("pk")[:BATCH])
    for row in rows:
        old, new = getattr(row, index.fingerprint), _hash(index, row)
        if new and new != old:
            same = {"pk": row.pk, index.fingerprint: old}
            _rows(index).filter(**same).update(**{index.fingerprint: new})
    return len(rows), (number, rows[-1].pk) if len(rows) == BATCH else (number + 1, 0)


def _rows(index: BlindIndex) -> Manager[Any]:
    return apps.get_model(index.model)._base_manager


def _hash(index: BlindIndex, row: Any) -> str:
    """The hash of what a row keeps; empty when it keeps nothing, or nothing that can be read any more."""
    try:
        value = getattr(row, index.field)
    except KeyUnavailable:
        raise
    except DecryptionFailed:
        return ""
    if isinstance(value, Unreadable) and value == UNAVAILABLE:
        raise KeyUnavailable(_("The key service does not answer."))
    if not value:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    context = f"{index.context}.{getattr(row, index.part)}" if index.part else index.context
    return key_ring().fingerprint(text, context=context)
