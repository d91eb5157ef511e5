"""A migrated cluster kept between runs of the tests: copying it is many times faster than migrating again."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from config.stack.account import Account
from config.stack.database_roles import ROLE
from config.stack.paths import ROOT, home_prepared
from config.stack.postgres import Cluster
from config.stack.throwaway import throwaway_servers

DATABASE = "auberge_template"
KEPT = 3
SHAPING_FILES = (
    "requirements/test.txt",
    "config/database_rights.toml",
    "config/settings/base.py",
    "config/settings/components.py",
    "config/stack/database_roles.py",
    "config/stack/postgres_setup.py",
    "hotel/core/postgresql/rights.py",
    "hotel/properties/selectors/ties.py",
    "hotel/properties/selectors/walls.py",
    "hotel/properties/services/ties.py",
    "hotel/properties/services/walls.py",
    "security/plugs.py",
    "security/selectors/captured.py",
    "security/services/capture.py",
)


def template_adopt(cluster: Cluster) -> bool:
    """Let a cluster that is not made yet begin with the migrated database; make that first when needed.

    Returns:
        False when the migrations fail: the tests will then say how.
    """
    place = home_prepared() / "test-templates" / fingerprint(ROOT, str(cluster.programs.bin))
    if not place.exists() and not template_make(place):
        return False
    place.touch()
    cluster.folder.mkdir(parents=True)
    for file in place.glob("password*"):
        shutil.copy2(file, cluster.folder / file.name)
    shutil.copytree(place / "data", cluster.data, symlinks=True)
    given_whole(cluster.account, cluster.data)
    return True


def template_make(place: Path) -> bool:
    """Migrate a new cluster and keep its files at `place`; False when the migrations fail."""
    import psycopg

    with throwaway_servers() as servers:
        with psycopg.connect(servers.postgres.admin_url, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
        environment = {
            **os.environ,
            **servers.environment(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for name, url in servers.postgres.environment.items():
            environment[name] = url.rpartition("/")[0] + f"/{DATABASE}"
        argv = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        if subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, check=False).returncode:
            return False
        servers.postgres.stop()
        place.parent.mkdir(mode=0o700, exist_ok=True)
        draft = place.with_name(f"{place.name}.{os.getpid()}")
        draft.mkdir(mode=0o700)
        for file in servers.postgres.folder.glob("password*"):
            shutil.copy2(file, draft / file.name)
        shutil.copytree(servers.postgres.data, draft / "data", symlinks=True)
    try:
        draft.rename(place)
    except OSError:  # another run was faster
        shutil.rmtree(draft)
    older = sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]
    for path in older:
        shutil.rmtree(path, ignore_errors=True)
    return True


def fingerprint(root: Path, *more: str) -> str:
    """A short name that changes with whatever may change the tables.

    These are the migrations, the SQL files, the modules of ours that migrations import, and SHAPING_FILES.
    """
    digest = hashlib.sha256("|".join(more).encode())
    for path in shaping_files(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def shaping_files(root: Path) -> list[Path]:
    """The files behind a fingerprint, each once, sorted."""
    migrations = [path for depth in ("*", "*/*") for path in root.glob(f"{depth}/migrations/*.py")]
    statements = [path for depth in ("*", "*/*") for path in root.glob(f"{depth}/sql/*.sql")]
    named = [root / name for name in SHAPING_FILES]
    return sorted(
        {path for path in [*migrations, *statements, *named, *imported(root, migrations)] if path.is_file()}
    )


def imported(root: Path, modules: Iterable[Path]) -> Iterator[Path]:
    """Files of our own modules that these modules import, as far as one step."""
    for module in modules:
        for name in re.findall(r"^\s*(?:from|import) ([\w.]+)", module.read_text(), re.MULTILINE):
            place = root.joinpath(*name.split("."))
            yield from (place.with_suffix(".py"), place / "__init__.py")


def given_whole(account: Account, folder: Path) -> None:
    """Make a folder and all in it the account's property."""
    account.give(folder)
    for path in folder.rglob("*"):
        account.give(path)
