"""The limiter's moments in Redis or Valkey: one script, one round trip, the server's clock."""

from collections.abc import Sequence

import redis
from redis.backoff import NoBackoff
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


class RedisCounter:
    """Shared by all processes; nothing is waited for longer than a quarter of a second."""

    def __init__(self, url: str) -> None:
        """Connects at the first request."""
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._script = self._client.register_script(SCRIPT)

    def take(self, asks: Sequence[Ask]) -> list[Answer]:
        """See ``Counter``."""
        amounts = [number for ask in asks for number in (ask.quota.cost(ask.points), ask.quota.tolerance)]
        try:
            found = self._script(keys=[PREFIX + ask.key for ask in asks], args=amounts)
        except (redis.RedisError, OSError) as error:
            raise StoreFailed(str(error)) from error
        return [(found[n] == 1, int(found[n + 1])) for n in range(0, len(found), 2)]
