"""The limiter's moments in Redis or Valkey: one script, one round trip, the server's clock."""

import hashlib
import threading
from collections.abc import Sequence
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError
from redis.retry import Retry

from hotel.monitoring.adapters.counters import Answer, Ask, StoreFailed

PREFIX = "auberge:limit:"
PATIENCE_SECONDS = 0.25
SCRIPT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local answers = {}
for i, key in ipairs(KEYS) do
  local cost, tolerance = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local moment = tonumber(redis.call('GET', key) or 0)
  if moment < now then moment = now end
  local ahead = moment - now
  if ahead + cost <= tolerance then
    ahead = ahead + cost
    redis.call('SET', key, string.format('%.0f', now + ahead), 'PX', math.ceil(ahead / 1000) + 1000)
    answers[2 * i - 1] = 1
  else
    answers[2 * i - 1] = 0
  end
  answers[2 * i] = ahead
end
return answers
"""
SHA = hashlib.sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()  # as the server names it


class RedisCounter:
    """Shared by all processes; nothing is waited for longer than a quarter of a second.

    A thread asks on a connection of its own. Every request asks twice, and redis-py's client, which looks for a
    connection and tells others of each command, takes longer than the question.
    """

    def __init__(self, url: str) -> None:
        """Connects at the first request."""
        self._pool = redis.ConnectionPool.from_url(
            url,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._own = threading.local()

    def take(self, asks: Sequence[Ask]) -> list[Answer]:
        """See ``Counter``."""
        amounts = [number for ask in asks for number in (ask.quota.cost(ask.points), ask.quota.tolerance)]
        words = (len(asks), *(PREFIX + ask.key for ask in asks), *amounts)
        try:
            found = self._answer(words)
        except (redis.RedisError, OSError) as error:
            raise StoreFailed(str(error)) from error
        return [(found[n] == 1, int(found[n + 1])) for n in range(0, len(found), 2)]

    def _answer(self, words: tuple[Any, ...]) -> Any:
        """What the script says; asked anew once where the server was restarted since the last question."""
        connection = self._connection()
        is_new = not connection.is_connected
        try:
            return _told(connection, words)
        except redis.TimeoutError:
            raise
        except redis.ConnectionError:
            if is_new:
                raise
            return _told(connection, words)  # connects again by itself

    def _connection(self) -> Any:
        if not hasattr(self._own, "connection"):
            self._own.connection = self._pool.connection_class(**self._pool.connection_kwargs)
        return self._own.connection


def _told(connection: Any, words: tuple[Any, ...]) -> Any:
    try:
        connection.send_command("EVALSHA", SHA, *words)
        return connection.read_response()
    except NoScriptError:
        connection.send_command("EVAL", SCRIPT, *words)
        return connection.read_response()
