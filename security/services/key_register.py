"""Keeps the register of wrapping keys true: which there are, which one wraps, which is missing or another one."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction

from hotel.core.clock import now
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.security_events import security_event
from security.key_choices import KeyState
from security.models import DataEncryption
from security.selectors.keys import wrapping_keys
from security.services.keys import ring

AWAY = (KeyState.RETIRED, KeyState.MISSING)
ALARMING = (KeyState.MISSING, KeyState.CHANGED)


def check_value(key: bytes) -> str:
    """Sixteen hex digits that tell two keys apart and say nothing of either: a keyed hash of a fixed text."""
    return hmac.new(key, b"auberge wrapping key", hashlib.sha256).hexdigest()[:16]


@transaction.atomic
def keys_register() -> int:
    """Compare the keys that are configured with those that wrap data keys, and write down what changed. Repeatable.

    A key that is missing though data keys need it, or that has other bytes than under the same name before, is a
    security event.

    Returns:
        How many rows were made or changed.

    Raises:
        KeyUnavailable: the source of keys does not answer; nothing was changed.

    Locks: the register, until the commit.
    """
    advisory_lock(LockSpace.WRAPPING_KEYS, "register")
    keys, used = ring().keks.ring(), wrapping_keys()
    known = {row.key_id: row for row in DataEncryption.objects.all()}
    names = [*(name for name in {*known, *used} if name != keys.current), keys.current]
    return sum(_written(name, keys.keys, keys.current, used, known.get(name)) for name in names)


def _written(
    name: str, keys: dict[str, bytes], current: str, used: dict[str, int], row: DataEncryption | None
) -> bool:
    checked = check_value(keys[name]) if name in keys else ""
    row = row or DataEncryption(key_id=name, check_value=checked, source=settings.KEY_SOURCE)
    before = (row.pk, row.state, row.source, row.in_force_at)
    row.state = _state(row, checked, is_current=name == current, is_used=name in used)
    if name in keys:
        row.source = settings.KEY_SOURCE
    if row.state == KeyState.IN_FORCE and row.in_force_at is None:
        row.in_force_at = now()
    row.retired_at = (row.retired_at or now()) if row.state in AWAY else None
    if (row.pk, row.state, row.source, row.in_force_at) == before:
        return False
    row.save()
    if row.state in ALARMING and before[1] != row.state:
        security_event("wrapping_key", key=name, state=str(row.state))
    return True


def _state(row: DataEncryption, checked: str, *, is_current: bool, is_used: bool) -> KeyState:
    if not checked:
        return KeyState.MISSING if is_used else KeyState.RETIRED
    if row.check_value and row.check_value != checked:
        return KeyState.CHANGED
    row.check_value = checked
    return KeyState.IN_FORCE if is_current else KeyState.READABLE
