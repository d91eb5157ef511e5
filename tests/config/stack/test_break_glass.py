"""Who is let into the database for an emergency sees every hotel, changes no proof, and is put out in time."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import errors

from config.stack.__main__ import main
from config.stack.break_glass import role_open
from config.stack.database_roles import expired_end, role_end
from config.stack.postgres import Cluster
from hotel.core.postgresql.owner import owner
from tests.cast import make_cast

LATER, BEFORE = datetime.now(UTC) + timedelta(hours=2), datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def admin(db):
    """The superuser of the tests' own server."""
    if not (owner() and os.environ.get("AUBERGE_TEST_SERVERS")):
        pytest.skip("needs the roles of a server of ours")
    folder = Path(os.environ["AUBERGE_TEST_SERVERS"])
    with psycopg.connect(
        Cluster(folder / "postgres", folder / "postgres.log").admin_url, autocommit=True
    ) as admin:
        yield admin
        role_end(admin, "auberge_breakglass_anna")


def entered(url):
    return psycopg.connect(url, dbname=connection.settings_dict["NAME"], autocommit=True)


@pytest.mark.django_db(transaction=True)
def test_a_person_is_let_in_by_name_past_the_wall_and_put_out_with_her_session(admin):
    make_cast()
    url = role_open(admin, "anna", "no rooms shown", LATER)
    with entered(url) as session:
        assert session.execute("SELECT count(*) FROM properties_ageband").fetchone() == (4,)
        act = json.loads(session.execute("SHOW app.act").fetchone()[0])
        assert act == {"actor": "break-glass:anna", "door": "database", "reason": "no rooms shown"}
        assert session.execute("SHOW log_statement").fetchone() == ("all",)
        session.execute("UPDATE properties_ageband SET updated_at = updated_at + interval '1 hour' WHERE id IN"
                        " (SELECT min(id) FROM properties_ageband)")  # fmt: skip
        written = "SELECT actor, reason FROM security_auditlog ORDER BY id DESC LIMIT 1"
        assert session.execute(written).fetchone() == ("break-glass:anna", "no rooms shown")
        for statement in ("DELETE FROM folios_posting", "TRUNCATE rooms_room CASCADE", "SET ROLE auberge"):
            with pytest.raises(errors.InsufficientPrivilege):
                session.execute(statement)
        role_end(admin, "auberge_breakglass_anna")
        with pytest.raises(psycopg.OperationalError):
            session.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        entered(url)


def test_who_is_let_in_for_too_long_is_put_out(admin):
    url = role_open(admin, "anna", "why", BEFORE)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        entered(url)
    assert expired_end(admin) == ["auberge_breakglass_anna"]
    assert expired_end(admin) == []


def test_the_command_wants_a_name_a_reason_and_an_end(admin, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_ADMIN_URL", admin_url(admin))
    for words in (
        ["Anna B", "why"],
        ["anna"],
        ["anna", "why", "--hours", "25"],
        ["anna", "why", "--hours", "0"],
    ):
        assert main(["break-glass", *words]) == 1
        assert "Say" in capsys.readouterr().err


def admin_url(admin):
    return f"postgres://postgres:{admin.info.password}@{admin.info.host}:{admin.info.port}/postgres"


def test_without_the_superusers_address_nothing_is_done(monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_ADMIN_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://auberge_app:x@127.0.0.1:1/auberge")
    assert main(["break-glass", "anna", "why"]) == 1
    assert "DATABASE_ADMIN_URL" in capsys.readouterr().err
