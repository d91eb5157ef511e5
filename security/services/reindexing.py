"""Writes the hashes of blind indexes anew under the index key in force."""

from typing import Any

from django.apps import apps

from hotel.core.crypto import key_ring
from hotel.core.plugs import BlindIndex, plugs

BATCH = 500


def blind_indexes() -> list[BlindIndex]:
    """All of them, in order of the floors."""
    return [index for plug in plugs() for index in plug.blind_indexes]


def rows_reindex() -> int:
    """Every row of every blind index. Repeatable. A row changed meanwhile keeps what was written to it.

    Returns:
        How many hashes were changed.
    """
    return sum(_reindexed(index) for index in blind_indexes())


def _reindexed(index: BlindIndex) -> int:
    done, last = 0, 0
    manager = apps.get_model(index.model)._base_manager
    while rows := list(manager.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in rows:
            old, new = getattr(row, index.fingerprint), _hash(index, row)
            if new and new != old:
                same = {"pk": row.pk, index.fingerprint: old}
                done += manager.filter(**same).update(**{index.fingerprint: new})
        last = rows[-1].pk
    return done


def _hash(index: BlindIndex, row: Any) -> str:
    value = getattr(row, index.field)
    if not value:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    context = f"{index.context}.{getattr(row, index.part)}" if index.part else index.context
    return key_ring().fingerprint(text, context=context)
