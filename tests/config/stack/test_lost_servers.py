"""What callers see while PostgreSQL or Redis is lost, and when it is back; real servers, the Procfile's processes."""

import json
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.stack.ports import free_port
from config.stack.up import page_answers
from tests.config.stack.test_scale_out import environment, machines, manage, servers

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
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return answer.status, answer.read(), answer.headers, time.monotonic() - began
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read(), refused.headers, time.monotonic() - began


@pytest.fixture
def caller(machines, environment):
    """A web process with the cast, and a client that may see and change rooms at Alpha."""
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    manage(environment, "migrate", "--verbosity", "0")
    secret, place = manage(environment, "shell", "--no-imports", "-c", PEOPLE).split()[-2:]
    port = free_port()
    web = machines("web", "web", PORT=str(port), DJANGO_SETTINGS_MODULE="config.settings.local")
    web.wait_until(lambda: page_answers(f"http://127.0.0.1:{port}/api/health/ready"), 60)
    made = Caller(port, secret)
    made.place = int(place)
    assert made.ask("/api/v1/rooms")[0] == 200
    return made


@pytest.mark.stack
def test_lost_servers_are_told_of_and_forgiven(caller, servers, record_property):
    """One start for both: starting takes longer than losing."""
    without_redis(caller, servers[1], record_property)
    without_postgresql(caller, servers[0], record_property)


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
