"""The same code on servers of the system and in separate processes, as the Procfile starts them."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from config.stack.keys import read_assignments
from config.stack.paths import ROOT
from config.stack.ports import free_port
from config.stack.postgres import Cluster
from config.stack.prepare import queue_names
from config.stack.processes import Child
from config.stack.providers import system_postgres_offers, system_valkey_offers
from config.stack.up import page_answers
from config.stack.valkey import Valkey


def procfile():
    """Process name to command."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith("#"))


@pytest.fixture
def servers(open_folder):
    """PostgreSQL and Redis as the operating system installed them, with temporary data."""
    postgres, redis = next(system_postgres_offers(), None), next(system_valkey_offers(), None)
    if postgres is None or redis is None:
        pytest.skip("needs the system's own postgresql and redis-server (or valkey-server)")
    pair = (
        Cluster(open_folder / "postgres", open_folder / "postgres.log", programs=postgres),
        Valkey(open_folder / "redis", open_folder / "redis.log", program=redis),
    )
    try:
        for server in pair:
            server.start()
        yield pair
    finally:
        for server in reversed(pair):
            server.stop()


@pytest.fixture
def environment(servers, open_folder):
    """What every machine of the installation is given."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in read_assignments(ROOT / ".env.example")
    }
    return kept | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        **servers[0].environment,
        "REDIS_URL": servers[1].url,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": "k1:" + "A" * 43 + "=",
        "ALLOWED_HOSTS": "127.0.0.1",
        "MEDIA_ROOT": str(open_folder / "media"),
        "STATIC_ROOT": str(open_folder / "static"),
        "WEB_WORKERS": "1",
        "DB_POOL_MAX": "4",
        "AUBERGE_SCALE_OUT": str(open_folder),
    }


@pytest.fixture
def machines(environment, open_folder):
    """Start a process of the Procfile; all are stopped at the end, the last first."""
    started = []

    def start(kind, name, **more):
        argv = ["/bin/sh", "-c", f"exec {procfile()[kind]}"]
        child = Child(name, argv, open_folder / f"{name}.log", environment | more, ROOT)
        child.start()
        started.append(child)
        return child

    yield start
    for child in reversed(started):
        child.stop()


def manage(environment, *words):
    argv = [sys.executable, "manage.py", *words]
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.stack
def test_two_web_machines_a_socket_process_two_workers_and_beat(machines, environment, open_folder):
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "sync_schedules")

    ports = [free_port() for _ in range(3)]
    web = [machines("web", f"web{number}", PORT=str(ports[number])) for number in (0, 1)]
    sockets = machines("sockets", "sockets", SOCKETS_PORT=str(ports[2]))
    for child, port in zip([*web, sockets], ports, strict=True):
        for page in ("live", "ready"):
            child.wait_until(lambda url=f"http://127.0.0.1:{port}/api/health/{page}": page_answers(url), 60)

    # The socket process refuses pages of other sites.
    assert "403" in handshake(ports[2], origin="https://elsewhere.example")

    # Tasks: one queue each, and the schedule of beat arrives at the worker of its queue.
    general, outbox = machines("worker", "general"), machines("outbox", "outbox")
    manage(
        environment,
        "shell",
        "-c",
        "from hotel.core.tasks import outbox_relay as t; t.apply_async(queue='default')",
    )
    general.wait_until(
        lambda: "outbox_relay" in general.log.read_text() and "succeeded" in general.log.read_text(), 60
    )
    machines("beat", "beat")
    outbox.wait_until(lambda: "succeeded" in outbox.log.read_text(), 60)

    # One web machine dies: the other goes on.
    web[0].stop()
    assert page_answers(f"http://127.0.0.1:{ports[1]}/api/health/ready")
    assert not page_answers(f"http://127.0.0.1:{ports[0]}/api/health/ready")


@pytest.mark.stack
def test_a_web_machine_without_its_database_is_alive_but_not_ready(machines, servers, environment):
    port = free_port()
    web, page = machines("web", "web", PORT=str(port)), f"http://127.0.0.1:{port}/api/health"
    web.wait_until(lambda: page_answers(f"{page}/live"), 60)
    assert unready(page) == "migrations_missing"  # nobody has made the tables yet

    servers[0].stop()

    assert page_answers(f"{page}/live")
    web.wait_until(lambda: unready(page) == "database_unavailable", 30)


def unready(page):
    """Why a machine takes no requests."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{page}/ready", timeout=30)  # noqa: S310
    assert refused.value.code == 503
    return json.load(refused.value)["code"]


def test_the_workers_of_the_procfile_serve_every_queue():
    served = [
        name
        for command in procfile().values()
        for name in ",".join(re.findall(r"--queues (\S+)", command)).split(",")
    ]
    assert sorted(filter(None, served)) == queue_names()


def test_there_is_one_beat_and_the_documented_processes():
    assert list(procfile()) == ["web", "sockets", "worker", "outbox", "beat"]


def test_the_example_names_every_variable_the_settings_read():
    text = "".join(path.read_text() for path in (ROOT / "config/settings").rglob("*.py"))
    read = set(re.findall(r"""\benv(?:\.[a-z_]+)?\(\s*["']([A-Z_]+)["']""", text))
    assert len(read) > 15
    example = (ROOT / ".env.example").read_text()
    assert {name for name in read if not re.search(rf"^(# )?{name}=", example, re.M)} == set()


def handshake(port: int, origin: str) -> str:
    """The first line that a WebSocket client on a page of `origin` is answered."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(
            f"GET /ws/any HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        return connection.recv(2000).decode(errors="replace").splitlines()[0]
