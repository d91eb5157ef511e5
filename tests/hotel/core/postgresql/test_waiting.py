"""Who waits for a free connection waits for a busy server, and not for one that is gone."""

import pytest
from django.db import connection
from django.db.backends.postgresql import base as django_base
from psycopg_pool import PoolTimeout

from config.stack.ports import free_port
from hotel.core.postgresql import base


@pytest.fixture
def full(monkeypatch):
    """A pool that has no free connection the first times it is asked; what is asked of it and of the server."""
    asked = []

    def make(times, *, answers):
        def get(self, params):
            asked.append("pool")
            if asked.count("pool") <= times:
                raise PoolTimeout("none is free")
            return "connection"

        monkeypatch.setattr(django_base.DatabaseWrapper, "get_new_connection", get)
        monkeypatch.setattr(base, "server_is_there", lambda params: asked.append("server") or answers)
        return asked

    return make


def wrapper():
    return connection.copy()


def test_a_busy_server_is_waited_for(full):
    asked = full(3, answers=True)
    assert wrapper().get_new_connection({}) == "connection"
    assert asked == ["pool", "server"] * 3 + ["pool"]


def test_a_server_that_is_gone_is_not(full):
    asked = full(3, answers=False)
    with pytest.raises(PoolTimeout):
        wrapper().get_new_connection({})
    assert asked == ["pool", "server"]


def test_even_a_busy_one_is_not_waited_for_for_ever(full, settings):
    settings.DB_POOL_TIMEOUT = 0
    asked = full(3, answers=True)
    with pytest.raises(PoolTimeout):
        wrapper().get_new_connection({})
    assert asked == ["pool"]


def test_the_real_server_answers_and_an_empty_port_does_not(db):
    params = connection.get_connection_params()
    assert base.server_is_there(params) is True
    assert base.server_is_there({**params, "host": "127.0.0.1", "port": free_port()}) is False
