"""What befalls the database itself while programs sell; by ``./auberge chaos``, or with this path given to pytest."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException

import psycopg
import pytest

from config.stack.account import server_account
from config.stack.paths import ROOT
from config.stack.ports import free_port
from config.stack.postgres import OPTIONS, Cluster
from config.stack.postgres_setup import processes_in, program_output
from config.stack.processes import Child
from config.stack.providers import system_postgres_offers
from tests.chaos.selling import everything_is_there, selling
from tests.config.stack.observing import wait_until
from tests.config.stack.test_scale_out import manage
from tests.wire import Wire

pytestmark = [pytest.mark.stack, pytest.mark.chaos]
HOLDER = """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as connection:
    connection.execute("SELECT 1 FROM rooms_inventorynight FOR UPDATE")
    print("held", flush=True)
    sys.stdin.read()
"""


def kill(cluster):
    """kill -9 of every process of a cluster: nothing in its memory is written any more."""
    for pid in processes_in(cluster.data):
        os.kill(pid, signal.SIGKILL)
    cluster.child.process.wait(10)


CHANGE = """
from django.db import connection
from hotel.core.postgresql.owner import as_owner
from hotel.core.postgresql.patience import patiently
print("begun", flush=True)
with as_owner():
    patiently(lambda: connection.cursor().execute("ALTER TABLE reservations_reservation ADD COLUMN chaos integer"))
