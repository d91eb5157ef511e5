"""`./auberge up`: everything on one machine, from nothing to a web address."""

import ctypes
import json
import multiprocessing
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from config.stack.errors import StackError
from config.stack.lock import HomeLock, Owner
from config.stack.paths import ROOT, home_prepared
from config.stack.ports import LOOPBACK, next_free_port
from config.stack.processes import Child, tied_to_us
from config.stack.servers import Servers
from config.stack.supervisor import StopRequested, Supervisor, stop_signals_ignore, stop_signals_raise

LOG_KEPT_BYTES = 5_000_000
SIMULATOR_PORT = 8010
SIMULATED = "Cards are played by a simulator at {}: for evaluation only, no money moves."
PANGO = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0")
PANGO_LINE = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def up(*, port: int, demo: bool) -> int:
    """Start everything, watch it until told to stop, stop it in order.

    Args:
        port: wanted port of the web address; the next free one is taken when it is not free.
        demo: load the demonstration hotels when the database is empty.

    Raises:
        StackError: it runs already, or something does not start.
    """
    began = time.monotonic()
    home = home_prepared()
    lock = HomeLock(home)
    if not lock.acquire("up"):
        raise StackError(_who_runs(lock))
    supervisor = Supervisor(say=say)
    servers = Servers(home, os.environ)
    stop_signals_raise()
    try:
        logs_rotate(home / "log")
        say("Starting the database ..." if servers.postgres else "Using the database of DATABASE_URL.")
        servers.start()
        for child in servers.children():
            supervisor.add(child)
        environment = servers.environment()
        say("Bringing it up to date ...")
        database_prepare(home, environment, demo=demo)
        chosen = next_free_port(port)
        address = f"http://{LOOPBACK}:{chosen}"
        environment.setdefault("PUBLIC_URL", address)
        simulator = simulator_child(home, environment) if demo else None
        children = [*application_children(home, environment, chosen), *([simulator] if simulator else [])]
        for child in children:
            child.start()
            supervisor.add(child)
        children[0].wait_until(lambda: page_answers(f"{address}/api/health/ready"), 240)
        lock.tell(Owner(os.getpid(), "up", address))
        said = welcome(home, address, wanted=port, seconds=time.monotonic() - began)
        say(f"{said}\n{SIMULATED.format(environment['SIMULATOR_URL'])}" if simulator else said)
        supervisor.watch()
    except StopRequested:
        say("\nStopping ...")
    finally:
        stop_signals_ignore()
        supervisor.stop()
        servers.stop()
        lock.release()
    say("Stopped. Your data is kept; ./auberge up starts it again.")
    return 0


def say(text: str) -> None:
    """Print for the person at the terminal, at once."""
    print(text, flush=True)


def database_prepare(home: Path, environment: Mapping[str, str], *, demo: bool) -> None:
    """Migrate, write schedules, load the demo into an empty database.

    Raises:
        StackError: one of these failed; the text ends with the error's last lines.
    """
    log = home / "log/prepare.log"
    argv = [sys.executable, "-m", "config.stack.prepare", str(home), *(["--demo"] if demo else [])]
    with open(log, "ab") as errors:
        begin = errors.tell()
        done = subprocess.run(
            argv, cwd=ROOT, env=dict(environment), stderr=errors, preexec_fn=tied_to_us(), check=False
        )
    if done.returncode:
        tail = log.read_bytes()[begin:].decode(errors="replace").strip().splitlines()[-12:]
        raise StackError(
            "The database could not be brought up to date:\n" + "\n".join(f"  {line}" for line in tail)
        )


def application_children(home: Path, environment: Mapping[str, str], port: int) -> list[Child]:
    """Web, worker and beat, in this order, not started."""
    queues = ",".join(json.loads((home / "queues.json").read_text()))
    celery = ["-m", "celery", "-A", "config"]
    web = f"-m uvicorn config.asgi:application --host {LOOPBACK} --port {port} --lifespan off --no-access-log"
    worker = f"worker -Q {queues} -c 2 --pool {worker_pool()} --without-mingle --without-gossip -l INFO"
    commands = {
        "web": [*web.split(), *["--log-level", "warning", "--timeout-graceful-shutdown", "5"]],
        "worker": [*celery, *worker.split()],
        "beat": [*celery, *["beat", "-l", "INFO"]],
    }
    return [
        Child(name, [sys.executable, *argv], home / f"log/{name}.log", _roled(name, environment), ROOT)
        for name, argv in commands.items()
    ]


def simulator_child(home: Path, environment: dict[str, str]) -> Child | None:
    """The simulated card processor on the loopback, not started; None when the environment names one.

    Its address is added to the environment, so that web and worker find it.
    """
    if environment.get("SIMULATOR_URL"):
        return None
    port = next_free_port(SIMULATOR_PORT)
    environment["SIMULATOR_URL"] = f"http://{LOOPBACK}:{port}"
    words = [
        "-m",
        "hotel.folios.adapters.simulator",
        "--port",
        str(port),
        "--file",
        str(home / "simulator.json"),
    ]
    given = _roled("simulator", environment)
    return Child("simulator", [sys.executable, *words], home / "log/simulator.log", given, ROOT)


def worker_pool() -> str:
    """`prefork`, or `threads` where nobody may make semaphores, such as a chroot without /dev/shm."""
    try:
        multiprocessing.Semaphore()
    except OSError:
        return "threads"
    return "prefork"


def _roled(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Nobody who serves is given the owner's password; what works in the background has a role of its own."""
    given = dict(environment)
    given.pop("DATABASE_OWNER_URL", None)
    worker = given.pop("DATABASE_WORKER_URL", "")
    return given | ({"DATABASE_URL": worker} if worker and name != "web" else {})


def page_answers(url: str) -> bool:
    """Whether this address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def logs_rotate(folder: Path) -> None:
    """Put logs that have become long aside, one generation."""
    for log in folder.glob("*.log"):
        if log.stat().st_size > LOG_KEPT_BYTES:
            log.replace(log.with_suffix(".log.1"))


def pdf_missing() -> str:
    """What is missing for PDF documents, and the line that gets it; empty when nothing is."""
    if sys.platform != "linux":
        return ""
    for name in PANGO:
        try:
            ctypes.CDLL(name)
        except OSError:
            prefix = "" if os.geteuid() == 0 else "sudo "
            return f"PDF documents are off: the Pango library is missing. To get it:\n  {prefix}{PANGO_LINE}"
    return ""


def welcome(home: Path, address: str, *, wanted: int, seconds: float) -> str:
    """The text that ends a start: address, log-ins, what is missing, how to stop."""
    lines = ["", f"Auberge is running at {address}   (started in {seconds:.1f} s)"]
    if not address.endswith(f":{wanted}"):
        lines.append(f"Port {wanted} is taken by another program, so this one was chosen.")
    logins = (home / "logins.txt").read_text().splitlines() if (home / "logins.txt").exists() else []
    if logins:
        lines += ["", "Log in as", *(f"  {line}" for line in logins)]
    lines += [
        "",
        *([pdf_missing(), ""] if pdf_missing() else []),
        f"Data and logs: {home}",
        "Ctrl-C stops it.",
    ]
    return "\n".join(lines)


def _who_runs(lock: HomeLock) -> str:
    owner = lock.owner() or Owner(0, "another command")
    if owner.command == "up":
        return f"Auberge is already running{f' at {owner.address}' if owner.address else ''} (process {owner.pid})."
    return f"The data is in use by ./auberge {owner.command} (process {owner.pid}). Try again when that has ended."
