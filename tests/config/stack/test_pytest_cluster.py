"""The plugin, in a pytest run of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.stack import pytest_cluster, template, throwaway
from config.stack.paths import ROOT
from tests.config.stack.observing import is_alive, start_python, wait_until

PROBE = """
import os
from pathlib import Path
from django.conf import settings

def test_probe():
    Path(os.environ["PROBE_OUT"]).write_text("|".join([
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"], str(settings.DATABASES["default"]["PORT"]),
    ]))
"""


@pytest.fixture
def probe(tmp_path):
    """Run pytest with the plugin on one small test; returns the URLs that test saw."""
    (tmp_path / "test_probe.py").write_text(PROBE)

    def run(*words, **environment):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "DATABASE", "REDIS"))
        }
        kept |= {"PROBE_OUT": str(tmp_path / "out")} | environment
        argv = [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            str(ROOT / "pyproject.toml"),
            "-p",
            "no:cacheprovider",
            *words,
        ]
        done = subprocess.run(  # noqa: S603
            [*argv, str(tmp_path / "test_probe.py")],
            cwd=ROOT,
            env=kept,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return (tmp_path / "out").read_text().split("|")

    return run


@pytest.mark.stack
def test_django_reads_the_address_of_the_plugin(probe):
    database, redis, port = probe()
    assert database.startswith("postgres://auberge_tests:")
    assert f":{port}/" in database
    assert redis.startswith("redis://:")


@pytest.mark.stack
def test_workers_of_xdist_share_one_cluster(probe):
    database, _redis, port = probe("-n", "1")
    assert f":{port}/" in database


@pytest.mark.stack
def test_a_given_database_is_used_instead(probe):
    seen = probe(AUBERGE_TEST_DATABASE_URL="postgres://u:p@127.0.0.1:1/x", REDIS_URL="redis://kept-out")
    assert seen == ["postgres://u:p@127.0.0.1:1/x", "", "1"]


def test_a_given_database_starts_nothing(monkeypatch):
    monkeypatch.setattr(pytest_cluster, "ThrowawayServers", lambda: pytest.fail("started a cluster"))
    environment = {"AUBERGE_TEST_DATABASE_URL": "postgres://x/y", "AUBERGE_TEST_REDIS_URL": "redis://z"}
    pytest_cluster.servers_start(environment, template=True)
    assert environment["DATABASE_URL"] == "postgres://x/y"
    assert environment["REDIS_URL"] == "redis://z"


def test_this_very_run_is_on_a_throwaway_cluster_or_a_given_one():
    if "AUBERGE_TEST_DATABASE_URL" not in os.environ:
        assert os.environ["DATABASE_URL"].startswith("postgres://auberge_tests:")


@pytest.mark.django_db
def test_this_very_database_is_a_copy_of_the_template():
    if os.environ.get("AUBERGE_TEST_TEMPLATE") != template.DATABASE:
        pytest.skip("this run does without the template")
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        names = {name for (name,) in cursor.fetchall()}
    assert template.DATABASE in names
    assert settings.DATABASES["default"]["TEST"]["TEMPLATE"] == template.DATABASE


@pytest.mark.stack
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_killed_run_leaves_no_server_and_the_next_run_its_folder():
    killed = start_python(
        "import time; from config.stack.throwaway import ThrowawayServers\n"
        "s = ThrowawayServers(); s.start(); print(s.folder, s.postgres.child.pid, s.valkey.child.pid, flush=True)\n"
        "time.sleep(60)"
    )
    folder, postgres, valkey = killed.stdout.readline().split()
    assert is_alive(int(postgres))
    killed.kill()
    killed.wait()
    killed.stdout.close()
    wait_until(lambda: not is_alive(int(postgres)) and not is_alive(int(valkey)), 20)
    assert Path(folder).exists()
    throwaway.forget_dead_runs()
    assert not Path(folder).exists()


@pytest.mark.stack
def test_a_living_run_is_left_alone():
    with throwaway.throwaway_servers() as servers:
        throwaway.forget_dead_runs()
        assert servers.postgres.answers()
        folder = servers.folder
    assert not folder.exists()
