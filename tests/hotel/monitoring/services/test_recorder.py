"""Counts in memory."""

from concurrent.futures import ThreadPoolExecutor

from hotel.monitoring.services import recorder as module
from hotel.monitoring.services.recorder import Recorder

KEY = (1_800_000_000, "GET /api/v1/rooms", "token", 5, 1, 2, "v1")


def test_sixteen_threads_lose_no_count():
    recorder = Recorder()

    def work(_):
        for _ in range(500):
            recorder.record(KEY, 1000, bytes_out=10, queries=2)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    ((sums, histogram),) = recorder.drain().cells.values()
    assert sums == [8000, 0, 0, 80_000, 16_000, 8_000_000, 1000]
    assert list(histogram.values()) == [8000]


def test_what_was_drained_is_forgotten():
    recorder = Recorder()
    recorder.record(KEY, 1)
    assert recorder.drain()
    assert not recorder.drain()


def test_beyond_the_bound_all_count_as_others(monkeypatch):
    monkeypatch.setattr(module, "MOST_KEYS", 3)
    recorder = Recorder()
    for client in range(10):
        recorder.record((*KEY[:3], client, *KEY[4:]), 1000)
    cells = recorder.drain().cells
    assert len(cells) == 4
    assert cells[KEY[0], "other", "other", 0, 0, 2, "v1"][0][0] == 7


def test_what_could_not_be_told_is_counted_again():
    recorder = Recorder()
    recorder.record(KEY, 1000)
    recorder.tally(1, 3600, 1)
    lost = recorder.drain()
    recorder.record(KEY, 3000)
    recorder.tally(1, 3600, 0)
    recorder.put_back(lost)
    seen = recorder.drain()
    ((sums, histogram),) = seen.cells.values()
    assert (sums[0], sums[5], sums[6], sum(histogram.values())) == (2, 4000, 3000, 2)
    assert seen.tallies == {(1, 3600): [1, 1, 0]}


def test_of_an_operation_the_slowest_sample_is_kept_and_few_in_all(monkeypatch):
    monkeypatch.setattr(module, "MOST_SLOW", 2)
    recorder = Recorder()
    for name, spent in (("a", 1), ("a", 3), ("a", 2), ("b", 1), ("c", 9)):
        recorder.sample(name, {"duration_us": spent})
    assert recorder.drain().slow == {"a": {"duration_us": 3}, "b": {"duration_us": 1}}
