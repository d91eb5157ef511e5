"""What happens to a PostgreSQL cluster before and right after its first start."""

import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from config.stack.account import Account, readable_copy
from config.stack.database_roles import (
    database_exists,
    database_make,
    expired_end,
    extensions_make,
    roles_prepare,
)
from config.stack.errors import StackError
from config.stack.paths import written_privately
from config.stack.processes import processes_in
from config.stack.providers import PostgresPrograms, major_version


def executable_programs(programs: PostgresPrograms, account: Account, folder: Path) -> Path:
    """Folder of programs that `account` can execute; a copy below `folder` when it must be.

    Raises:
        StackError: programs of the system that this account cannot read.
    """
    if account.reaches(programs.bin / "postgres"):
        return programs.bin
    if programs.package is None:
        raise StackError(
            f"The account that runs PostgreSQL cannot read {programs.bin}. Open that folder to all."
        )
    place = folder / f"programs-{program_output([programs.bin / 'postgres', '--version']).split()[-1]}"
    # libpq lies in the sibling folder, found relative to the programs.
    libraries = programs.package.with_name(f"{programs.package.name}.libs")
    if libraries.exists():
        readable_copy(libraries, place / libraries.name)
    package = readable_copy(programs.package, place / programs.package.name)
    return package / programs.bin.relative_to(programs.package)


def cluster_make(bin_folder: Path, data: Path, password: Path, account: Account, *, sync: bool) -> None:
    """Create a cluster: UTF-8, sorted by code point on every machine, a password for everybody.

    Args:
        bin_folder: programs that `account` can execute.
        data: the new data directory; appears complete or not at all.
        account: whose it is.
        password: file of the superuser's password; written when absent.
        sync: wait until everything is on disk.

    Raises:
        StackError: initdb fails.
    """
    if not password.exists():
        written_privately(password, secrets.token_urlsafe(24))
    # A start that is killed in the middle must not leave half a cluster, so it gets its name last.
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    account.folder(draft)
    for_initdb = password.with_name("password.initdb")
    written_privately(for_initdb, password.read_text())
    argv: list[object] = [bin_folder / "initdb", "-D", draft, "-U", "postgres", "-A", "scram-sha-256"]
    argv += ["--pwfile", account.give(for_initdb), "-E", "UTF8", "--locale=C.UTF-8"]
    try:
        program_output(argv if sync else [*argv, "--no-sync"], account=account)
    finally:
        for_initdb.unlink()
    draft.rename(data)


def other_version_refuse(bin_folder: Path, data: Path) -> None:
    """Check that these programs can read this data.

    Raises:
        StackError: the data was written by another major version.
    """
    ours = major_version(program_output([bin_folder / "postgres", "--version"]))
    theirs = (data / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise StackError(
            f"The data in {data} was written by PostgreSQL {theirs},\n"
            f"but the program here is PostgreSQL {ours}, which cannot read it. Nothing was changed.\n"
            f"Set AUBERGE_PG_BIN to the folder of PostgreSQL {theirs}'s programs, or dump the data with them\n"
            f"and load the dump into a new folder: see Upgrades in docs/guide/deployment.md."
        )


def crash_traces_clear(data: Path, seconds: float = 10) -> None:
    """Wait for processes of a killed server to end, then drop its pid file.

    PostgreSQL refuses to start while the old process id exists at all: as a zombie that nobody reaps, or as
    another program that got the number since. Its processes are known by their working directory.

    Raises:
        StackError: another server still runs on this data.
    """
    if not Path("/proc/self/cwd").exists():
        return
    deadline = time.monotonic() + seconds
    while others := processes_in(data):
        if time.monotonic() > deadline:
            raise StackError(f"Another PostgreSQL (process {others[0]}) is using {data}. Stop it first.")
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def databases_prepare(admin_url: str, password: Callable[[str], str]) -> None:
    """Make extensions, roles and the application's database, where they are not there; also in data of older versions.

    The extensions go into the template, so that a test database has them without migrations. Who was let in for an
    emergency that is over is put out.

    Args:
        admin_url: of the superuser.
        password: gives the password of a role that logs in.
    """
    import psycopg

    with psycopg.connect(admin_url, autocommit=True) as admin:
        roles_prepare(admin, password)
        expired_end(admin)
        if not database_exists(admin):
            with psycopg.connect(admin_url, dbname="template1", autocommit=True) as template:
                extensions_make(template)
            database_make(admin)


def program_output(argv: Sequence[object], *, account: Account | None = None) -> str:
    """Run a short program to its end and return what it printed.

    Raises:
        StackError: it cannot be executed, or reports failure.
    """
    options: Any = account.popen_options() if account else {}
    words = [str(word) for word in argv]
    try:
        done = subprocess.run(words, capture_output=True, text=True, cwd="/", check=False, **options)
    except OSError as error:
        raise StackError(f"{words[0]} cannot be executed: {error}") from error
    if done.returncode:
        raise StackError(f"{words[0]} failed:\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
