"""One child process: started so that it cannot outlive us, stopped in an orderly way."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.stack.account import Account
from config.stack.errors import StackError

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def tied_to_us(stop_signal: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A `preexec_fn` that lets the kernel send `stop_signal` to the child when we die, even by kill -9.

    Start children from the main thread only: Linux sends the signal when the *thread* that forked ends.
    """
    us = os.getpid()

    def tie() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, stop_signal)
            if os.getppid() != us:
                os._exit(1)

    return tie


@dataclass
class Child:
    """A program we start, watch, and stop.

    Attributes:
        stop_signal: asks the program to finish; sent by the kernel too when we are killed.
        stop_seconds: how long it may take before it is killed.
        env: complete environment; None means ours.
        before_start: run before every start, also after a crash.
    """

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path = Path("/")
    account: Account = field(default_factory=Account)
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15
    before_start: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program in a session of its own, its output appended to the log file.

        Raises:
            StackError: the program cannot be executed.
        """
        if self.before_start:
            self.before_start()
        try:
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen(
                    [str(word) for word in self.argv],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=self.cwd,
                    env=None if self.env is None else dict(self.env),
                    # Else Ctrl-C in the terminal would hit all at once, the database first.
                    start_new_session=True,
                    preexec_fn=tied_to_us(self.stop_signal),
                    **self.account.popen_options(),  # type: ignore[call-overload]
                )
        except OSError as error:
            raise StackError(f"{self.name} cannot be started: {error}") from error

    @property
    def pid(self) -> int | None:
        """Process id, once started."""
        return self.process.pid if self.process else None

    def running(self) -> bool:
        """Whether the program was started and has not ended; reaps it when it has."""
        return self.process is not None and self.process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait for `ready` to be true.

        Raises:
            StackError: the program ended, or was not ready within `seconds`.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running():
                raise StackError(f"{self.name} stopped while starting.\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise StackError(f"{self.name} was not ready after {seconds:.0f} seconds.\n{self.log_tail()}")
            time.sleep(0.03)

    def stop(self) -> None:
        """Ask the program to finish, and kill it with all it started when it does not in time."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.stop_seconds)
            except subprocess.TimeoutExpired:
                self._kill_session()
                self.process.wait()
        # Processes of the same session may remain, e.g. the pool of a worker that crashed.
        self._kill_session()

    def log_tail(self, lines: int = 15) -> str:
        """The end of the log with its path, for an error message."""
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            text = ""
        return "\n".join([f"The end of {self.log}:", *(f"  {line}" for line in text.splitlines()[-lines:])])

    def _kill_session(self) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return


def processes_in(folder: Path) -> list[int]:
    """Ids of the live processes whose working directory is `folder`; empty where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(folder.resolve()):
                found.append(int(entry.name))
        except OSError:
            continue
    return found
