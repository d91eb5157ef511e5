"""The roles are made where they are missing: on a server of others, and in data of versions that had none."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.stack.__main__ import main
from config.stack.database_roles import APP, LOOKUP, ROLE, ROLES, WORKER, roles_prepare
from config.stack.paths import ROOT
from config.stack.postgres import Cluster
from config.stack.servers import Servers
from hotel.core.postgresql.owner import owner


@pytest.fixture
def admin_url(db):
    """The superuser of the tests' own server."""
    if not (owner() and os.environ.get("AUBERGE_TEST_SERVERS")):
        pytest.skip("needs the roles of a server of ours")
    folder = Path(os.environ["AUBERGE_TEST_SERVERS"])
    return Cluster(folder / "postgres", folder / "postgres.log").admin_url


def test_a_server_of_others_is_prepared_by_one_command_that_may_be_repeated(admin_url, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_ADMIN_URL", admin_url)
    names = {
        "DATABASE_OWNER_URL": "auberge",
        "DATABASE_URL": "auberge_app",
        "DATABASE_WORKER_URL": "auberge_worker",
    }
    for variable, role in names.items():
        monkeypatch.setenv(variable, f"postgres://{role}:secret@db.internal:5432/auberge")
    assert main(["roles"]) == 1
    assert "DATABASE_REPORT_URL must be postgres://auberge_report:" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_REPORT_URL", "postgres://auberge_report:secret@db.internal:5432/auberge")
    assert main(["roles"]) == 0
    assert "none, all were there" in capsys.readouterr().out


@pytest.mark.stack
def test_data_of_a_version_without_roles_gets_them_with_their_rights(migrated):
    servers = Servers(migrated, {})
    servers.start()
    try:
        forgotten = [role for role in ROLES if role != ROLE]
        with psycopg.connect(servers.postgres.superuser_url, autocommit=True) as admin:
            for role in forgotten:
                admin.execute(f"REASSIGN OWNED BY {role} TO {ROLE}; DROP OWNED BY {role}")
                admin.execute(f"DROP ROLE {role}")
        for file in servers.postgres.folder.glob("password.*"):
            file.unlink()
        servers.postgres.stop()
        servers.postgres.start()
        environment = {**os.environ, **servers.environment()}
        argv = [sys.executable, "-m", "config.stack.prepare", str(migrated)]
        done = subprocess.run(  # noqa: S603
            argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        for role in (APP, WORKER):
            with psycopg.connect(servers.postgres.url_of(role)) as connection:
                assert connection.execute("SELECT count(*) FROM core_declaredschedule").fetchone() > (0,)
                assert connection.execute("SELECT count(*) FROM rooms_room").fetchone() == (0,)
                assert connection.execute("SELECT count(*) > 0 FROM monitoring_sessions()").fetchone() == (
                    True,
                )
        with psycopg.connect(servers.postgres.superuser_url) as admin:
            owned = "SELECT proname FROM pg_proc WHERE proowner = %s::regrole ORDER BY 1"
            found = admin.execute(owned, [LOOKUP]).fetchall()
            assert found == [("guests_search",), ("monitoring_sessions",)]
        with psycopg.connect(servers.postgres.admin_url, autocommit=True) as admin:
            assert roles_prepare(admin, lambda role: pytest.fail(f"asked for the password of {role}")) == []
    finally:
        servers.stop()
