"""Counts requests against rules: in the shared store, or by this process's share when that is lost."""

import logging
import os
import time
from collections.abc import Sequence
from functools import cache

from django.conf import settings

from hotel.monitoring.adapters.counters import Answer, Ask, Counter, LocalCounter, StoreFailed
from hotel.monitoring.adapters.postgresql_counter import PostgresqlCounter
from hotel.monitoring.adapters.redis_counter import RedisCounter
from hotel.monitoring.domain.gcra import Decision, decision_of
from hotel.monitoring.domain.matching import Asked, Rule

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
CLOSED_PART = 10


class Limiter:
    """A shared store and what stands in for it.

    Args:
        shared: the store of all processes; None for a process alone.
        workers: how many processes serve requests.
    """

    def __init__(self, shared: Counter | None, *, workers: int) -> None:
        self._shared, self._workers = shared, max(1, workers)
        self._local = LocalCounter()
        self._again_at = 0.0

    def take(self, rules: Sequence[Rule], asked: Asked) -> list[Decision]:
        """What each rule says of a request, which is counted.

        When the shared store fails, this same request and all of the next second are counted by this process's share:
        ``1 / workers`` of each quota, and a tenth of that for a rule that is closed.
        """
        asks = [Ask(f"{rule.id}:{rule.subject(asked)}", rule.quota, rule.points(asked)) for rule in rules]
        if self._shared is None:
            return _decisions(asks, self._local.take(asks))
        if time.monotonic() >= self._again_at:
            try:
                return _decisions(asks, self._shared.take(asks))
            except StoreFailed as error:
                self._again_at = time.monotonic() + PAUSE_SECONDS
                logger.warning("The limiter's store is lost, shares hold: %s", error)
        shares = [
            Ask(ask.key, ask.quota.share(self._workers * (CLOSED_PART if rule.is_closed else 1)), ask.points)
            for rule, ask in zip(rules, asks, strict=True)
        ]
        return _decisions(shares, self._local.take(shares))


def _decisions(asks: Sequence[Ask], answers: Sequence[Answer]) -> list[Decision]:
    return [
        decision_of(is_allowed, ahead, ask.quota, ask.points)
        for ask, (is_allowed, ahead) in zip(asks, answers, strict=True)
    ]


def shared_counter(name: str) -> Counter | None:
    """The store by its name in the settings: ``redis``, ``postgresql`` or ``local``."""
    if name == "redis":
        return RedisCounter(f"{settings.REDIS_URL.rstrip('/')}/1")
    return PostgresqlCounter() if name == "postgresql" else None


@cache
def limiter() -> Limiter:
    """The limiter of this process."""
    return Limiter(shared_counter(settings.RATE_LIMIT_STORE), workers=settings.WEB_WORKERS)


os.register_at_fork(after_in_child=limiter.cache_clear)
