"""Changes of tables that wait politely: whoever waits for a table keeps everybody who comes later from it.

So a change waits for its lock a moment only, then lets the others pass and comes again. Only what nobody waits for may
take its time.

Source: security reference §5.7, §7 R9.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

logger = logging.getLogger(__name__)
WAIT_MS = 400  # for one lock; nobody behind it waits longer for us
PAUSE_SECONDS = 1.0
TRIES = 300
_LIMITS = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"


def patiently(work: Callable[[], object], *, tries: int = TRIES, pause: float = PAUSE_SECONDS) -> None:
    """Do what needs locks of tables, again and again until each was to be had.

    Args:
        work: may be begun anew after it was refused a lock; what it has committed stays.
        tries: at most so many.
        pause: seconds between two.

    Raises:
        OperationalError: refused each time; nothing of the last try stays.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{WAIT_MS}ms"])
    try:
        for number in range(1, tries + 1):
            try:
                work()
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable) or number == tries:
                    raise
                logger.warning(
                    "Others are at work on a table; try %s of %s in %s s.", number + 1, tries, pause
                )
                time.sleep(pause)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [before])


@contextmanager
def unhurried() -> Iterator[None]:
    """Wait and work without a limit until the end of the block: for what lets everybody read and write meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        before = cursor.fetchone()
        cursor.execute(_LIMITS, ["0", "0"])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(_LIMITS, before)
