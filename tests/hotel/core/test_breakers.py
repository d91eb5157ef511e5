"""A dead destination is asked five times, then once a pause, and comes back by itself; over real sockets."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import time_machine
from django.core.cache import cache

from config.stack.ports import free_port
from hotel.core import breakers as module
from hotel.core.breaker_rules import RULES
from hotel.core.breakers import Breakers, NotAsked, breakers, open_circuits
from hotel.core.outbound import Limits, OutboundFailed, call, operators_client

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
START = datetime(2027, 1, 4, 12, tzinfo=UTC)


class Destination:
    """Counts who comes; hangs up on everybody until ``answer`` is set."""

    def __init__(self):
        self.asked, self.answer = 0, b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.asked += 1
            with caller:
                caller.recv(65536)
                caller.sendall(self.answer)


@pytest.fixture
def destination():
    made = Destination()
    yield made
    made.socket.close()


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def typed(url):
    return call("POST", f"{url}/hook?a=1", limits=Limits(allow_private=True)).status


def operators(url):
    with operators_client("card processor") as client:
        return client.get(url).status_code


WAYS = [(typed, OutboundFailed), (operators, httpx.TransportError)]


@pytest.mark.parametrize(("ask", "failure"), WAYS)
def test_a_dead_destination_is_asked_five_times_and_then_once_a_pause(destination, clock, ask, failure):
    for _ in range(20):
        with pytest.raises(failure):
            ask(destination.url)
    assert destination.asked == RULES.failures
    for seconds, asked in ((4.9, 5), (0.1, 6), (9.9, 6), (0.1, 7)):
        clock.shift(timedelta(seconds=seconds))
        for _ in range(3):
            with pytest.raises(failure):
                ask(destination.url)
        assert destination.asked == asked


@pytest.mark.parametrize(("ask", "failure"), WAYS)
def test_it_comes_back_by_itself(destination, clock, ask, failure):
    for _ in range(7):
        with pytest.raises(failure):
            ask(destination.url)
    destination.answer = OK
    with pytest.raises(failure, match="not answered lately"):
        ask(destination.url)
    clock.shift(timedelta(seconds=RULES.first_pause))
    assert [ask(destination.url) for _ in range(3)] == [200, 200, 200]
    assert open_circuits() == []


def test_an_answer_between_failures_begins_the_count_anew(destination, clock):
    for _ in range(3):
        for _ in range(RULES.failures - 1):
            with pytest.raises(OutboundFailed):
                typed(destination.url)
        destination.answer = OK
        assert typed(destination.url) == 200
        destination.answer = b""


@pytest.mark.parametrize(("status", "asked"), [(500, 8), (404, 8), (502, 5), (503, 5), (504, 5)])
def test_a_proxy_with_nobody_behind_is_silence_and_a_refusal_is_an_answer(destination, clock, status, asked):
    destination.answer = OK.replace(b"200", str(status).encode())
    for _ in range(8):
        try:
            operators(destination.url)
        except httpx.ConnectError:
            continue
    assert destination.asked == asked


def test_other_paths_of_strangers_and_other_servers_are_not_spared_with_it(destination, clock):
    for _ in range(6):
        with pytest.raises(OutboundFailed):
            typed(destination.url)
    destination.answer = OK
    assert call("GET", f"{destination.url}/other", limits=Limits(allow_private=True)).status == 200


def test_what_opened_is_told_to_health_without_the_cache_of_others(destination, clock):
    for _ in range(5):
        with pytest.raises(httpx.TransportError):
            operators(destination.url)
    (found,) = open_circuits()
    assert (found.destination, found.purpose, found.state) == (destination.url, "card processor", "open")
    clock.shift(timedelta(seconds=5))
    assert open_circuits()[0].state == "half_open"


def test_another_process_spares_it_too_and_learns_that_it_is_back(clock):
    here, there, name = Breakers(), Breakers(), "smtp://shared:25"
    for _ in range(RULES.failures):
        with pytest.raises(OSError, match="dead"), here.guarded(name, "mail server", (OSError,)):
            raise OSError("dead")
    with pytest.raises(NotAsked), there.guarded(name, "mail server", (OSError,)):
        pytest.fail("asked")
    clock.shift(timedelta(seconds=RULES.first_pause))
    with (
        there.guarded(name, "mail server", (OSError,)),
        pytest.raises(NotAsked),
        here.guarded(name, "mail server", (OSError,)),
    ):
        pytest.fail("asked while the other tries")
    assert cache.get(module._key(name)) is None
    here.forget()


def test_of_sixteen_who_come_at_once_after_the_pause_one_tries(clock):
    mine, name, begun, release = Breakers(), "https://many", [], threading.Event()
    for _ in range(RULES.failures):
        with pytest.raises(OSError, match="x"), mine.guarded(name, "webhook", (OSError,)):
            raise OSError("x")
    clock.shift(timedelta(seconds=RULES.first_pause))

    def come(_):
        try:
            with mine.guarded(name, "webhook", (OSError,)):
                begun.append(1)
                release.wait(60)
        except NotAsked:
            return "spared"
        return "asked"

    with ThreadPoolExecutor(16) as pool:
        found = [pool.submit(come, n) for n in range(16)]
        while sum(future.done() for future in found) < 15:
            release.wait(0.01)
        release.set()
    assert sorted(future.result() for future in found) == ["asked"] + 15 * ["spared"]
    mine.forget()


def test_without_the_cache_each_process_learns_alone(clock, monkeypatch):
    monkeypatch.setattr(module.cache, "get", lambda *a, **k: None)
    monkeypatch.setattr(module.cache, "set", lambda *a, **k: None)
    mine = Breakers()
    for _ in range(RULES.failures):
        with pytest.raises(OSError, match="x"), mine.guarded("https://alone", "webhook", (OSError,)):
            raise OSError("x")
    with pytest.raises(NotAsked), mine.guarded("https://alone", "webhook", (OSError,)):
        pytest.fail("asked")


def test_only_so_many_destinations_are_remembered(monkeypatch, clock):
    monkeypatch.setattr(module, "MOST", 3)
    mine = Breakers()
    for number in range(10):
        with pytest.raises(OSError, match="x"), mine.guarded(f"https://{number}", "webhook", (OSError,)):
            raise OSError("x")
    assert len(mine._circuits) == 3


def test_the_circuits_of_the_house_are_closed_after_a_test():
    assert breakers._circuits == {}


def test_nobody_listens(clock):
    url = f"http://127.0.0.1:{free_port()}"
    for _ in range(6):
        with pytest.raises(httpx.ConnectError):
            operators(url)
    with pytest.raises(httpx.ConnectError, match="not answered lately"):
        operators(url)
