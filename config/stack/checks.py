"""The gate: what must hold before a commit lands, besides the tests."""

import difflib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from config.stack.paths import ROOT
from config.stack.promises import broken_promises, promises_write
from config.stack.throwaway import ThrowawayServers

OPENAPI = ROOT / "config/openapi.yml"
SHOWN_DIFFERENCES = 40
CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("import contracts", ["-c", "from importlinter.cli import lint_imports_command as main; main()"]),
    ("mypy", ["-m", "mypy"]),
    ("manage.py check", ["manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
)


def check_environment(servers: ThrowawayServers) -> dict[str, str]:
    """The environment of the checks: test settings on throw-away servers."""
    made = {**os.environ, **servers.environment(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    made.pop("PYTHONDONTWRITEBYTECODE", None)
    return made


def gate(environment: Mapping[str, str]) -> int:
    """Run every check, show what the failing ones say, and return 0 when all hold."""
    failed = []
    for name, argv in CHECKS:
        began = time.monotonic()
        done = _run(argv, environment)
        _report(name, done.returncode == 0, began, done.stdout)
        failed += [name] if done.returncode else []
    began = time.monotonic()
    trouble = openapi_differences(environment)
    _report("API description", not trouble, began, trouble)
    failed += ["API description"] if trouble else []
    began = time.monotonic()
    trouble = broken_promises(OPENAPI)
    _report("API promises", not trouble, began, trouble)
    failed += ["API promises"] if trouble else []
    print(f"\ngate: {'all checks hold' if not failed else 'FAILED: ' + ', '.join(failed)}", flush=True)
    return 1 if failed else 0


def openapi_differences(environment: Mapping[str, str]) -> str:
    """What the committed API description lacks or has too much; empty when it is exact."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.yml"
        done = _spectacular(fresh, environment)
        if done.returncode:
            return done.stdout
        committed = OPENAPI.read_text() if OPENAPI.exists() else ""
        lines = difflib.unified_diff(
            committed.splitlines(),
            fresh.read_text().splitlines(),
            "config/openapi.yml",
            "the code",
            lineterm="",
        )
        different = list(lines)
    if not different:
        return ""
    more = len(different) - SHOWN_DIFFERENCES
    shown = [*different[:SHOWN_DIFFERENCES], *([f"... {more} more lines"] if more > 0 else [])]
    return "\n".join([*shown, "Write it again with: ./auberge openapi"])


def openapi_write(environment: Mapping[str, str]) -> int:
    """Write the API description; returns the generator's exit code."""
    done = _spectacular(OPENAPI, environment)
    print(done.stdout or f"Wrote {OPENAPI.relative_to(ROOT)}.")
    return done.returncode


def openapi_release() -> int:
    """Take the committed API description as what the release promises."""
    promises_write(OPENAPI)
    print("Wrote config/openapi.released.json.")
    return 0


def _spectacular(file: Path, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return _run(
        ["manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", str(file)], environment
    )


def _run(argv: list[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *argv],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _report(name: str, good: bool, began: float, output: str) -> None:
    print(f"{'ok  ' if good else 'FAIL'}  {name:<18} {time.monotonic() - began:6.1f} s", flush=True)
    if not good:
        print("\n".join(f"      {line}" for line in output.strip().splitlines()), flush=True)
