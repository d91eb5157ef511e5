"""The whole stack as a user starts it: what answers, what survives, what is left when it ends."""

import os
import signal
import sys
from pathlib import Path

import pytest

from config.stack import up
from config.stack.lock import HomeLock
from tests.config.stack.observing import Launcher, database, pid_of, processes_of, reached, wait_until


def answers(launcher):
    return up.page_answers(f"http://127.0.0.1:{launcher.port}/api/health/ready")


@pytest.mark.stack
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_day_with_the_launcher(launcher, home):
    launcher.up()
    assert answers(launcher)
    assert f"Auberge is running at http://127.0.0.1:{launcher.port}" in launcher.said()

    # A second start is refused, and says where the first one is; status says the same.
    second = launcher.command("up")
    assert second.returncode == 1
    assert f"already running at http://127.0.0.1:{launcher.port}" in second.stderr
    assert launcher.command("status").returncode == 0

    # A command uses the running servers.
    said = launcher.command("manage", "shell", "-c", "from django.db import connection as c; print(c.vendor)")
    assert said.stdout.strip().endswith("postgresql")
    assert answers(launcher)

    # What dies comes back, with its data: the worker, then PostgreSQL itself.
    with database(home) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100) AS id")
    worker, postgres = pid_of(home, "celery -A config worker"), pid_of(home, "postgres -D")
    os.kill(worker, signal.SIGKILL)
    os.kill(postgres, signal.SIGKILL)
    wait_until(lambda: "worker ended by itself (code -9)" in launcher.said(), 10)
    wait_until(lambda: "PostgreSQL ended by itself (code -9)" in launcher.said(), 10)
    wait_until(lambda: reached(home), 30)
    wait_until(lambda: answers(launcher), 30)
    wait_until(lambda: pid_of(home, "celery -A config worker") not in (0, worker), 10)
    with database(home) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (100,)

    # Ctrl-C: the workers first, the database last, and nothing is left.
    assert launcher.signal(signal.SIGINT) == 0
    lines = [line.strip() for line in launcher.said().splitlines()]
    assert [line for line in lines if line.endswith(" stopped")] == [
        f"{name} stopped" for name in ("beat", "worker", "web", "Valkey", "PostgreSQL")
    ]
    assert processes_of(home) == set()
    assert launcher.command("status").returncode == 3

    # The next day everything is as it was; `./auberge stop` ends it from elsewhere.
    launcher.up()
    with database(home) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (100,)
    assert launcher.command("stop").stdout == "Stopped.\n"
    assert launcher.process.wait(30) == 0
    assert processes_of(home) == set()


@pytest.mark.stack
@pytest.mark.skipif(sys.platform != "linux", reason="needs the parent-death signal")
def test_a_killed_supervisor_leaves_no_process_and_no_damage(launcher, migrated):
    launcher.up()
    assert len(processes_of(migrated)) >= 6
    with database(migrated) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100) AS id")

    assert launcher.signal(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: processes_of(migrated) == set(), 90)  # a worker ends the task that it is at

    launcher.up()
    assert answers(launcher)
    with database(migrated) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (100,)


@pytest.mark.stack
def test_a_command_alone_starts_the_database_for_itself(home):
    launcher = Launcher(home)
    home.parent.mkdir(exist_ok=True)
    said = launcher.command("manage", "showmigrations", "contenttypes")
    assert "[ ] 0001_initial" in said.stdout, said.stderr
    assert processes_of(home) == set()
    assert HomeLock(home).owner() is None
    assert launcher.command("manage", "no_such_command").returncode == 1


