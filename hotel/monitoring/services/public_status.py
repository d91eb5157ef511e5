"""What the public is told, kept for ten seconds by each process: a crowd that looks costs the house nothing."""

import threading
import time
from typing import Any

from django.db import DatabaseError, InterfaceError
from psycopg_pool import PoolTimeout

from hotel.core.clock import now
from hotel.core.health_checks import FAILED, OFF
from hotel.monitoring.domain.health import overall
from hotel.monitoring.selectors.standing import PARTS, Part, public_parts

KEPT_SECONDS = 10
LOST = (DatabaseError, InterfaceError, PoolTimeout)


class StatusKept:
    """Made anew by whoever asks first after ten seconds; others wait for his."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As new."""
        self.until, self.told = float("-inf"), dict[str, Any]()

    def get(self) -> dict[str, Any]:
        """``state``, ``parts`` and ``at``."""
        with self.lock:
            if time.monotonic() >= self.until:
                self.told = _told()
                self.until = time.monotonic() + KEPT_SECONDS
            return self.told


status_kept = StatusKept()


def _told() -> dict[str, Any]:
    """Without the database the desk has failed, and nobody knows of the rest."""
    moment = now()
    try:
        parts = public_parts(moment)
    except LOST:
        first, *others = PARTS
        parts = [Part(str(first[0]), FAILED, None), *(Part(str(title), OFF, None) for title, _ in others)]
    is_known = any(part.state != OFF for part in parts)
    vital = [(part.state, n == 0) for n, part in enumerate(parts)]
    return {"state": overall(vital) if is_known else OFF, "parts": parts, "at": moment}
