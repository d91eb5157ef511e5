"""Changes of keys: begun by a person or a command, worked off in batches, with a row that shows how far it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.crypto import DecryptionFailed, KeyUnavailable
from hotel.core.exceptions import Conflict
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from security.key_choices import RotationKind, RotationStatus
from security.models import KeyRotation
from security.services.key_register import keys_register
from security.services.keys import (
    index_activate,
    index_prepare,
    is_index_known,
    keys_left,
    keys_rewrap,
    keys_unreadable,
    ring,
)
from security.services.reindexing import rows_indexed, rows_reindex_some

WORK = timedelta(seconds=40)


@transaction.atomic
def rotation_start(*, kind: str, by: Any) -> KeyRotation:
    """Begin to wrap all data keys under the key in force, or to search by a new index key.

    Args:
        kind: of ``RotationKind``.
        by: who wants it; None for a command.

    Raises:
        Conflict: one of this kind runs already, or everything is wrapped under the key in force.
        KeyUnavailable: the source of keys does not answer.

    Locks: the register of keys, until the commit.
    """
    ring().keks.drop()
    keys_register()
    advisory_lock(LockSpace.WRAPPING_KEYS, "rotations")
    if KeyRotation.objects.filter(kind=kind, status=RotationStatus.RUNNING).exists():
        raise Conflict(_("A change of this kind runs already."), code="key_rotation_runs")
    if kind == RotationKind.INDEX:
        target, total = str(index_prepare()), rows_indexed()
    else:
        target, total = ring().keks.current()[0], keys_left()
        if not total:
            raise Conflict(
                _("All data keys are wrapped under the key in force. Put a new key first, then begin."),
                code="key_rotation_needless",
            )
    return KeyRotation.objects.create(kind=kind, target=target, total=total, started_by=by)


def rotations_work() -> int:
    """Work on every change that runs, for forty seconds at most. Repeatable, also by several at once.

    Returns:
        How many batches were done.
    """
    until, done = now() + WORK, 0
    for row in KeyRotation.objects.filter(status=RotationStatus.RUNNING).order_by("pk"):
        while now() < until and rotation_step(rotation=row):
            done += 1
    return done


def rotation_step(*, rotation: KeyRotation) -> bool:
    """Do one batch, in a transaction of its own.

    Returns:
        Whether there may be more to do now; a change that must wait for other processes says no.

    Locks: the change, so that two workers take turns; no data key and no row that is read.
    """
    try:
        with transaction.atomic():
            (row,) = lock_rows(KeyRotation.objects.filter(pk=rotation.pk))
            if row.status != RotationStatus.RUNNING:
                return False
            return _STEPS[RotationKind(row.kind)](row)
    except KeyUnavailable:
        return False  # later
    except DecryptionFailed as error:
        _stopped(rotation, error)
        return False


def _stopped(rotation: KeyRotation, error: DecryptionFailed) -> None:
    with transaction.atomic():
        (row,) = lock_rows(KeyRotation.objects.filter(pk=rotation.pk))
        _ended(row, RotationStatus.FAILED, error.message)


def _rewrap(row: KeyRotation) -> bool:
    if ring().keks.current()[0] != row.target:
        _ended(row, RotationStatus.FAILED, "Another key is in force now. Begin anew.")
        return False
    if found := keys_rewrap():
        _counted(row, found)
        return True
    if lost := keys_unreadable():
        names = ", ".join(f"{name} ({count})" for name, count in sorted(lost.items()))
        _ended(
            row, RotationStatus.FAILED, f"Data keys are wrapped under keys that are not configured: {names}."
        )
        return False
    if keys_left():
        return True  # somebody else wrapped what was read, and there is more
    _ended(row, RotationStatus.DONE, "")
    keys_register()
    return False


def _reindex(row: KeyRotation) -> bool:
    if not row.position:
        if not is_index_known():
            return False
        index_activate()
        row.position = {"index": 0, "last": 0}
    seen, place = rows_reindex_some(row.position["index"], row.position["last"])
    if place is None:
        _ended(row, RotationStatus.DONE, "")
        return False
    row.position = {"index": place[0], "last": place[1]}
    _counted(row, seen)
    return True


def _counted(row: KeyRotation, found: int) -> None:
    row.done += found
    row.total = max(row.total, row.done)  # rows that were made meanwhile count, too
    row.save(update_fields=["done", "total", "position", "updated_at"])


def _ended(row: KeyRotation, status: RotationStatus, failure: str) -> None:
    row.status, row.failure, row.ended_at = status, failure[:300], now()
    row.save(update_fields=["status", "failure", "ended_at", "position", "updated_at"])


_STEPS: dict[RotationKind, Callable[[KeyRotation], bool]] = {
    RotationKind.WRAPPING: _rewrap,
    RotationKind.INDEX: _reindex,
}
