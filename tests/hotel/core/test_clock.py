"""The one door to the wall clock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import time_machine

from hotel.core.clock import clock_set, now


def test_the_clock_tells_an_aware_utc_instant() -> None:
    with time_machine.travel(datetime(2027, 3, 28, 1, 30, tzinfo=UTC), tick=False):
        moment = now()
    assert moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(0)


def test_a_replay_sets_the_clock_within_its_block_only() -> None:
    before = datetime(2015, 7, 1, 12, tzinfo=UTC)
    with clock_set(before):
        with clock_set(before + timedelta(days=1)):
            assert now() == before + timedelta(days=1)
        assert now() == before
    assert now() > datetime(2026, 1, 1, tzinfo=UTC)


def test_another_thread_keeps_its_own_clock() -> None:
    with clock_set(datetime(2015, 7, 1, 12, tzinfo=UTC)), ThreadPoolExecutor(1) as pool:
        assert pool.submit(now).result() > datetime(2026, 1, 1, tzinfo=UTC)
