"""Starting and watching processes from the tests of the stack."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from config.stack.paths import ROOT
from config.stack.ports import free_port
from config.stack.servers import Servers


def start_python(code, *words, **options):
    """Run Python code in a process of its own, from the root of the sources; its output is a text pipe."""
    argv = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)  # noqa: S603


def wait_until(true, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not true after {seconds} s"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def processes_of(home: Path) -> set[int]:
    """Ids of processes with this data folder as their place, in their environment or in their arguments.

    A zombie has none of these.
    """
    mark, found = str(home), set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            text = (entry / "cmdline").read_text(errors="replace") + (entry / "environ").read_text(
                errors="replace"
            )
            if mark in text + os.readlink(entry / "cwd"):
                found.add(int(entry.name))
        except OSError:
            continue
    return found - {os.getpid()}


def database(home: Path) -> psycopg.Connection:
    """A connection to the embedded database of this installation, which sees the rows of every property."""
    return psycopg.connect(Servers(home, {}).postgres.url, autocommit=True, options="-c app.properties=*")


def reached(home: Path) -> bool:
    """Whether its embedded database takes connections."""
    try:
        database(home).close()
    except psycopg.OperationalError:
        return False
    return True


def pid_of(home: Path, words: str) -> int:
    """The process of this installation whose arguments contain these words; the oldest of several."""
    found = []
    for pid in processes_of(home):
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if words in arguments:
            found.append(pid)
    return min(found, default=0)


class Launcher:
    """`./auberge up` as a process; its output goes to a file."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.output = home.with_name("up.out")
        self.port = free_port()
        self.process = None

    def command(self, *words):
        """Run another command of the launcher to its end."""
        argv = [sys.executable, "-m", "config.stack", *words]
        return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603

    def up(self):
        """Start, and wait until the address is printed."""
        argv = [sys.executable, "-m", "config.stack", "up", "--no-demo", "--port", str(self.port)]
        with open(self.output, "w") as output:
            self.process = subprocess.Popen(argv, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603
        wait_until(lambda: "Ctrl-C stops it" in self.said() or self.process.poll() is not None, 240)
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.output.read_text()

    def signal(self, number) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(180)
