"""Each store lets as much pass as the arithmetic says, with sixteen threads on one key."""

import shutil
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.db import connections

from config.stack.valkey import Valkey
from hotel.monitoring.adapters.counters import Ask, LocalCounter, StoreFailed
from hotel.monitoring.adapters.postgresql_counter import PostgresqlCounter
from hotel.monitoring.adapters.redis_counter import RedisCounter
from hotel.monitoring.domain.gcra import Quota
from tests.folders import open_folder_make

THREADS, SECONDS = 16, 1.5


@pytest.fixture(scope="module")
def valkey():
    folder = open_folder_make()
    server = Valkey(folder / "valkey", folder / "valkey.log", throwaway=True)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["local", "redis", "postgresql"])
def counter(request, transactional_db):
    if request.param == "redis":
        return RedisCounter(request.getfixturevalue("valkey").url)
    return PostgresqlCounter() if request.param == "postgresql" else LocalCounter()


def key():
    return f"test-{uuid.uuid4().hex}"


def test_a_burst_passes_and_not_one_more(counter):
    ask = Ask(key(), Quota(rate=1, period_seconds=3600, burst=5))
    answers = [counter.take([ask])[0] for _ in range(7)]
    assert [is_allowed for is_allowed, _ in answers] == [True] * 5 + [False] * 2
    hour = 3600 * 1_000_000
    assert 4.9 * hour < answers[4][1] <= 5 * hour
    assert 4.9 * hour < answers[6][1] <= 5 * hour


def test_several_rules_are_counted_at_once_and_each_by_itself(counter):
    wide, tight = (Ask(key(), Quota(1, 3600, burst)) for burst in (3, 1))
    found = [[is_allowed for is_allowed, _ in counter.take([tight, wide])] for _ in range(4)]
    assert found == [[True, True], [False, True], [False, True], [False, False]]


def test_points_are_taken_together(counter):
    ask = Ask(key(), Quota(1, 3600, 10), points=4)
    assert [counter.take([ask])[0][0] for _ in range(3)] == [True, True, False]


@pytest.mark.long
def test_sixteen_threads_on_one_key_never_get_more_than_the_rate_and_a_burst(counter):
    quota, name = Quota(rate=200, period_seconds=1, burst=20), key()
    began = time.monotonic()
    end = began + SECONDS

    def hammer():
        passed = asked = 0
        try:
            while time.monotonic() < end:
                passed += counter.take([Ask(name, quota)])[0][0]
                asked += 1
        finally:
            connections.close_all()
        return passed, asked

    with ThreadPoolExecutor(THREADS) as pool:
        results = [future.result() for future in [pool.submit(hammer) for _ in range(THREADS)]]
    spent = time.monotonic() - began
    passed, asked = (sum(column) for column in zip(*results, strict=True))
    assert passed <= quota.rate * spent + quota.burst + 1
    assert passed < asked, "the limit was never reached, so nothing was shown"
    assert passed >= quota.burst


def test_a_store_that_is_not_there_says_so():
    with pytest.raises(StoreFailed):
        RedisCounter("redis://127.0.0.1:1").take([Ask("x", Quota(1, 1, 1))])


def test_a_store_that_hung_up_or_forgot_the_script_is_asked_anew(valkey):
    counter, ask = RedisCounter(valkey.url), Ask(key(), Quota(1, 3600, 3))
    (first,) = counter.take([ask])
    with redis.Redis.from_url(valkey.url) as admin:
        for disturb in (lambda: admin.client_kill_filter(_type="normal", skipme=True), admin.script_flush):
            disturb()
            (then,) = counter.take([ask])
            assert then[0]
            assert then[1] > first[1]  # counted on what was counted before
            first = then
    assert counter.take([ask])[0][0] is False
