"""Keys in memory: few, not for long, and over a key service that is away for ten minutes at most."""

import pytest

from hotel.core.crypto import DecryptionFailed, KeyUnavailable
from security.services import key_caches
from security.services.key_caches import KekCache, Kept


@pytest.fixture
def clock(monkeypatch):
    at = {"now": 1_000_000}
    monkeypatch.setattr(key_caches, "seconds_now", lambda: at["now"])
    return at


def test_what_is_old_or_too_much_is_forgotten(clock, settings):
    settings.KEY_CACHE_SECONDS = 60
    kept = Kept(most=2)
    for name in "abc":
        kept.put(name, name)
    assert [kept.get(name) for name in "abc"] == [None, "b", "c"]
    clock["now"] += 61
    assert (kept.get("b"), "c" in kept, len(kept)) == (None, False, 0)


def test_a_source_that_is_away_is_bridged_for_ten_minutes(clock):
    answers = {"keys": {"k1": b"k" * 32}}

    def source():
        if not answers["keys"]:
            raise KeyUnavailable("away")
        return answers["keys"]

    cache = KekCache(source)
    assert cache.current() == ("k1", b"k" * 32)
    answers["keys"] = {}
    clock["now"] += 599
    assert cache.key("k1") == b"k" * 32
    clock["now"] += 1
    with pytest.raises(KeyUnavailable):
        cache.key("k1")
    answers["keys"] = {"k2": b"2" * 32}
    with pytest.raises(DecryptionFailed):
        cache.key("k1")
