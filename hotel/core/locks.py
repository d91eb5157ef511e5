"""Locks taken once per transaction, in one global order, and refused instead of waited for.

Order of the house: property → room type → night → room → reservation → folio → account → stock item.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TypeVar

from django.db import OperationalError, connection, models
from psycopg.errors import DeadlockDetected, LockNotAvailable

from hotel.core.exceptions import NotAvailable
from hotel.core.words import _

M = TypeVar("M", bound=models.Model)


class LockSpace(IntEnum):
    """The registry of advisory-lock key spaces: one number per kind of thing, never reused."""

    OUTBOX_SEQUENCE = 1
    OUTBOX_AGGREGATE = 2
    SCHEDULES = 3
    IMPORT_JOB = 4
    PROPERTY_SETUP = 5
    DEMO = 6
    ROOM_STRUCTURE = 7  # also taken inside the functions of hotel/rooms/sql
    NIGHT_AUDIT = 8  # shared by the desk, alone by the audit
    ROUTING = 9
    TRAIL_SEAL = 12
    WRAPPING_KEYS = 13
    SAVED_VIEWS = 14  # of one person or role at one property
    API_ALERTS = 20
    INCIDENTS = 21
    COMPLIANCE = 22
    ENROLMENT = 30  # of persons who have no profile yet, one at a time in a chain
    ROOM_DAYS = 40  # the tasks of a property's rooms, settled by one at a time


class LockRefused(NotAvailable):
    """Someone else holds the row and did not let go in time; try again."""

    code = "lock_refused"


@contextmanager
def refused_as_conflict() -> Iterator[None]:
    """Turn PostgreSQL's lock timeout or deadlock into ``LockRefused`` (HTTP 409)."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise LockRefused(_("Someone else is working on this right now. Please try again.")) from error
        raise


def lock_rows(queryset: models.QuerySet[M], *, wait: bool = True) -> list[M]:
    """Lock the rows of a queryset in order of their primary key and return them fresh.

    Args:
        queryset: rows of one model; evaluated here, because an unevaluated lock takes no lock.
        wait: for who holds one of them; without, such a row is refused at once, for locks out of order.

    Returns:
        The locked instances, ascending by primary key.

    Raises:
        LockRefused: not had within the connection's lock timeout.
    """
    with refused_as_conflict():
        return list(queryset.order_by("pk").select_for_update(of=("self",), no_key=True, nowait=not wait))


def advisory_lock(space: LockSpace, key: str | int, *, wait: bool = True, shared: bool = False) -> bool:
    """Take a PostgreSQL advisory lock until the end of the transaction.

    Args:
        space: which kind of thing.
        key: which one of the kind.
        wait: wait for it, or return False at once.
        shared: with others that share it, but with nobody who wants it alone.

    Returns:
        Whether the lock is held now; always True when waiting.
    """
    number = zlib.crc32(str(key).encode()) - 2**31
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor, refused_as_conflict():
        if wait:
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [int(space), number])
            return True
        cursor.execute(f"SELECT pg_try_advisory_xact_lock{kind}(%s, %s)", [int(space), number])
        return bool(cursor.fetchone()[0])
