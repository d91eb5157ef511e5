"""On a real cluster: what survives, and what is refused."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from config.stack import postgres_setup
from config.stack.account import Account, server_account
from config.stack.errors import StackError
from config.stack.postgres import Cluster, servers_folder
from config.stack.processes import processes_in
from tests.config.stack.observing import wait_until

pytestmark = pytest.mark.stack


@pytest.fixture
def cluster(open_folder):
    cluster = Cluster(open_folder / "postgres", open_folder / "postgres.log", throwaway=True)
    yield cluster
    cluster.stop()


@pytest.fixture
def durable(open_folder):
    """With the disk guarantees of production: a throw-away cluster loses rows in these tests."""
    cluster = Cluster(open_folder / "postgres", open_folder / "postgres.log")
    yield cluster
    cluster.stop()


def rows(cluster):
    with psycopg.connect(cluster.url) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


def add_rows(cluster, count):
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id integer)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, %s)", [count])


def test_a_new_cluster_is_what_the_application_needs(cluster):
    cluster.start()
    with psycopg.connect(cluster.url) as connection:
        facts = connection.execute(
            "SELECT current_setting('server_encoding'), datcollate, current_setting('listen_addresses'),"
            " current_setting('password_encryption'),"
            " rolsuper, rolbypassrls, rolcreatedb"
            " FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user"
        ).fetchone()
        extensions = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    assert facts == ("UTF8", "C.UTF-8", "127.0.0.1", "scram-sha-256", False, False, True)
    assert extensions >= {"btree_gist", "btree_gin", "pg_trgm", "citext", "unaccent"}


def test_a_database_made_later_has_the_extensions(cluster):
    cluster.start()
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    with psycopg.connect(cluster.url, dbname="another") as connection:
        assert connection.execute("SELECT count(*) FROM pg_extension").fetchone()[0] >= 6


def test_nobody_enters_without_the_password(cluster):
    cluster.start()
    for role in ("auberge", "postgres"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(cluster.url, user=role, password="wrong")
    assert (cluster.folder / "password").stat().st_mode & 0o777 == 0o600


def test_data_and_port_are_kept_over_a_restart(cluster):
    cluster.start()
    add_rows(cluster, 7)
    url = cluster.url
    cluster.stop()
    assert processes_in(cluster.data) == []
    cluster.start()
    assert rows(cluster) == 7
    assert cluster.url == url


def test_a_killed_postmaster_starts_again_at_once_with_its_data(durable):
    durable.start()
    add_rows(durable, 5)
    os.kill(durable.child.pid, signal.SIGKILL)
    wait_until(lambda: not durable.child.running(), 5)
    assert (durable.data / "postmaster.pid").exists()
    durable.child.start()
    durable.child.wait_until(durable.answers, 20)
    assert rows(durable) == 5


def test_a_pid_file_that_names_an_unrelated_process_does_not_stop_a_start(durable):
    durable.start()
    add_rows(durable, 3)
    os.kill(durable.child.pid, signal.SIGKILL)
    wait_until(lambda: not durable.child.running(), 5)
    wait_until(lambda: not processes_in(durable.data), 10)
    stale = durable.data / "postmaster.pid"
    # The number went to another living process of the same account meanwhile.
    other = subprocess.Popen(["/bin/sleep", "60"], **durable.account.popen_options())
    lines = stale.read_text().splitlines()
    stale.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
    try:
        durable.start()
        assert rows(durable) == 3
    finally:
        other.kill()
        other.wait()


def test_a_server_on_the_same_data_is_not_disturbed(cluster):
    cluster.start()
    with pytest.raises(StackError, match=f"process {cluster.child.pid}.*is using"):
        postgres_setup.crash_traces_clear(cluster.data, seconds=0.2)
    assert (cluster.data / "postmaster.pid").exists()
    assert cluster.answers()


def test_data_of_another_major_version_is_refused_untouched(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(
        StackError, match=r"written by PostgreSQL 12,(.|\n)*Nothing was changed(.|\n)*AUBERGE_PG_BIN"
    ):
        cluster.start()
    assert (cluster.data / "PG_VERSION").read_text() == "12\n"


def test_an_interrupted_initdb_is_made_anew(cluster):
    half = cluster.folder / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster.start()
    assert cluster.answers()
    assert not half.exists()


def test_disk_guarantees_are_off_only_for_throwaway_data(open_folder):
    for throwaway, expected in ((True, ("off", "off")), (False, ("on", "on"))):
        cluster = Cluster(open_folder / f"pg{throwaway}", open_folder / "log", throwaway=throwaway)
        cluster.start()
        try:
            with psycopg.connect(cluster.url) as connection:
                facts = connection.execute(
                    "SELECT current_setting('fsync'), current_setting('synchronous_commit')"
                )
                assert facts.fetchone() == expected
        finally:
            cluster.stop()


def test_programs_the_account_cannot_reach_are_copied(cluster, monkeypatch):
    real = cluster.programs.bin / "postgres"
    monkeypatch.setattr(Account, "reaches", lambda self, path: path != real)
    cluster.start()
    assert str(cluster.folder) in cluster.child.argv[0]
    assert cluster.answers()


def test_a_failing_server_shows_its_log(cluster):
    cluster.extra["shared_buffers"] = "nonsense"
    with pytest.raises(StackError, match="nonsense"):
        cluster.start()


def test_data_moves_out_of_a_closed_home(tmp_path):
    reachable, closed = Path("/srv/auberge/.auberge"), tmp_path / "closed/.auberge"
    closed.parent.mkdir(mode=0o700)
    assert servers_folder(reachable, Account(65534, 65534)) == reachable
    assert servers_folder(closed, Account(65534, 65534)).parent == Path("/var/lib/auberge")
    assert servers_folder(closed, Account()) == closed


def test_root_hands_the_servers_to_nobody(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert server_account().uid not in (0, None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account() == Account()