"""


@contextmanager
def standby_of(primary, folder):
    """A second server that follows; gives its process and its port."""
    programs, account = next(system_postgres_offers()), server_account()
    data, port = account.folder(folder / "standby"), free_port()
    url = f"{primary.admin_url}?application_name=standby"
    words = [programs.bin / "pg_basebackup", "-d", url, "-D", data, "-R", "-X", "stream", "-c", "fast"]
    program_output(words, account=account)
    options = {**OPTIONS, "port": str(port)}
    argv = [programs.bin / "postgres", "-D", data]
    argv += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    child = Child("standby", argv, folder / "standby.log", account=account, stop_signal=signal.SIGINT)
    child.start()
    try:
        with psycopg.connect(primary.admin_url, autocommit=True) as admin:
            following = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
            wait_until(lambda: admin.execute(following).fetchone() == (1,), 60)
            admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
            admin.execute("SELECT pg_reload_conf()")
            kept = "SELECT sync_state FROM pg_stat_replication"
            wait_until(lambda: admin.execute(kept).fetchone() == ("sync",), 30)
        yield port
    finally:
        child.stop()


def test_a_standby_takes_over(house, servers, proxy, environment, open_folder, record_property):
    """kill -9 of the primary; its synchronous standby is promoted and answers at its address."""
    primary = servers[0]
    with standby_of(primary, open_folder) as port:
        admin_url = primary.admin_url.replace(f":{proxy.target}/", f":{port}/")
        url = primary.url.replace(f":{proxy.target}/", f":{port}/")
        with selling(house):
            house.settled(12)
            kill(primary)
            began, before = time.monotonic(), len(house.told)
            with psycopg.connect(admin_url, autocommit=True) as admin:
                assert admin.execute("SELECT pg_promote(true, 30)").fetchone() == (True,)
            proxy.target = port
            wait_until(lambda: len(house.told) > before, 60)
            outage = time.monotonic() - began
            house.settled(12)
        record_property("failover_outage_seconds", round(outage, 2))
        everything_is_there(house, url, environment)
    assert outage <= 10


def test_the_holder_of_a_lock_stops(house, servers, environment, record_property):
    """SIGSTOP of a program that holds every night: others are told to come again, and nothing is half done."""
    holder = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLDER, servers[0].superuser_url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    holder.send_signal(signal.SIGSTOP)
    answers, stop = [], time.monotonic() + 10

    def ask(name):
        number = 0
        while time.monotonic() < stop:
            key, began = f"h-{name}-{number}", time.monotonic()
            answer = house.wire.post("bookings", house.body(key), key=key)
            answers.append(
                (answer.status, answer.code, answer.headers.get("retry-after"), time.monotonic() - began)
            )
            number += 1

    threads = [threading.Thread(target=ask, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder.send_signal(signal.SIGCONT)
    holder.communicate()
    record_property("stopped_holder_answers", len(answers))
    record_property("stopped_holder_slowest_seconds", round(max(took for *_, took in answers), 2))
    assert {answer[:3] for answer in answers} == {(409, "lock_refused", "1")}
    with psycopg.connect(servers[0].superuser_url) as connection:
        assert connection.execute("SELECT count(*) FROM reservations_booking").fetchone() == (0,)
    assert house.ask("k-0-0")
    assert house.told["k-0-0"].status == 201
    manage(environment, "verify_invariants")


def test_a_table_is_changed_under_a_long_report(house, servers, environment, record_property):
    """The change gives way to the report and comes again; who sells behind it never waits for the report."""
    house.wire = timed = Timed(house.wire.address, house.wire.secret, timeout=15)
    with psycopg.connect(servers[0].superuser_url) as report:
        report.execute("SELECT count(*) FROM reservations_reservation")
        with selling(house):
            house.settled(12)
            words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", CHANGE]
            change = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
            assert change.stdout.readline() == "begun\n"
            timed.answers.clear()
            time.sleep(10)
            assert change.poll() is None
            behind = list(timed.answers)
            report.rollback()
            assert change.wait(60) == 0
            house.settled(12)
    failed = [answer for answer in timed.answers if answer[0] != 201]
    record_property("changed_table_failed", len(failed))
    record_property("changed_table_slowest_seconds", round(max(took for *_, took in behind), 2))
    assert len(behind) > 20
    assert failed == []
    with psycopg.connect(servers[0].superuser_url) as connection:
        connection.execute("SELECT chaos FROM reservations_reservation LIMIT 1")
    everything_is_there(house, servers[0].url, environment)


class Timed(Wire):
    """Keeps how each request was answered, with which code, and in how many seconds."""

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        self.answers = []

    def send(self, *request):
        began = time.monotonic()
        answer = super().send(*request)
        self.answers.append((answer.status, answer.code, time.monotonic() - began))
        return answer


@pytest.fixture
def little_disk(open_folder):
    """A file system of its own for PostgreSQL, before it is made there."""
    folder = open_folder / "postgres"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=400m,mode=0711", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(words, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("needs root, to make a file system that is soon full")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607


def test_a_full_disk(little_disk, house, servers, environment, record_property):
    """No byte is left: readers are answered, writers told so; with room again all goes on as before."""
    ballast, statuses, readers = little_disk / "ballast", [], []
    with selling(house):
        house.settled(12)
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(b"\0" * 65536):
                    pass
            except OSError:
                pass
        until = time.monotonic() + 15
        while time.monotonic() < until:
            for kind, found in (("rooms", readers), ("bookings", statuses)):
                try:
                    key = f"f-{len(statuses)}"
                    answer = (
                        house.wire.get(kind)
                        if kind == "rooms"
                        else house.wire.post(kind, house.body(key), key=key)
                    )
                    found.append(answer.status)
                    if answer.status == 201:
                        house.asked.add(key)
                        house.told[key] = answer
                except (OSError, HTTPException):
                    found.append(0)
        ballast.unlink()
        if not servers[0].child.running():
            servers[0].start()
        wait_until(servers[0].answers, 60)
        began = time.monotonic()
        house.settled(12)
        record_property("full_disk_back_after_seconds", round(time.monotonic() - began, 2))
    record_property("full_disk_refused", sum(status in {503, 507} for status in statuses))
    record_property("full_disk_faults", sum(status in {0, 500} for status in statuses + readers))
    assert set(statuses) & {503, 507}
    assert set(statuses) <= {201, 503, 507}
    assert set(readers) <= {200, 503}
    everything_is_there(house, servers[0].url, environment)


@pytest.mark.parametrize("commit", ["on", "off"])
def test_what_a_database_acknowledges_it_keeps(open_folder, commit, record_property):
    """kill -9 of a bare PostgreSQL under writers. With ``synchronous_commit=off`` it must lose some, or we would not see it."""
    extra = {"synchronous_commit": commit, "wal_writer_delay": "10000"}
    cluster = Cluster(open_folder / "postgres", open_folder / "postgres.log", extra=extra)
    cluster.start()
    try:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE told (number bigint PRIMARY KEY)")
        missing = 0
        for round_number in range(3):
            acknowledged = acknowledged_until_killed(cluster, round_number)
            cluster.start()
            with psycopg.connect(cluster.url) as connection:
                kept = {number for (number,) in connection.execute("SELECT number FROM told")}
            missing += len(acknowledged - kept)
            assert acknowledged
    finally:
        cluster.stop()
    record_property({"on": "commit_on_lost", "off": "commit_off_lost"}[commit], missing)
    assert (missing > 0) == (commit == "off")


def acknowledged_until_killed(cluster, round_number):
    """Write for two seconds, then kill -9; the numbers whose commit was acknowledged."""
    found = set()

    def write(writer):
        try:
            with psycopg.connect(cluster.url, autocommit=True) as connection:
                for turn in range(1_000_000):
                    number = (round_number * 10 + writer) * 1_000_000 + turn
                    connection.execute("INSERT INTO told VALUES (%s)", [number])
                    found.add(number)
        except psycopg.OperationalError:
            return

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    kill(cluster)
    for thread in threads:
        thread.join()
    return found
