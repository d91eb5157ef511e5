import os
import signal

import pytest
import redis

from config.stack.valkey import Valkey
from tests.config.stack.observing import wait_until

pytestmark = pytest.mark.stack


@pytest.fixture
def valkey(open_folder):
    valkey = Valkey(open_folder / "valkey", open_folder / "valkey.log")
    valkey.start()
    yield valkey
    valkey.stop()


def test_messages_survive_a_restart_and_a_kill(valkey):
    redis.Redis.from_url(valkey.url).rpush("queue", "one")
    valkey.stop()
    valkey.start()
    client = redis.Redis.from_url(valkey.url)
    client.rpush("queue", "two")
    os.kill(valkey.child.pid, signal.SIGKILL)
    wait_until(lambda: not valkey.child.running(), 5)
    valkey.child.start()
    valkey.child.wait_until(valkey.answers, 10)
    assert redis.Redis.from_url(valkey.url).lrange("queue", 0, -1) == [b"one", b"two"]


def test_nobody_enters_without_the_password(valkey):
    stranger = redis.Redis.from_url(valkey.url.replace(valkey.url.split("@")[0], "redis://:wrong"))
    with pytest.raises(redis.AuthenticationError):
        stranger.ping()
    password = (valkey.folder / "password").read_text()
    assert all(password not in word for word in valkey.child.argv)
    assert (valkey.folder / "valkey.conf").stat().st_mode & 0o777 == 0o600


def test_a_broker_never_drops_messages(valkey):
    assert redis.Redis.from_url(valkey.url).config_get("maxmemory-policy") == {
        "maxmemory-policy": "noeviction"
    }
