"""A black hole between house and database is found out; a slow statement is not taken for one."""

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.stack.ports import free_port
from hotel.core.postgresql import silence
from hotel.core.postgresql.base import DatabaseWrapper
from hotel.core.postgresql.silence import Wait, Watch, WatchedConnection, server_answers
from tests.faults import FaultyProxy


@pytest.fixture
def quick(monkeypatch):
    """A watch of its own that is soon out of patience, driven by the test."""
    made = Watch()
    monkeypatch.setattr(made, "_start", lambda: None)
    monkeypatch.setattr(silence, "watch", made)
    monkeypatch.setattr(silence, "PATIENCE", 0.05)
    monkeypatch.setattr(silence, "ASK_SECONDS", 0.3)
    monkeypatch.setattr(silence, "TICK", 0.01)
    return made


@pytest.fixture
def proxy(db):
    made = FaultyProxy(int(connection.settings_dict["PORT"]))
    yield made
    made.close()


@pytest.fixture
def through(proxy, quick):
    """A function that connects through the proxy."""
    made = []

    def connect():
        at = connection.settings_dict
        made.append(
            WatchedConnection.connect(
                host="127.0.0.1", port=proxy.port, dbname=at["NAME"], user=at["USER"], password=at["PASSWORD"]
            )
        )
        return made[-1]

    yield connect
    for one in made:
        one.close()


def test_waits_end_when_the_server_is_silent_and_begin_again_when_it_answers(proxy, quick, through):
    first, second = through(), through()
    assert first.execute("SELECT 1").fetchone() == (1,)
    proxy.hold()
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(one.execute, "SELECT 1") for one in (first, second)]
        watching = pool.submit(looked_until_silence_ends, quick)
        for question in asked:
            with pytest.raises(psycopg.OperationalError):
                question.result(20)
        assert quick.is_silent
        assert quick._waits == {}
        with pytest.raises(psycopg.OperationalError, match="does not answer"):
            quick.begin(Wait(monotonic(), 0, "", 0))
        proxy.release()
        watching.result(20)
    assert not quick.is_silent
    assert (first.closed, second.closed) == (True, True)
    assert through().execute("SELECT 2").fetchone() == (2,)


def looked_until_silence_ends(watch):
    """A look that finds the silence ends with it, and the waits are gone then."""
    while watch._waits:
        watch.look()


def test_a_statement_that_takes_long_is_let_alone(quick, through):
    one, done = through(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(one.execute, "SELECT pg_sleep(0.6)")
        while not done.wait(0.02):
            quick.look()
            if slow.done():
                done.set()
    assert slow.result().fetchone() == ("",)
    assert not quick.is_silent


def test_a_wait_is_not_ended_while_others_hear_of_the_server(quick, monkeypatch):
    monkeypatch.setattr(silence, "server_answers", lambda *a: setattr(quick, "_heard", monotonic()))
    quick.begin(Wait(monotonic() - 10, 0, "", 0))
    quick.look()
    assert not quick.is_silent


def test_nothing_is_asked_without_a_long_wait(quick, monkeypatch):
    monkeypatch.setattr(silence, "server_answers", lambda *a: pytest.fail("asked"))
    quick.look()
    number = quick.begin(Wait(monotonic() + 1, 0, "", 0))
    quick.look()
    quick.end(number, heard=True)
    assert quick._waits == {}


def test_a_refusal_of_the_server_is_a_word_and_a_lost_connection_is_not(quick, through):
    one = through()
    quick._heard = 0.0
    with pytest.raises(psycopg.errors.UndefinedTable):
        one.execute("SELECT * FROM nowhere")
    assert quick._heard > 0
    quick._heard = 0.0
    with socket.socket(fileno=os.dup(one.fileno())) as ours:
        ours.shutdown(socket.SHUT_RDWR)
    with pytest.raises(psycopg.OperationalError):
        one.execute("SELECT 1")
    assert quick._heard == 0.0


def test_a_known_silence_refuses_a_connection_before_the_pool_is_asked(monkeypatch):
    monkeypatch.setattr(silence.watch, "is_silent", True)
    wrapper = DatabaseWrapper({**connection.settings_dict})
    with pytest.raises(psycopg.OperationalError, match="does not answer"):
        wrapper.get_new_connection({})


def test_every_connection_of_the_house_is_watched(db):
    connection.ensure_connection()
    assert isinstance(connection.connection, WatchedConnection)
    options = settings.DATABASES["default"]["OPTIONS"]
    assert (options["connect_timeout"], options["tcp_user_timeout"]) == (4, 4000)
    assert "statement_timeout=30000" in options["options"]


def test_the_real_server_answers_and_a_silent_or_empty_port_does_not(db):
    at = connection.settings_dict
    assert server_answers(at["HOST"], int(at["PORT"]), 2)
    assert not server_answers("127.0.0.1", free_port(), 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert not server_answers("127.0.0.1", mute.getsockname()[1], 0.1)
    assert not server_answers("/nowhere", 5432, 0.1)


def test_a_child_after_a_fork_knows_nothing_of_its_parents_waits(quick):
    quick.begin(Wait(0, 0, "", 0))
    quick.is_silent = True
    quick.forget()
    assert (quick._waits, quick._thread, quick.is_silent) == ({}, None, False)
