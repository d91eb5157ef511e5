"""One owner of a data folder at a time; others learn who it is."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from config.stack.paths import written_privately


@dataclass(frozen=True)
class Owner:
    """The process that started the servers: what it does, and where its web address is (empty for none)."""

    pid: int
    command: str
    address: str = ""


class HomeLock:
    """The lock on one data folder; the operating system lets go of it when its holder dies, however."""

    def __init__(self, home: Path) -> None:
        """Nothing is locked yet."""
        self.file = home / "lock"
        self.note = home / "running.json"
        self.guests = home / "guests.lock"
        self._held: int | None = None

    def acquire(self, command: str) -> bool:
        """Become the owner; False when another process is."""
        self._held = self._locked()
        if self._held is None:
            return False
        self.tell(Owner(os.getpid(), command))
        return True

    def release(self) -> None:
        """Let others become the owner."""
        if self._held is not None:
            self.note.unlink(missing_ok=True)
            os.close(self._held)
            self._held = None

    def tell(self, owner: Owner) -> None:
        """Write down who we are, for those who find the lock taken."""
        written_privately(self.note, json.dumps(asdict(owner)))

    def owner(self) -> Owner | None:
        """The process that holds the lock; None when nobody does."""
        handle = self._locked()
        if handle is not None:
            os.close(handle)
            return None
        try:
            return Owner(**json.loads(self.note.read_text()))
        except (OSError, ValueError, TypeError):
            return Owner(0, "starting")

    @contextmanager
    def as_guest(self) -> Iterator[None]:
        """Use another owner's servers: an owner that is only a command waits for us before it stops them."""
        with open(self.guests, "a") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield

    def wait_for_guests(self) -> None:
        """Wait until nobody else uses our servers."""
        with open(self.guests, "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)

    def _locked(self) -> int | None:
        handle = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        return handle
