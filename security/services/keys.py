"""Changes of keys: of those that wrap, and of those that index."""

import os
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction

from hotel.core.clock import now
from hotel.core.crypto import DecryptionFailed, key_ring
from hotel.core.exceptions import Conflict
from hotel.core.models import DataKey
from hotel.core.words import _
from security.domain.envelopes import key_unwrapped, key_wrapped
from security.selectors.keys import wrapping_keys
from security.services.key_ring import INDEX, SubjectKeyRing

BATCH = 2_000


def ring() -> SubjectKeyRing:
    """The ring in force."""
    return cast("SubjectKeyRing", key_ring())


def keys_left() -> int:
    """How many data keys are not wrapped under the wrapping key in force, the first of ``FIELD_KEYS``."""
    return _foreign(ring().keks.current()[0]).count()


def keys_rewrap() -> int:
    """Wrap the next 2,000 data keys under the wrapping key in force. Repeatable, also by several at once.

    Takes no locks: each key can be read before and after, and one that somebody else wrapped or destroyed meanwhile
    is left as it is. Those whose wrapping key is not configured are left, too; ``keys_unreadable`` tells them.

    Returns:
        How many were wrapped; 0 when none is left that can be.

    Raises:
        DecryptionFailed: one was changed, or moved to another subject; nothing of this batch was wrapped.
    """
    kek_id, kek = ring().keks.current()
    foreign = _foreign(kek_id).filter(kek__in=ring().keks.ring().keys)
    rows = list(foreign.order_by("kek", "pk").values_list("pk", "subject", "kek", "wrapped")[:BATCH])
    if not rows:
        return 0
    new = [
        key_wrapped(kek, _unwrapped(subject, old, bytes(wrapped)), owner=subject)
        for _, subject, old, wrapped in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_REWRAP, [kek_id, [row[0] for row in rows], [bytes(row[3]) for row in rows], new])
        return cursor.rowcount


def _unwrapped(subject: str, kek_id: str, wrapped: bytes) -> bytes:
    try:
        return key_unwrapped(ring().keks.key(kek_id), wrapped, owner=subject)
    except InvalidTag as error:
        raise DecryptionFailed(f"The data key of {subject} is not the one that was wrapped.") from error


def keys_unreadable() -> dict[str, int]:
    """How many data keys are wrapped under keys that are not configured, by the names of those."""
    return {name: count for name, count in wrapping_keys().items() if name not in ring().keks.ring().keys}


@transaction.atomic
def index_prepare() -> int:
    """Make the next index key: searches look for it too from now on, nothing is written with it yet.

    Returns:
        Its version.

    Raises:
        Conflict: one is prepared already.
    """
    if _prepared() is not None:
        raise Conflict(_("An index key is prepared already."), code="index_key_prepared")
    kek_id, kek = ring().keks.current()
    newest = DataKey.objects.filter(subject=INDEX).order_by("-version").first()
    row = DataKey.objects.create(
        subject=INDEX,
        version=newest.version + 1 if newest else 1,
        kek=kek_id,
        wrapped=key_wrapped(kek, os.urandom(32), owner=INDEX),
        is_current=False,
    )
    ring().indexes.clear()
    return row.version + 1


@transaction.atomic
def index_activate() -> int:
    """Write with the prepared index key from now on, once every process must know of it. Returns its version.

    Raises:
        Conflict: none is prepared, or not long enough ago.
    """
    row = _prepared()
    if row is None:
        raise Conflict(_("No index key is prepared."), code="index_key_not_prepared")
    if not is_index_known():
        raise Conflict(
            _("Every process must know the new key first. Wait a minute."), code="index_key_not_known_yet"
        )
    DataKey.objects.filter(subject=INDEX, is_current=True).update(is_current=False)
    DataKey.objects.filter(pk=row.pk).update(is_current=True)
    ring().indexes.clear()
    return row.version + 1


def is_index_known() -> bool:
    """Whether an index key is prepared for so long that every process looks for it."""
    row = _prepared()
    return row is not None and (now() - row.created_at).total_seconds() >= settings.KEY_CACHE_SECONDS


def _prepared() -> DataKey | None:
    """The newest index key, when nothing is written with it yet."""
    newest = DataKey.objects.filter(subject=INDEX, wrapped__isnull=False).order_by("-version").first()
    return newest if newest is not None and not newest.is_current else None


def _foreign(kek_id: str) -> Any:
    return DataKey.objects.filter(wrapped__isnull=False).exclude(kek=kek_id)


_REWRAP = """
UPDATE core_datakey AS kept SET wrapped = made.new, kek = %s
  FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS made (id, old, new)
 WHERE kept.id = made.id AND kept.wrapped = made.old
"""
