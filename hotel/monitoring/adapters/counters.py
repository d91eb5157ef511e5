"""What every store of the limiter's moments does, and the one that lives in this process."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hotel.monitoring.domain.gcra import Quota, step

Answer = tuple[bool, int]  # whether it may pass, and microseconds that the moment lies ahead then
MOST_KEYS = 50_000


class StoreFailed(Exception):
    """The store did not answer in time."""


@dataclass(frozen=True)
class Ask:
    """One key to be counted against a quota."""

    key: str
    quota: Quota
    points: int = 1


class Counter(Protocol):
    """A store of moments."""

    def take(self, asks: Sequence[Ask]) -> list[Answer]:
        """Count all of these, each by itself, in one round trip; answers in the same order.

        Raises:
            StoreFailed: the store cannot be reached.
        """


class LocalCounter:
    """In the memory of this process: for one process alone, and when the shared store is lost."""

    def __init__(self) -> None:
        """Nothing was counted yet."""
        self._moments: dict[str, int] = {}
        self._lock = threading.Lock()

    def take(self, asks: Sequence[Ask]) -> list[Answer]:
        """Never fails."""
        answers = []
        with self._lock:
            now = time.monotonic_ns() // 1000
            if len(self._moments) > MOST_KEYS:
                self._moments = {key: moment for key, moment in self._moments.items() if moment > now}
            for ask in asks:
                is_allowed, ahead = step(self._moments.get(ask.key, 0) - now, ask.quota, ask.points)
                if is_allowed:
                    self._moments[ask.key] = now + ahead
                answers.append((is_allowed, ahead))
        return answers
