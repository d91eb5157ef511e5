"""A cache on Redis that may be lost: what was kept is missed, nobody waits for it, and nothing old comes back.

While it is lost every question is a miss and every write is forgotten. A process that has forgotten a write empties the
cache before it believes it again, so that a session that was ended in between does not come back to life.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
REST_SECONDS = 2


class ForgivingClient(RedisCacheClient):
    """Django's client. After a failure it is not asked for two seconds, so that requests do not wait for it in turn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lock = threading.Lock()
        self._asked_from = float("-inf")
        self._is_behind = False

    def _forgiven(self, call: Callable[[], Any], missed: Any, *, writes: bool = False) -> Any:
        """The answer, or what stands for a miss."""
        if time.monotonic() >= self._asked_from:
            try:
                if self._is_behind:
                    self._catch_up()
                return call()
            except (RedisError, OSError) as error:
                logger.warning("The cache is lost (%s).", type(error).__name__)
                self._asked_from = time.monotonic() + REST_SECONDS
        self._is_behind = self._is_behind or writes
        return missed

    def _catch_up(self) -> None:
        with self._lock:
            if self._is_behind:
                super().clear()
                self._is_behind = False

    def add(self, key: Any, value: Any, timeout: Any) -> Any:
        """False: it was not added."""
        parent = super().add
        return self._forgiven(lambda: parent(key, value, timeout), missed=False, writes=True)

    def get(self, key: Any, default: Any) -> Any:
        """The default."""
        parent = super().get
        return self._forgiven(lambda: parent(key, default), default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        """Forgotten."""
        parent = super().set
        self._forgiven(lambda: parent(key, value, timeout), None, writes=True)

    def touch(self, key: Any, timeout: Any) -> Any:
        """Nothing was there."""
        parent = super().touch
        return self._forgiven(lambda: parent(key, timeout), missed=False, writes=True)

    def delete(self, key: Any) -> Any:
        """Nothing was there."""
        parent = super().delete
        return self._forgiven(lambda: parent(key), missed=False, writes=True)

    def get_many(self, keys: Iterable[Any]) -> Any:
        """Nothing was there."""
        parent = super().get_many
        return self._forgiven(lambda: parent(keys), {})

    def has_key(self, key: Any) -> Any:
        """Nothing was there."""
        parent = super().has_key
        return self._forgiven(lambda: parent(key), missed=False)

    def incr(self, key: Any, delta: int) -> Any:
        """As when nothing was there.

        Raises:
            ValueError: nothing was there.
        """
        parent = super().incr
        found = self._forgiven(lambda: parent(key, delta), None, writes=True)
        if found is None:
            raise ValueError(f"Key '{key}' not found.")
        return found

    def set_many(self, data: Mapping[Any, Any], timeout: Any) -> None:
        """Forgotten."""
        parent = super().set_many
        self._forgiven(lambda: parent(data, timeout), None, writes=True)

    def delete_many(self, keys: Iterable[Any]) -> None:
        """Forgotten."""
        parent = super().delete_many
        self._forgiven(lambda: parent(keys), None, writes=True)

    def clear(self) -> Any:
        """Done as soon as it is back."""
        parent = super().clear
        return self._forgiven(lambda: parent(), missed=False, writes=True)


class ForgivingRedisCache(RedisCache):
    """Django's cache with the client above, one for the process, so that all threads know that it is lost."""

    _clients: dict[str, ForgivingClient] = {}

    def __init__(self, server: Any, params: Any) -> None:
        super().__init__(server, params)
        self._key = repr(server)
        self._made = lambda: ForgivingClient(self._servers, **self._options)  # type: ignore[attr-defined]

    @property
    def _cache(self) -> ForgivingClient:
        if self._key not in self._clients:
            self._clients.setdefault(self._key, self._made())
        return self._clients[self._key]
