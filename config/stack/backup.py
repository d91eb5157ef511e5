"""One file with all of an installation: the database, the uploads, the secrets; and the way back."""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from config.stack.contents import TEXT_OPTIONS, contents
from config.stack.errors import StackError
from config.stack.lock import HomeLock
from config.stack.paths import home_prepared
from config.stack.providers import postgres_programs
from config.stack.servers import Servers, servers_for_command

# Row-level security holds for whoever dumps as well; a dump is of every property.
EVERY_PROPERTY = {"PGOPTIONS": "-c app.properties=*"}
MOST_JOBS = 8  # each takes a connection
DUMP, SECRETS, MEDIA, CONTENTS = "database.dump", "secrets.env", "media", "contents.json"


def backup(argv: list[str]) -> int:
    """Write a backup; works while Auberge runs, and shows one moment of the database.

    Args:
        argv: the file to write; by default one in `backups/` of the data folder, named by the time.

    Raises:
        StackError: the database cannot be dumped, or too little of the disk is free.
    """
    home = home_prepared()
    room_required(home)
    (home / "backups").mkdir(mode=0o700, exist_ok=True)
    name = f"auberge-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.tar"
    target = Path(argv[0]).absolute() if argv else home / "backups" / name
    with servers_for_command("backup") as environment, tempfile.TemporaryDirectory(dir=home) as folder:
        dump = Path(folder) / DUMP
        told = dumped(environment.get("DATABASE_OWNER_URL") or environment["DATABASE_URL"], dump)
        draft = target.with_name(f"{target.name}.unfinished")
        # Holds the secrets: for the owner's eyes only.
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                archive.add(dump, DUMP)
                archive.add(told, CONTENTS)
                archive.add(home / SECRETS, SECRETS)
                archive.add(Path(environment["MEDIA_ROOT"]), MEDIA)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    print(f"Saved in {target}. It holds the keys of the encrypted data: keep it in a safe place.")
    return 0


def room_required(folder: Path) -> None:
    """Refuse to fill a disk that is nearly full: a hotel stops when the database cannot write.

    Raises:
        StackError: less is free than ``DISK_LOW_PERCENT`` says.
    """
    usage, least = shutil.disk_usage(folder), int(os.environ.get("DISK_LOW_PERCENT", "10"))
    free = 100 * usage.free // usage.total
    if free < least:
        raise StackError(
            f"Only {free} % of the disk of {folder} is free, and a backup would take more. Make room first, or set "
            "DISK_LOW_PERCENT=0 for this command."
        )


def dumped(url: str, dump: Path) -> Path:
    """Dump a database, and tell beside it what it held in that very moment; returns the file that tells.

    Raises:
        StackError: the database cannot be dumped.
    """
    import psycopg

    with psycopg.connect(url, options=TEXT_OPTIONS) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        moment = datetime.now().astimezone().isoformat(timespec="seconds")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None  # noqa: S101
        options = ["--format=custom", "--enable-row-security", f"--snapshot={snapshot[0]}", f"--file={dump}"]
        postgres_tool("pg_dump", url, options, EVERY_PROPERTY)
        told = dump.with_name(CONTENTS)
        told.write_text(json.dumps({"made_at": moment, **contents(connection)}))
    return told


def restore(argv: list[str]) -> int:
    """Bring a backup back into a data folder that has no database yet.

    Raises:
        StackError: no such file, a database is there already, or Auberge is running.
    """
    if len(argv) != 1 or not Path(argv[0]).is_file():
        raise StackError("Say which backup: ./auberge restore <file written by ./auberge backup>")
    home = home_prepared()
    lock = HomeLock(home)
    servers = Servers(home, {})
    if servers.postgres is None or servers.postgres.data.exists():
        raise StackError(
            f"There is a database in {home} already, which a restore would overwrite. Nothing was changed.\n"
            "Move that folder away, or restore into another one:  AUBERGE_HOME=<folder> ./auberge restore <file>"
        )
    if not lock.acquire("restore"):
        raise StackError(f"Auberge is running on {home}. Stop it first.")
    try:
        with tempfile.TemporaryDirectory(dir=home) as folder:
            parts = unpack(Path(argv[0]), Path(folder))
            shutil.copy2(parts / SECRETS, home / SECRETS)
            shutil.copytree(parts / MEDIA, home / MEDIA, dirs_exist_ok=True)
            servers.start()
            # As the superuser, because it also owns the extensions; the tables get their owner from the dump.
            url = servers.postgres.superuser_url
            database_restore(url, parts / DUMP)
    except BaseException:
        servers.stop()
        shutil.rmtree(servers.postgres.data, ignore_errors=True)
        raise
    finally:
        servers.stop()
        lock.release()
    print(f"Restored into {home}. Start it with ./auberge up.")
    return 0


def database_restore(url: str, dump: Path) -> None:
    """Fill an empty database from a dump, several tables and indexes at once.

    Raises:
        StackError: it cannot be filled.
    """
    jobs = min(os.cpu_count() or 1, MOST_JOBS)
    postgres_tool("pg_restore", url, ["--exit-on-error", f"--jobs={jobs}", str(dump)])


def unpack(file: Path, folder: Path) -> Path:
    """Take the parts of a backup out into `folder`; only plain files, only inside it.

    Raises:
        StackError: it is no backup of ours.
    """
    (folder / MEDIA).mkdir()
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                path = PurePosixPath(member.name)
                known = member.name in (DUMP, SECRETS, CONTENTS) or path.parts[0] == MEDIA
                content = archive.extractfile(member) if member.isfile() else None
                if not known or ".." in path.parts or content is None:
                    continue
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                with open(folder / path, "wb") as out:
                    shutil.copyfileobj(content, out)
    except tarfile.TarError as error:
        raise StackError(f"{file} is no backup of Auberge: {error}") from error
    if not ((folder / DUMP).exists() and (folder / SECRETS).exists()):
        raise StackError(f"{file} is no backup of Auberge: {DUMP} or {SECRETS} is missing in it.")
    (folder / SECRETS).chmod(0o600)
    return folder


def postgres_tool(
    name: str, url: str, options: list[str], environment: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Run pg_dump or pg_restore on a database.

    Raises:
        StackError: there is no such program, or it fails; with its own words.
    """
    program = postgres_programs().bin / name
    parts = urlsplit(url)
    # Not in the arguments, which every user of the machine can read.
    secret: Mapping[str, str] = {"PGPASSWORD": unquote(parts.password or "")}
    where = [f"--host={parts.hostname}", f"--port={parts.port or 5432}", f"--username={parts.username}"]
    argv = [str(program), *where, f"--dbname={parts.path.strip('/')}", *options]
    try:
        done = subprocess.run(
            argv,
            env={**os.environ, **environment, **secret},
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
    except OSError as error:
        raise StackError(f"{program} cannot be executed: {error}") from error
    if done.returncode:
        raise StackError(f"{name} failed:\n{done.stderr.strip()}")
