"""The benchmarks of the security layers: they do what their tables say, on little."""

import pytest

from benchmarks import keys, trail, walls
from hotel.core.crypto import key_ring
from hotel.core.models import DataKey
from tests.security.keys import forget_what_is_cached
from tests.structure import by_owner


@pytest.fixture(autouse=True)
def clean_caches():
    yield
    forget_what_is_cached()


def test_keys_are_made_for_all_and_some_of_them_can_be_read(db, monkeypatch):
    monkeypatch.setattr(keys, "SAMPLES", 4)
    texts = keys.make(8)
    assert DataKey.objects.filter(subject__startswith="benchmark:").count() == 8
    assert [key_ring().decrypt(text, context=keys.CONTEXT) for text in texts] == [
        "benchmark:0", "benchmark:2", "benchmark:4", "benchmark:6",
    ]  # fmt: skip


def test_every_entry_is_sealed_and_proven(db, monkeypatch):
    monkeypatch.setattr(trail, "BLOCK", 20)
    with by_owner():
        found = trail.proven(60)
    assert (found["findings"], found["entries"] >= 60, found["seals"] >= 1) == (0, True, True)


def test_a_change_of_keys_misses_its_goal_by_a_read_that_failed():
    found = {"seconds": 59.94, "keys": 100_000, "is_done": True, "left": 0, "reads": 12_345, "failed": 0}
    assert keys.show_keys("10k", found).splitlines()[-1] == (
        "| 100,000           | 59.9    | 0    | 12,345         | 0      | ≤ 60 s, 0 failed: reached |"
    )
    assert "MISSED" in keys.show_keys("10k", found | {"failed": 1})
    assert "MISSED" in keys.show_keys("10k", found | {"left": 1})
    assert "MISSED" in keys.show_keys("10k", found | {"seconds": 60.1})


def test_the_walls_are_judged_by_the_middle_and_the_worst():
    rows = [
        {"kind": "quote", "table": "a_b", "walled": 1.1, "bare": 1.0},
        {"kind": "tape", "table": "c_d", "walled": 3.1, "bare": 1.0},
        {"kind": "tape", "table": "e_f", "walled": 1.0, "bare": 1.0},
    ]
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in walls.show_walls("10k", rows).splitlines()[-3:]
    ]
    assert cells == [
        ["the middle one costs, times", "", "1.100", "≤ 1.1", "reached"],
        ["and milliseconds more", "", "0.100", "≤ 0.1", "MISSED"],
        ["the worst, times", "", "3.100", "≤ 3", "MISSED"],
    ]
