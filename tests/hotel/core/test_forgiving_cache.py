"""A cache that is lost is missed, and nothing old comes back with it."""

import shutil

import pytest

from config.stack.ports import free_port
from config.stack.valkey import Valkey
from hotel.core import forgiving_cache
from hotel.core.forgiving_cache import ForgivingRedisCache
from tests.folders import open_folder_make


@pytest.fixture(scope="module")
def valkey():
    folder = open_folder_make()
    server = Valkey(folder / "valkey", folder / "valkey.log", throwaway=True)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cache(valkey, monkeypatch):
    """A cache of a process that begins, which asks again at once."""
    monkeypatch.setattr(forgiving_cache, "REST_SECONDS", 0)
    monkeypatch.setattr(ForgivingRedisCache, "_clients", {})
    made = ForgivingRedisCache(f"{valkey.url}/1", {})
    made.clear()
    return made


def use(cache):
    """Everything that a cache is asked."""
    cache.set("session", "mine", 60)
    cache.set_many({"a": 1, "b": 2})
    found = [
        cache.get("session"),
        cache.get("nothing", "default"),
        cache.get_many(["a", "b"]),
        cache.has_key("a"),
        cache.add("a", 5),
        cache.touch("a", 60),
        cache.incr("a"),
        cache.delete("b"),
    ]
    cache.delete_many(["a"])
    return found


def test_while_it_is_there_it_is_djangos(cache):
    assert use(cache) == ["mine", "default", {"a": 1, "b": 2}, True, False, True, 2, True]


def test_while_it_is_lost_everything_is_a_miss(monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "_clients", {})
    lost = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/1", {})
    lost.set("session", "mine", 60)
    lost.set_many({"a": 1})
    assert (lost.get("session"), lost.get("a", "default"), lost.get_many(["a"])) == (None, "default", {})
    assert [lost.has_key("a"), lost.add("a", 5), lost.touch("a", 60), lost.delete("a"), lost.clear()] == [
        False
    ] * 5
    lost.delete_many(["a"])
    with pytest.raises(ValueError, match="not found"):
        lost.incr("a")


def test_nobody_waits_for_it_in_turn(cache, monkeypatch):
    asked = []

    def broken(self, key, default):
        asked.append(key)
        raise OSError

    monkeypatch.setattr(forgiving_cache, "REST_SECONDS", 60)
    monkeypatch.setattr(forgiving_cache.RedisCacheClient, "get", broken)
    assert [cache.get(name) for name in "abc"] == [None] * 3
    assert len(asked) == 1


def test_what_was_ended_while_it_was_lost_does_not_come_back(cache, monkeypatch):
    """A session is kept; the cache is cut off, the session is deleted, the cache is back with all it had."""
    cache.set("session", "mine", 60)
    with monkeypatch.context() as cut:

        def broken(self, key):
            raise OSError

        cut.setattr(forgiving_cache.RedisCacheClient, "delete", broken)
        assert cache.delete("session") is False
    assert cache.get("session") is None


def test_reading_while_it_is_lost_empties_nothing(cache, monkeypatch):
    cache.set("session", "mine", 60)
    with monkeypatch.context() as cut:

        def broken(self, key, default):
            raise OSError

        cut.setattr(forgiving_cache.RedisCacheClient, "get", broken)
        assert cache.get("session") is None
    assert cache.get("session") == "mine"