@pytest.mark.stack
@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgres://x:y@127.0.0.1:1/z"), ("REDIS_URL", "redis://127.0.0.1:1")],
)
def test_a_configured_server_that_is_down_is_named_without_a_traceback(home, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    said = Launcher(home).command("up")
    assert said.returncode == 1
    assert f"{name} names does not answer" in said.stderr
    assert "refused" in said.stderr
    assert "Traceback" not in said.stderr
    assert (home / "postgres").exists() == (name != "DATABASE_URL")
    assert processes_of(home) == set()


def test_the_welcome_names_address_logins_and_a_moved_port(tmp_path):
    (tmp_path / "logins.txt").write_text("ada  secret\n")
    text = up.welcome(tmp_path, "http://127.0.0.1:8001", wanted=8000, seconds=2.0)
    assert "http://127.0.0.1:8001" in text
    assert "Port 8000 is taken" in text
    assert "  ada  secret" in text
    text = up.welcome(tmp_path, "http://127.0.0.1:8000", wanted=8000, seconds=2.0)
    assert "is taken" not in text


def test_a_missing_pango_turns_off_pdf_and_gives_one_line(monkeypatch):
    monkeypatch.setattr(up, "PANGO", ("libno-such-library.so.0",))
    monkeypatch.setattr(sys, "platform", "linux")
    text = up.pdf_missing()
    assert "PDF documents are off" in text
    assert "apt-get install --no-install-recommends libpango-1.0-0" in text
    assert text in up.welcome(Path("/nowhere"), "http://127.0.0.1:8000", wanted=8000, seconds=1)
    monkeypatch.setattr(up, "PANGO", ("libc.so.6",))
    assert up.pdf_missing() == ""


def test_an_address_that_does_not_answer():
    assert not up.page_answers("http://127.0.0.1:1/")


def test_long_logs_are_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(up, "LOG_KEPT_BYTES", 10)
    (tmp_path / "web.log").write_text("x" * 11)
    (tmp_path / "beat.log").write_text("x" * 10)
    up.logs_rotate(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beat.log", "web.log.1"]


def test_the_application_consumes_every_queue(tmp_path):
    (tmp_path / "queues.json").write_text('["default", "outbox"]')
    children = {child.name: child for child in up.application_children(tmp_path, {}, 8000)}
    assert list(children) == ["web", "worker", "beat"]
    assert "default,outbox" in children["worker"].argv
    assert children["web"].argv[-1] == "5"


def test_who_serves_works_as_his_role_and_nobody_knows_the_owner(tmp_path):
    (tmp_path / "queues.json").write_text("[]")
    given = {"DATABASE_URL": "app", "DATABASE_WORKER_URL": "worker", "DATABASE_OWNER_URL": "owner"}
    children = [*up.application_children(tmp_path, given, 8000), up.simulator_child(tmp_path, given)]
    assert {child.name: child.env["DATABASE_URL"] for child in children} == {
        "web": "app",
        "worker": "worker",
        "beat": "worker",
        "simulator": "worker",
    }
    assert [name for child in children for name, value in child.env.items() if value == "owner"] == []


def test_cards_are_played_by_a_simulator_that_web_and_worker_find(tmp_path):
    environment = {}
    child = up.simulator_child(tmp_path, environment)
    port = environment["SIMULATOR_URL"].removeprefix("http://127.0.0.1:")
    words = ["-m", "hotel.folios.adapters.simulator", "--port", port, "--file", f"{tmp_path}/simulator.json"]
    assert (child.name, list(child.argv)) == ("simulator", [sys.executable, *words])
    assert "no money moves" in up.SIMULATED


def test_a_simulator_that_the_environment_names_is_not_started(tmp_path):
    environment = {"SIMULATOR_URL": "http://elsewhere:1"}
    assert up.simulator_child(tmp_path, environment) is None
    assert environment == {"SIMULATOR_URL": "http://elsewhere:1"}


def test_a_worker_uses_threads_where_semaphores_cannot_be_made(monkeypatch):
    monkeypatch.setattr(up.multiprocessing, "Semaphore", lambda: None)
    assert up.worker_pool() == "prefork"

    def refused():
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(up.multiprocessing, "Semaphore", refused)
    assert up.worker_pool() == "threads"
