"""The production web servers of the Procfile, and the processor time that they and PostgreSQL use."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.databases import ROOT, environment
from config.stack.ports import free_port
from config.stack.processes import Child
from config.stack.up import page_answers

TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def web_servers(database: str) -> Iterator[tuple[int, int]]:
    """Gunicorn gthread as in production, two workers of four threads; gives its port and process id."""
    port = free_port()
    folder = Path(os.environ["AUBERGE_BENCH"])
    # Thirty-two clients of five tokens ask for more than any house allows; they are counted, not refused.
    settings = environment(database, PORT=str(port), RATE_LIMITS_ENFORCED="off")
    settings["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    line = re.search(r"^web: (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE)
    assert line is not None  # noqa: S101
    child = Child("web", ["/bin/sh", "-c", f"exec {line[1]}"], folder / "log/web.log", settings, ROOT)
    child.start()
    try:
        child.wait_until(lambda: page_answers(f"http://127.0.0.1:{port}/api/health/ready"), 120)
        yield port, child.pid or 0
    finally:
        child.stop()


def cpu_seconds(*roots: int) -> float:
    """Processor time used so far by processes and all their descendants, ended ones included."""
    parents: dict[int, list[int]] = {}
    times: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
        times[int(entry.name)] = sum(map(int, fields[11:15]))
    found, waiting = 0, list(roots)
    while waiting:
        pid = waiting.pop()
        found += times.get(pid, 0)
        waiting += parents.get(pid, [])
    return found / TICKS


def postgres_pid() -> int:
    """Of the server that the launcher started."""
    folder = Path(os.environ["AUBERGE_BENCH"])
    return int((folder / "postgres/data/postmaster.pid").read_text().split()[0])
