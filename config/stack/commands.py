"""The commands of the launcher beside `up`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from config.stack import checks
from config.stack.errors import StackError
from config.stack.lock import HomeLock
from config.stack.paths import ROOT, home, home_prepared
from config.stack.processes import tied_to_us
from config.stack.servers import Servers, servers_for_command
from config.stack.throwaway import throwaway_servers
from config.stack.up import pdf_missing

STOP_WAIT_SECONDS = 90
# Room for a million reservations; every guarantee of the disk stays on.
BENCH_OPTIONS = {"shared_buffers": "1GB", "max_wal_size": "4GB", "max_connections": "200"}


def test(argv: list[str]) -> int:
    """Run pytest; its plugin config.stack.pytest_cluster brings the servers."""
    if pdf_missing():
        print(pdf_missing(), flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *argv], environment)


def manage(argv: list[str]) -> int:
    """Run a Django command on the running servers, or on servers started just for it."""
    with servers_for_command(" ".join(["manage", *argv[:1]])) as environment:
        return run_in_foreground([sys.executable, "manage.py", *argv], environment)


def shell(argv: list[str]) -> int:
    """Open Django's shell."""
    return manage(["shell", *argv])


def bench(argv: list[str]) -> int:
    """Run the benchmarks on servers of their own that keep every disk guarantee.

    They live in `bench/` below the data folder, so that generated databases serve the next run too.

    Raises:
        StackError: the benchmarks run already, or a server fails.
    """
    folder = home_prepared() / "bench"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    (folder / "log").mkdir(exist_ok=True)
    lock, servers = HomeLock(folder), Servers(folder, {})
    if not lock.acquire("bench"):
        raise StackError(f"The benchmarks run already on {folder}.")
    assert servers.postgres is not None  # noqa: S101  (no DATABASE_URL was given)
    servers.postgres.extra |= BENCH_OPTIONS
    try:
        servers.start()
        environment = {**os.environ, **servers.environment(), "AUBERGE_BENCH": str(folder)}
        # Databases are made, filled without indexes and dropped: all by their owner.
        environment |= {"DATABASE_URL": servers.postgres.url, "DATABASE_OWNER_URL": ""}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return run_in_foreground([sys.executable, "-m", "benchmarks", *argv], environment)
    finally:
        servers.stop()
        lock.release()


def gate(argv: list[str]) -> int:
    """Run all checks but the tests, fastest first; go on after a failure and name all that failed."""
    with throwaway_servers() as servers:
        return checks.gate(checks.check_environment(servers))


def openapi(argv: list[str]) -> int:
    """Write config/openapi.yml again; with --release take it as what the release promises."""
    if argv == ["--release"]:
        return checks.openapi_release()
    with throwaway_servers() as servers:
        return checks.openapi_write(checks.check_environment(servers))


def audit(argv: list[str]) -> int:
    """Look for risky code, secrets and weak packages; see config/audit."""
    return run_in_foreground([sys.executable, "-m", "config.audit", *argv], os.environ)


def mutants(argv: list[str]) -> int:
    """Take controls away one by one; see tests/mutants."""
    return run_in_foreground([sys.executable, "-m", "tests.mutants", *argv], os.environ)


def chaos(argv: list[str]) -> int:
    """Break what can break, one after the other, and see what the house promises kept; see tests/chaos."""
    return run_in_foreground([sys.executable, "-m", "tests.chaos", *argv], os.environ)


def status() -> int:
    """Say whether Auberge runs; exit code 0 when it does, 3 when not."""
    owner = HomeLock(home_prepared()).owner()
    if owner is None:
        print("Auberge is not running.")
        return 3
    at = f" at {owner.address}" if owner.address else ""
    print(f"Auberge is running{at}: ./auberge {owner.command}, process {owner.pid}, data in {home()}")
    return 0


def stop() -> int:
    """Stop what `./auberge up` started, and wait until it has.

    Raises:
        StackError: it does not stop in time.
    """
    lock = HomeLock(home_prepared())
    owner = lock.owner()
    if owner is None or owner.command != "up":
        print("Auberge is not running." if owner is None else f"Only ./auberge {owner.command} is running.")
        return 0
    os.kill(owner.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_WAIT_SECONDS
    while lock.owner() == owner:
        if time.monotonic() > deadline:
            raise StackError(f"Process {owner.pid} has not stopped after {STOP_WAIT_SECONDS} seconds.")
        time.sleep(0.1)
    print("Stopped.")
    return 0


def run_in_foreground(argv: list[str], environment: Mapping[str, str]) -> int:
    """Run a program that owns the terminal, Ctrl-C included; returns its exit code."""
    # A Python function, not SIG_IGN: that would be inherited by the program.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(
            argv, cwd=ROOT, env=dict(environment), preexec_fn=tied_to_us(), check=False
        ).returncode
    finally:
        signal.signal(signal.SIGINT, before)
