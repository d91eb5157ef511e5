"""What callers see while a server is lost, silent or begun anew; real servers, the Procfile's processes."""

import json
import os
import secrets
import signal
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.stack.ports import free_port
from config.stack.up import page_answers
from tests.config.stack.observing import wait_until
from tests.config.stack.test_scale_out import environment, machines, manage, servers
from tests.faults import FaultyProxy

__all__ = ["environment", "machines", "servers"]

PEOPLE = """
from datetime import timedelta
from hotel.core.clock import now
from hotel.properties.tenancy import EVERYTHING, tenant_scope
from tests.cast import make_cast
from hotel.accounts.services.tokens import token_issue
with tenant_scope(EVERYTHING):
    cast = make_cast()
    issued = token_issue(user=cast.ada, name="probe", codenames=["view_rooms_area", "manage_rooms_area"],
                         properties=[cast.alpha], expires_at=now() + timedelta(days=1))
print(issued.secret, cast.alpha.pk)
"""

PATIENCE = (
    120  # new workers begin to answer when they have loaded the house; on a busy machine that takes a while
)


class Caller:
    """One client of one web process."""

    def __init__(self, port, secret):
        self.base, self.secret = f"http://127.0.0.1:{port}", secret

    def ask(self, path, data=None):
        """Status, body, headers and seconds."""
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.base + path, body, headers)  # noqa: S310
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return answer.status, answer.read(), answer.headers, time.monotonic() - began
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read(), refused.headers, time.monotonic() - began
        except OSError as error:  # the connection itself: no answer at all
            return 0, str(error).encode(), {}, time.monotonic() - began

    @contextmanager
    def load(self, threads=4):
        """Read and write without a pause within; gives the list of (path, status, body, headers, seconds)."""
        found, stop, mark = [], threading.Event(), secrets.token_hex(2).upper()

        def work(number):
            for turn in range(100_000):
                if stop.is_set():
                    return
                code = f"{mark}-{number}-{turn}"
                kind = {"property": self.place, "code": code, "name": code, "standard_occupancy": 2}
                path, data = ("/api/v1/room-types", kind) if turn % 5 == 0 else ("/api/v1/rooms", None)
                found.append((path, *self.ask(path, data)))

        with ThreadPoolExecutor(threads) as pool:
            working = [pool.submit(work, number) for number in range(threads)]
            try:
                yield found
            finally:
                stop.set()
            for one in working:
                one.result(PATIENCE)


@pytest.fixture
def proxy(servers):
    """What web processes take for PostgreSQL."""
    made = FaultyProxy(int(servers[0].url.rpartition(":")[2].partition("/")[0]))
    yield made
    made.close()


@pytest.fixture
def caller(machines, environment, servers, proxy):
    """A web process with the cast, and a client that may see and change rooms at Alpha."""
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    manage(environment, "migrate", "--verbosity", "0")
    secret, place = manage(environment, "shell", "--no-imports", "-c", PEOPLE).split()[-2:]
    port = free_port()
    url = servers[0].url.replace(f":{proxy.target}/", f":{proxy.port}/")
    more = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "DATABASE_URL": url, "WEB_WORKERS": "2"}
    more["RATE_LIMITS_ENFORCED"] = "off"
    web = machines("web", "web", PORT=str(port), **more)
    web.wait_until(lambda: page_answers(f"http://127.0.0.1:{port}/api/health/ready"), 60)
    made = Caller(port, secret)
    made.place, made.web = int(place), web
    assert made.ask("/api/v1/rooms")[0] == 200
    return made


@pytest.mark.stack
def test_lost_servers_are_told_of_and_forgiven(caller, servers, proxy, record_property):
    """One start for all: starting takes longer than losing."""
    without_redis(caller, servers[1], record_property)
    without_postgresql(caller, servers[0], record_property)
    without_packets(caller, proxy, record_property)
    begun_anew(caller, record_property, restarts=1, requests=200)


