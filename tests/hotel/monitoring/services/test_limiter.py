"""When the shared store is lost, shares hold within the same request."""

import os
import shutil
import signal

import pytest

from config.stack.valkey import Valkey
from hotel.monitoring.adapters.counters import LocalCounter, StoreFailed
from hotel.monitoring.adapters.redis_counter import RedisCounter
from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Asked, Rule
from hotel.monitoring.services import limiter as module
from hotel.monitoring.services.limiter import Limiter, shared_counter
from tests.folders import open_folder_make

ASKED = Asked(address="192.0.2.1", principal=("user", 1))
RULE = Rule(id=1, name="r", scope="client", quota=Quota(rate=100, period_seconds=3600, burst=40))
CLOSED = Rule(id=2, name="c", scope="client", quota=RULE.quota, is_closed=True)


class Flaky(LocalCounter):
    """A store that can be lost, and counts how often it was asked."""

    is_lost, asked = False, 0

    def take(self, asks):
        self.asked += 1
        if self.is_lost:
            raise StoreFailed("gone")
        return super().take(asks)


def passed(limiter, rule, times):
    return sum(limiter.take([rule], ASKED)[0].is_allowed for _ in range(times))


def test_a_lost_store_leaves_each_process_its_share():
    store = Flaky()
    limiter = Limiter(store, workers=4)
    assert passed(limiter, RULE, 3) == 3
    store.is_lost = True
    assert passed(limiter, RULE, 30) == 10
    assert store.asked == 4, "asked once, then left alone for a second"


def test_a_closed_rule_leaves_a_tenth_of_the_share():
    store = Flaky()
    store.is_lost = True
    assert passed(Limiter(store, workers=2), CLOSED, 30) == 2
    assert passed(Limiter(store, workers=4), CLOSED, 30) == 1


def test_the_store_is_tried_again_after_a_second(monkeypatch):
    store, clock = Flaky(), [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    limiter = Limiter(store, workers=2)
    store.is_lost = True
    passed(limiter, RULE, 2)
    store.is_lost = False
    clock[0] += 1.01
    assert limiter.take([RULE], ASKED)[0].remaining == 39
    assert store.asked == 2


@pytest.mark.stack
def test_a_store_that_is_killed_in_the_middle_costs_no_request(settings, api, cast, enforce):
    folder = open_folder_make()
    server = Valkey(folder / "valkey", folder / "valkey.log", throwaway=True)
    server.start()
    settings.RATE_LIMIT_STORE, settings.REDIS_URL, settings.WEB_WORKERS = "redis", server.url, 2
    enforce(Rule(id=9, name="kept", scope="client", quota=Quota(10, 3600, 20)))
    before = [api(cast.ada).get("/api/v1/rooms") for _ in range(5)]
    assert before[-1]["RateLimit"].startswith('"kept";r=15;')
    os.kill(server.child.pid, signal.SIGKILL)
    after = [api(cast.ada).get("/api/v1/rooms") for _ in range(12)]
    assert [answer.status_code for answer in after] == [200] * 10 + [429] * 2
    assert after[0]["RateLimit"].startswith('"kept";r=9;')
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_stores_are_chosen_by_name(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1"
    assert isinstance(shared_counter("redis"), RedisCounter)
    assert shared_counter("local") is None
