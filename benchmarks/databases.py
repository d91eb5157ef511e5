"""Generated databases, kept between runs; each run works on a copy, so that every run begins the same."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.sizes import Size

ROOT = Path(__file__).resolve().parents[1]
RUN = "auberge_bench_run"
RAW_OPTIONS = (
    "-c app.properties=*"  # a bare program sees every property; the product never tells it for a session
)


def server_url() -> str:
    """The server that the launcher started, as the role that owns the databases."""
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def url_of(database: str) -> str:
    """The URL of another database of the server."""
    return f"{server_url().rpartition('/')[0]}/{database}"


def environment(database: str, **more: str) -> dict[str, str]:
    """What a process of ours is given to work on a database."""
    return {
        **os.environ,
        "DATABASE_URL": url_of(database),
        "DATABASE_OWNER_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "LOG_LEVEL": "WARNING",
        **more,
    }


@contextmanager
def database_of(size: Size) -> Iterator[str]:
    """The name of a fresh copy of the generated database; generated first when there is none."""
    kept = f"auberge_bench_{size.name}_{fingerprint()}"
    with psycopg.connect(url_of("postgres"), autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone():
            _generate(admin, size, kept)
        copy(admin, kept, RUN)
        try:
            yield RUN
        finally:
            _drop(admin, RUN)


def copy(admin: psycopg.Connection, source: str, target: str) -> None:
    """Copy a database file by file."""
    _drop(admin, target)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    admin.execute(statement.format(sql.Identifier(target), sql.Identifier(source)))


def _generate(admin: psycopg.Connection, size: Size, kept: str) -> None:
    base = f"auberge_bench_base_{fingerprint()}"
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [base]).fetchone():
        _make(admin, "base", base, None)
    print(f"{size.reservations:,} reservations over {size.properties} properties", flush=True)
    _make(admin, size.name, kept, base)


def _make(admin: psycopg.Connection, what: str, kept: str, source: str | None) -> None:
    """Generate under another name, so that half a database is never taken for a whole one."""
    draft, started = f"auberge_bench_draft_{what}", time.monotonic()
    for (name,) in admin.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"auberge\\_bench\\_{what}\\_%"]
    ).fetchall():
        _drop(admin, name)
    copy(admin, source or "template1", draft)
    argv = [sys.executable, "-m", "benchmarks.generate", what]
    subprocess.run(argv, cwd=ROOT, env=environment(draft, DB_POOL="off"), check=True)
    admin.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(kept))
    )
    print(f"  {what} made in {time.monotonic() - started:.0f} s, kept for the next run", flush=True)


def _drop(admin: psycopg.Connection, name: str) -> None:
    # Not WITH (FORCE): that may not end an autovacuum, which a plain DROP does by itself.
    admin.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
        [name],
    )
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def fingerprint() -> str:
    """Changes with what shapes the database: migrations, their SQL, walls and ties, the generator, the demo's rates."""
    apps = ("", "hotel/")
    patterns = [f"{folder}*/{files}" for folder in apps for files in ("migrations/*.py", "sql/*.sql")]
    patterns += ["hotel/properties/services/walls.py", "hotel/properties/services/ties.py"]
    patterns += ["hotel/rates/services/demo*.py"]
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    paths += [ROOT / "benchmarks" / name for name in ("sizes.py", "generate.py", "mass.py")]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