def without_redis(caller, server, record_property):
    """Nothing of the core fails: rooms are made and listed, one can sign in, and the counters have a fallback."""
    server.stop()
    found = []
    for n in range(5):
        kind = {"property": caller.place, "code": f"T{n}", "name": f"Type {n}", "standard_occupancy": 2}
        found.append(("POST", *caller.ask("/api/v1/room-types", kind)))
        found += [
            (path, *caller.ask(path))
            for path in ("/api/v1/rooms", "/api/v1/room-types", "/api/v1/me", "/login")
        ]
    assert [(path, status) for path, status, *_ in found if status not in {200, 201}] == []
    record_property("without_redis_slowest_seconds", max(took for *_, took in found))
    server.start()
    assert caller.ask("/api/v1/rooms")[0] == 200


def without_postgresql(caller, server, record_property):
    """Every door says so at once, the process lives, is not ready, and serves again by itself."""
    server.stop()
    first = caller.ask("/api/v1/rooms")
    assert (first[0], json.loads(first[1])["code"]) == (503, "database_unavailable")
    paths = [
        "/api/v1/rooms",
        "/api/v1/guests",
        "/api/v1/me",
        "/api/v1/room-types",
        "/login",
        "/dashboard",
    ] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(zip(paths, pool.map(caller.ask, paths), strict=True))
    told = {
        (status, headers["Retry-After"], headers["Content-Type"], json.loads(body)["code"])
        for path, (status, body, headers, _) in found
        if path.startswith("/api/")
    }
    assert told == {(503, "2", "application/problem+json", "database_unavailable")}
    assert [(path, answer[0]) for path, answer in found if answer[0] not in {200, 302, 503}] == []
    record_property("slowest_503_seconds", max(answer[3] for _, answer in found))
    assert caller.ask("/api/health/live")[0] == 200
    assert caller.ask("/api/health/ready")[0] == 503
    assert caller.ask("/status")[0] == 200
    server.start()
    began = time.monotonic()
    while caller.ask("/api/v1/rooms")[0] != 200:
        assert time.monotonic() - began < 30
        time.sleep(0.05)
    record_property("back_after_seconds", time.monotonic() - began)
    assert caller.ask("/api/health/ready")[0] == 200


def without_packets(caller, proxy, record_property, seconds=6):
    """The network to PostgreSQL takes everything and brings nothing: every request ends by itself with 503."""
    with caller.load() as found:
        wait_until(lambda: len(found) > 20, 30)
        before = len(found)
        proxy.hold()
        time.sleep(seconds)  # as long as the network is away
        assert caller.ask("/api/health/live")[0] == 200
        assert caller.ask("/api/health/ready")[0] == 503
        proxy.release()
        began = time.monotonic()
        wait_until(lambda: caller.ask("/api/v1/rooms")[0] == 200, 30)
        record_property("black_hole_back_after_seconds", round(time.monotonic() - began, 2))
    told = {
        (status, headers["Content-Type"], json.loads(body)["code"])
        for _, status, body, headers, _ in found
        if status not in {200, 201}
    }
    assert told == {(503, "application/problem+json", "database_unavailable")}
    record_property("black_hole_slowest_seconds", round(max(took for *_, took in found), 2))
    record_property("black_hole_requests", len(found) - before)


def begun_anew(caller, record_property, *, restarts, requests):
    """Workers are replaced as by ``systemctl reload``: nobody notices."""
    with caller.load() as found:
        for _ in range(restarts):
            old = workers_of(caller.web.pid)
            os.kill(caller.web.pid, signal.SIGHUP)
            wait_until(lambda old=old: (new := workers_of(caller.web.pid)) and not new & old, 60)
        enough = len(found) + 50
        wait_until(lambda: len(found) >= max(enough, requests), 600)
    failed = [(path, status, body[:200]) for path, status, body, *_ in found if status not in {200, 201}]
    assert failed == []
    record_property("restart_requests", len(found))
    record_property("restart_slowest_seconds", round(max(took for *_, took in found), 2))
    record_property("restart_failed", len(failed))


def workers_of(master):
    """The processes that serve: children of gunicorn's master."""
    return set(map(int, Path(f"/proc/{master}/task/{master}/children").read_text().split()))
