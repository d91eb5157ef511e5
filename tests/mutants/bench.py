"""Where mutants are tried: one cluster, for each run a copy of its migrated database and a forked child, two at a time."""

import importlib
import json
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import psycopg

from config.stack.database_roles import ROLE
from config.stack.pytest_cluster import roles_prepare
from config.stack.template import DATABASE, template_adopt
from config.stack.throwaway import ThrowawayServers
from tests.mutants import Mutant
from tests.mutants.trial import become
from tests.mutants.verdicts import Run

PATIENCE = 600
AT_ONCE = 2
# Loaded once, not by each child. Of others only, and only what reads no settings.
LOADED = (
    "PIL.Image", "allauth", "celery", "celery.app", "channels", "cryptography.fernet",
    "cryptography.hazmat.primitives.asymmetric.ed25519", "cryptography.hazmat.primitives.ciphers.aead",
    "django.contrib.admin.utils", "django.core.management", "django.db.backends.postgresql.base", "django.db.models",
    "django.forms", "django.http", "django.template", "django.test", "django.urls", "djmoney", "guardian", "hypothesis",
    "kombu.transport.memory", "kombu.transport.redis", "moneyed", "openpyxl", "psycopg.types.json", "psycopg_pool",
    "pydantic", "pytest_django.plugin", "redis.asyncio", "requests", "structlog", "time_machine", "xdist",
)  # fmt: skip


Wanted = tuple[list[str], Mutant | None]


@dataclass(frozen=True)
class Child:
    """A run that has been started.

    Attributes:
        place: in the order wanted.
        slot: which of the databases it uses.
        folder: what it writes.
        began: seconds of the monotonic clock.
        patience: seconds after which it is ended.
    """

    place: int
    slot: str
    folder: Path
    began: float
    patience: float


@dataclass
class Bench:
    """Servers, and the children that run on them, each on a new copy of the migrated database."""

    admin_url: str
    environment: dict[str, str]
    folder: Path
    children: dict[int, Child] = field(default_factory=dict)
    slots: list[str] = field(default_factory=lambda: [f"mutant{number}" for number in range(AT_ONCE)])

    def runs(self, wanted: Iterable[Wanted]) -> Iterator[tuple[int, Run]]:
        """Run tests, with a mutant or on the house as it is; yields the place in the order wanted, and the run, as they end."""
        waiting = list(enumerate(wanted))[::-1]
        while waiting or self.children:
            while waiting and self.slots:
                self._start(self.slots.pop(), *waiting.pop())
            for pid, child in list(self.children.items()):
                if run := self._run_ended(pid, child):
                    yield child.place, run
            time.sleep(0.02)

    def _start(self, slot: str, place: int, wanted: Wanted) -> None:
        self._database_make(f"test_{slot}")
        folder = Path(mkdtemp(dir=self.folder))
        pid = os.fork()
        if pid == 0:
            for name, value in self.environment.items():
                os.environ[name] = f"{value.rpartition('/')[0]}/{slot}" if name.endswith("_URL") else value
            become(*wanted, folder)
        self.children[pid] = Child(place, slot, folder, time.monotonic(), PATIENCE * len(wanted[0]))

    def _database_make(self, name: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {DATABASE}")

    def _run_ended(self, pid: int, child: Child) -> Run | None:
        """What a child has told, when it has ended by itself or had its time; else None."""
        seconds = time.monotonic() - child.began
        done, status = os.waitpid(pid, os.WNOHANG)
        if not done and seconds < child.patience:
            return None
        self._clear(pid, reaped=bool(done))
        self.slots.append(child.slot)
        told = child.folder / "reports"
        reports = json.loads(told.read_text()) if told.exists() else []
        output = (child.folder / "log").read_text(errors="replace")
        return Run(os.waitstatus_to_exitcode(status) if done else None, reports, output, seconds)

    def _clear(self, pid: int, *, reaped: bool) -> None:
        """End a child and whatever it has started."""
        del self.children[pid]
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        if not reaped:
            os.waitpid(pid, 0)

    def stop(self) -> None:
        """End those that run."""
        for pid in list(self.children):
            self._clear(pid, reaped=False)


@contextmanager
def bench() -> Iterator[Bench]:
    """Everything that mutants need, for the length of a ``with`` block.

    Raises:
        SystemExit: the migrations fail.
    """
    for name in LOADED:
        with suppress(Exception):
            importlib.import_module(name)
    servers = ThrowawayServers()
    try:
        if not template_adopt(servers.postgres):
            raise SystemExit("The migrations fail; ./auberge test tells how.")
        servers.start()
        roles = roles_prepare(servers.postgres)
        environment = {
            "AUBERGE_TEST_DATABASE_URL": roles["DATABASE_URL"],
            "AUBERGE_TEST_DATABASE_OWNER_URL": roles["DATABASE_OWNER_URL"],
            "AUBERGE_TEST_ROLES": roles["AUBERGE_TEST_ROLES"],
        }
        os.environ["AUBERGE_TEST_REDIS_URL"] = servers.valkey.url
        with TemporaryDirectory() as folder:
            own = Bench(servers.postgres.admin_url, environment, Path(folder))
            try:
                yield own
            finally:
                own.stop()
    finally:
        servers.stop()
