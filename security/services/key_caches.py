"""Keys in memory: few, and not for long."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from time import monotonic
from typing import Generic, TypeVar

from django.conf import settings

from hotel.core.crypto import DecryptionFailed, EnvironmentKeyRing, KeyUnavailable
from security.adapters.keys.sources import Source

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST = 10_000
KEK_SECONDS = 600
KEK_FRESH_SECONDS = 60


class Kept(Generic[K, V]):
    """The last used values, each for ``KEY_CACHE_SECONDS`` at most."""

    def __init__(self, most: int = MOST) -> None:
        self.seconds, self.most = settings.KEY_CACHE_SECONDS, most
        self._rows: OrderedDict[K, tuple[int, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: K) -> V | None:
        """The value, unless it is too old."""
        with self._lock:
            row = self._rows.get(name)
            if row is None or row[0] < seconds_now():
                self._rows.pop(name, None)
                return None
            self._rows.move_to_end(name)
            return row[1]

    def put(self, name: K, value: V) -> None:
        """Keep a value; the one that was used longest ago gives way."""
        with self._lock:
            self._rows[name] = (seconds_now() + self.seconds, value)
            self._rows.move_to_end(name)
            while len(self._rows) > self.most:
                self._rows.popitem(last=False)

    def drop(self, name: K) -> None:
        """Forget a value."""
        with self._lock:
            self._rows.pop(name, None)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._rows.clear()

    def __contains__(self, name: K) -> bool:
        return self.get(name) is not None

    def __len__(self) -> int:
        return len(self._rows)


class KekCache:
    """Key-encryption keys: asked for again each minute, and kept ten when their source does not answer."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._ring: EnvironmentKeyRing | None = None
        self._read_at = 0

    def ring(self) -> EnvironmentKeyRing:
        """All of them.

        Raises:
            KeyUnavailable: the source does not answer, and what is known is older than ten minutes.
        """
        age = seconds_now() - self._read_at
        if self._ring is None or age >= KEK_FRESH_SECONDS:
            try:
                self._ring, self._read_at = EnvironmentKeyRing.of(self.source()), seconds_now()
            except KeyUnavailable:
                if self._ring is None or age >= KEK_SECONDS:
                    self._ring = None
                    raise
        return self._ring

    def drop(self) -> None:
        """Ask the source again at the next use."""
        self._read_at -= KEK_FRESH_SECONDS

    def current(self) -> tuple[str, bytes]:
        """The one that wraps: its id and itself."""
        ring = self.ring()
        return ring.current, ring.keys[ring.current]

    def key(self, kek_id: str) -> bytes:
        """One of them.

        Raises:
            DecryptionFailed: it is not known any more.
        """
        keys = self.ring().keys
        if kek_id not in keys:
            raise DecryptionFailed("This value cannot be read.")
        return keys[kek_id]


def seconds_now() -> int:
    """A clock that never goes back."""
    return int(monotonic())
