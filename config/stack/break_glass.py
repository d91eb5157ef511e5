"""The way into the database past the wall, for an emergency: a person by name, for some hours, everything logged."""

import argparse
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from config.stack.database_roles import BREAK_GLASS, DATABASE, as_superuser, expired_end, role_end
from config.stack.errors import StackError
from config.stack.paths import home_prepared
from config.stack.servers import Servers, servers_for_command

if TYPE_CHECKING:
    import psycopg

MAX_HOURS = 24


def break_glass(argv: list[str]) -> int:
    """Let a named person into the database past the wall for some hours, or end that.

    Raises:
        StackError: no such name or time, or the server refuses.
    """
    parser = argparse.ArgumentParser(prog="./auberge break-glass")
    parser.add_argument("name", help="who: letters and digits")
    parser.add_argument("reason", nargs="?", default="", help="why, for the trail")
    parser.add_argument("--hours", type=float, default=1, help=f"up to {MAX_HOURS}; 1 unless given")
    parser.add_argument("--close", action="store_true", help="end it now")
    told = parser.parse_args(argv)
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", told.name):
        raise StackError("Say who, in small letters and digits: ./auberge break-glass anna 'why' --hours 2")
    with _superuser() as admin:
        expired_end(admin)
        if told.close:
            role_end(admin, f"{BREAK_GLASS}_{told.name}")
            print(f"{told.name} is out.")
            return 0
        if not told.reason or not 0 < told.hours <= MAX_HOURS:
            raise StackError(f"Say why, and for how long: at most {MAX_HOURS} hours. Nobody was let in.")
        until = datetime.now(UTC) + timedelta(hours=told.hours)
        print(f"Until {until:%Y-%m-%d %H:%M} UTC:  {role_open(admin, told.name, told.reason, until)}")
    return 0


def role_open(admin: "psycopg.Connection[Any]", name: str, reason: str, until: datetime) -> str:
    """Make a role that passes the wall by until then; returns its address.

    Its changes stand in the trail under its name. What it says to the server is
    logged; a session that idles for a quarter of an hour ends.
    """
    from psycopg import sql

    role, password = f"{BREAK_GLASS}_{name}", secrets.token_urlsafe(24)
    act = json.dumps({"actor": f"break-glass:{name}", "door": "database", "reason": reason})
    made = sql.SQL("CREATE ROLE {} LOGIN BYPASSRLS IN ROLE {} PASSWORD {} VALID UNTIL {}")
    with admin.transaction():
        role_end(admin, role)
        admin.execute(
            made.format(
                *map(sql.Identifier, (role, BREAK_GLASS)), *map(sql.Literal, (password, until.isoformat()))
            )
        )
        settings = {"app.act": act, "log_statement": "all", "idle_session_timeout": "15min"}
        for setting, value in settings.items():
            command = sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(role), sql.Identifier(*setting.split(".")), sql.Literal(value)
            )
            admin.execute(command)
    return f"postgres://{role}:{password}@{admin.info.host}:{admin.info.port}/{DATABASE}"


@contextmanager
def _superuser() -> "Iterator[psycopg.Connection[Any]]":
    """Of the server that `DATABASE_ADMIN_URL` names, or of the embedded one."""
    import psycopg

    if os.environ.get("DATABASE_ADMIN_URL") or os.environ.get("DATABASE_URL"):
        with as_superuser(DATABASE) as admin:
            yield admin
        return
    with servers_for_command("break-glass"):
        cluster = Servers(home_prepared(), {}).postgres
        assert cluster is not None  # noqa: S101  (no DATABASE_URL was given)
        with psycopg.connect(cluster.superuser_url, autocommit=True) as admin:
            yield admin
