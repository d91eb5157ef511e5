"""The roles of the database, on the embedded server and on those of others."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from config.stack.errors import StackError

if TYPE_CHECKING:
    import psycopg

DATABASE = ROLE = "auberge"
APP, WORKER, REPORT, BREAK_GLASS = "auberge_app", "auberge_worker", "auberge_report", "auberge_breakglass"
LOOKUP = "auberge_lookup"
ROLES = {
    ROLE: "LOGIN CREATEDB",  # owns the tables and changes them; runs `migrate` only
    APP: "LOGIN",
    WORKER: "LOGIN",
    REPORT: "LOGIN",
    BREAK_GLASS: "NOLOGIN BYPASSRLS",  # what those may who are let in for an emergency
    LOOKUP: "NOLOGIN BYPASSRLS",  # owns the few functions that read past the wall
}
MEMBERS = {LOOKUP: [("pg_read_all_stats", LOOKUP), (LOOKUP, ROLE)]}  # role to what is granted to whom with it
ROLE_SETTINGS = {REPORT: {"default_transaction_read_only": "on", "statement_timeout": "15s"}}
EXTENSIONS = ("btree_gist", "btree_gin", "pg_trgm", "citext", "unaccent")
# Variable to the role whose name and password its address holds.
ADDRESSES = {
    "DATABASE_OWNER_URL": ROLE,
    "DATABASE_URL": APP,
    "DATABASE_WORKER_URL": WORKER,
    "DATABASE_REPORT_URL": REPORT,
}


def roles_prepare(admin: "psycopg.Connection[Any]", password: Callable[[str], str]) -> list[str]:
    """Make the roles that are missing; returns their names. No role that logs in is a superuser or passes the wall by.

    Args:
        admin: a connection of the superuser.
        password: gives the password of a role that logs in.
    """
    from psycopg import sql

    known = {name for (name,) in admin.execute("SELECT rolname FROM pg_roles").fetchall()}
    missing = [role for role in ROLES if role not in known]
    for role in missing:
        create = sql.SQL(f"CREATE ROLE {{}} {ROLES[role]}").format(sql.Identifier(role))
        if not ROLES[role].startswith("NOLOGIN"):
            create = sql.SQL("{} PASSWORD {}").format(create, sql.Literal(password(role)))
        admin.execute(create)
        for name, value in ROLE_SETTINGS.get(role, {}).items():
            setting = sql.SQL("ALTER ROLE {} SET {} = {}")
            admin.execute(setting.format(*map(sql.Identifier, (role, name)), sql.Literal(value)))
        for given, member in MEMBERS.get(role, []):
            admin.execute(sql.SQL("GRANT {} TO {}").format(*map(sql.Identifier, (given, member))))
    return missing


def database_make(admin: "psycopg.Connection[Any]") -> bool:
    """Make the application's database when it is missing; whether it was."""
    is_missing = not database_exists(admin)
    if is_missing:
        admin.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
    return is_missing


def database_exists(admin: "psycopg.Connection[Any]") -> bool:
    """Whether the application's database is there."""
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    return found is not None


def extensions_make(admin: "psycopg.Connection[Any]") -> None:
    """Make the extensions in the database that this connection is to."""
    for extension in EXTENSIONS:
        admin.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")


def roles(argv: list[str]) -> int:
    """Prepare a server of yours: roles with the passwords of the addresses, the database, its extensions. Repeatable.

    Raises:
        StackError: an address is missing, or names another role.
    """
    passwords = {role: _password_in(name, role) for name, role in ADDRESSES.items()}
    with as_superuser() as admin:
        made = roles_prepare(admin, passwords.__getitem__)
        is_new = database_make(admin)
    with as_superuser(DATABASE) as admin:
        extensions_make(admin)
        admin.execute(
            f"ALTER SCHEMA public OWNER TO {ROLE}"
        )  # before version 15 anybody could make tables in it
    print(
        f"Roles made: {', '.join(made) or 'none, all were there'}. Database: {'made' if is_new else 'was there'}."
    )
    print("Now run  manage.py migrate  with DATABASE_OWNER_URL, which gives the roles their rights.")
    return 0


def expired_end(admin: "psycopg.Connection[Any]") -> list[str]:
    """End those whose time is over, and their sessions: the server only refuses new ones. Returns their names."""
    over = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s) AND rolvaliduntil < now() ORDER BY 1"
    names = [name for (name,) in admin.execute(over, [f"{BREAK_GLASS}_"]).fetchall()]
    for name in names:
        role_end(admin, name)
    return names


def role_end(admin: "psycopg.Connection[Any]", role: str) -> None:
    """Drop a role of an emergency and end its sessions; nothing when there is none."""
    from psycopg import sql

    admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", [role])
    admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


@contextmanager
def as_superuser(database: str = "postgres") -> "Iterator[psycopg.Connection[Any]]":
    """A connection by `DATABASE_ADMIN_URL`.

    Raises:
        StackError: there is no such variable, or the server refuses; with its own words.
    """
    import psycopg

    url = os.environ.get("DATABASE_ADMIN_URL", "")
    if not url:
        raise StackError(
            "DATABASE_ADMIN_URL must be the address of the server's superuser, for this command only."
        )
    try:
        with psycopg.connect(url, dbname=database, autocommit=True) as admin:
            yield admin
    except psycopg.Error as error:
        raise StackError(f"The database refuses: {error}") from error


def _password_in(name: str, role: str) -> str:
    parts = urlsplit(os.environ.get(name, ""))
    if parts.username != role or not parts.password:
        raise StackError(f"{name} must be postgres://{role}:<password>@<server>/{DATABASE}")
    return unquote(parts.password)
