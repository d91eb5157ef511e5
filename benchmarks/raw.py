"""The bare programs of the HTTP benchmarks: scripts of pgbench on the same database."""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.databases import RAW_OPTIONS, ROOT, environment, url_of
from benchmarks.sizes import TODAY
from benchmarks.transaction import Written, day_range, pgbench_booking, pgbench_counters
from config.stack.providers import postgres_programs


def pgbench(database: str, script: str, clients: int, seconds: float) -> int:
    """How many transactions of a script were made, with prepared statements, so many connections, two threads."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        argv = [
            str(postgres_programs().bin / "pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={clients}",
            "--jobs=2", f"--time={seconds:.0f}", f"--file={file.name}", f"--random-seed={random.randrange(2**30)}",
            url_of(database),
        ]  # fmt: skip
        done = subprocess.run(
            argv, capture_output=True, text=True, check=False, env={**os.environ, "PGOPTIONS": RAW_OPTIONS}
        )
    found = re.search(r"transactions actually processed: (\d+)", done.stdout)
    assert found is not None and done.returncode == 0, f"{done.stdout}\n{done.stderr[:2000]}"  # noqa: S101, PT018
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    assert failed is None or failed[1] == "0", done.stdout  # noqa: S101
    return int(found[1])


def booking_script(database: str, places: list[dict[str, Any]]) -> str:
    """The transaction of one booking as the service of this version writes it."""
    argv = [sys.executable, "-m", "benchmarks.learn"]
    done = subprocess.run(
        argv, input=json.dumps(places), capture_output=True, text=True, check=False, cwd=ROOT,
        env=environment(database, DB_POOL="off"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr  # noqa: S101
    written = [
        Written(row["table"], tuple(row["columns"]), tuple(row["types"]), tuple(map(tuple, row["rows"])))
        for row in json.loads(done.stdout)
    ]
    return pgbench_booking(written, places, *day_range())


def counters_script(places: list[dict[str, Any]]) -> str:
    """The raw read behind an availability of thirty days."""
    return pgbench_counters(places, TODAY, 90)
