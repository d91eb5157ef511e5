"""Our programs that measure, each in a process of its own: it starts as a web or worker process does, and ends."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.databases import ROOT, environment


def helper(name: str, database: str, *words: object, given: object = None, **more: str) -> Any:
    """Run one on a database; what it prints as JSON."""
    with _program(name, database, *words, **more) as process:
        printed, _ = process.communicate(json.dumps(given))
    assert process.returncode == 0, f"benchmarks.{name} failed"  # noqa: S101
    return json.loads(printed)


@contextmanager
def talk(
    name: str, database: str, *words: object, given: object, **more: str
) -> Iterator[Callable[[object], Any]]:
    """One that stays: what it prints as JSON when it is asked a line, until the caller is done with it."""
    with _program(name, database, *words, **more) as process:
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        asked, answers = process.stdin, process.stdout

        def ask(line: object) -> Any:
            print(json.dumps(line), file=asked, flush=True)
            return json.loads(answers.readline())

        print(json.dumps(given), file=asked, flush=True)
        yield ask


def _program(name: str, database: str, *words: object, **more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{name}", *map(str, words)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=environment(database, **{"DB_POOL": "off", "DB_LOCK_TIMEOUT": "0", **more}),
    )  # fmt: skip
