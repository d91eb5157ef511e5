"""A PostgreSQL and a Valkey for one run of the tests: fast, empty, gone afterwards."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.stack.account import server_account
from config.stack.postgres import Cluster
from config.stack.processes import processes_in
from config.stack.valkey import Valkey

PREFIX = "auberge-test-"


class ThrowawayServers:
    """Both servers in one temporary folder."""

    def __init__(self, *, safe: bool = False) -> None:
        """Nothing is started yet.

        Args:
            safe: keep the disk guarantees of production (for benchmarks), only the data is temporary.
        """
        forget_dead_runs()
        self.folder = Path(
            tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=reachable_temporary_folder())
        )
        # The servers' account passes through, nobody lists.
        self.folder.chmod(0o711)
        self.postgres = Cluster(self.folder / "postgres", self.folder / "postgres.log", throwaway=not safe)
        self.valkey = Valkey(self.folder / "valkey", self.folder / "valkey.log", throwaway=not safe)

    def start(self) -> None:
        """Start both; leaves nothing behind when one fails."""
        try:
            self.postgres.start()
            self.valkey.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop both and delete their data; may be called twice."""
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """The variables Django's settings read."""
        return {**self.postgres.environment, "REDIS_URL": self.valkey.url}


@contextmanager
def throwaway_servers(*, safe: bool = False) -> Iterator[ThrowawayServers]:
    """Both servers, running, for the length of a `with` block."""
    servers = ThrowawayServers(safe=safe)
    servers.start()
    try:
        yield servers
    finally:
        servers.stop()


def forget_dead_runs() -> None:
    """Delete what runs left behind that were killed before they could clean up."""
    for folder in Path(reachable_temporary_folder()).glob(f"{PREFIX}*"):
        match = re.match(rf"{PREFIX}(\d+)-", folder.name)
        if not match or _exists(int(match[1])) or not _is_ours(folder):
            continue
        if not processes_in(folder / "postgres/data"):
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    try:
        return folder.stat().st_uid == os.geteuid()
    except FileNotFoundError:  # its run has just cleaned up
        return False


def reachable_temporary_folder() -> str:
    """The usual temporary folder, unless the servers' account cannot get there."""
    usual = tempfile.gettempdir()
    return usual if server_account().reaches(Path(usual) / "x") else "/tmp"  # noqa: S108


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
