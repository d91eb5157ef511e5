"""``./auberge chaos [--list] [--only F10 …] [--json file]``: runs the fault matrix and says what was kept and measured.

Each fault is shown by tests, with figures that they record. The faults run one after the other, each test once, though
it may show several. Exit code 1 when a promise was not kept.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.chaos import Fault
from tests.chaos.matrix import FAULTS, NOT_SHOWN

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 1800

NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")

Outcome = dict[str, Any]


def main(argv: list[str]) -> int:
    """Run what was asked for; returns the exit code."""
    options = arguments().parse_args(argv)
    known = {fault.name: fault for fault in FAULTS}
    if unknown := [name for name in options.only if name not in known]:
        print(f"There is no fault {', '.join(unknown)}. ./auberge chaos --list names them.")
        return 2
    chosen = [known[name] for name in options.only] if options.only else list(FAULTS)
    if options.list:
        print(listed(chosen))
        return 0
    runs: dict[str, Outcome] = {}
    outcomes = []
    for fault in chosen:
        for node in fault.shown_by:
            if node not in runs:
                print(f"  {fault.name}: {node} ...", flush=True)
                runs[node] = run(node)
        outcomes.append(judged(fault, [runs[node] for node in fault.shown_by]))
    print(table(outcomes))
    if options.json:
        written = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "faults": outcomes}
        Path(options.json).write_text(json.dumps(written, indent=1) + "\n")
    return 0 if all(outcome["is_kept"] for outcome in outcomes) else 1


def arguments() -> argparse.ArgumentParser:
    """Of the command line."""
    parser = argparse.ArgumentParser(prog="./auberge chaos", description="Run the fault matrix.")
    parser.add_argument("--list", action="store_true", help="name the faults and their promises; run nothing")
    parser.add_argument("--only", nargs="+", default=[], metavar="FAULT", help="only these, such as F10 F20")
    parser.add_argument("--json", default="", metavar="FILE", help="write what was found there, too")
    return parser


def run(node: str) -> Outcome:
    """Run one test or file on servers of its own; how it ended and what it recorded."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        words = [
            "-n",
            "0",
            "-q",
            "-p",
            "no:randomly",
            "-o",
            "junit_family=xunit1",
            f"--junitxml={file.name}",
            node,
        ]
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        seconds = round(time.monotonic() - began, 1)
        if done.returncode:
            print(done.stdout[-3000:], done.stderr[-1000:])
        return {"is_green": done.returncode == 0, "seconds": seconds, **read(Path(file.name).read_text())}


def read(text: str) -> Outcome:
    """How many tests ran and were skipped, and what they recorded, of a report of pytest; nothing of an empty one."""
    if not text.strip():
        return {"ran": 0, "skipped": 0, "figures": {}}
    root = ElementTree.fromstring(text)  # noqa: S314  (our own report)
    recorded = {item.get("name", ""): item.get("value", "") for item in root.iter("property")}
    # Others record, too: hypothesis its statistics, as text.
    figures = {name: float(value) for name, value in recorded.items() if NUMBER.fullmatch(value)}
    suite = next(root.iter("testsuite"))
    skipped = int(suite.get("skipped", 0))
    return {"ran": int(suite.get("tests", 0)) - skipped, "skipped": skipped, "figures": figures}


def judged(fault: Fault, runs: list[Outcome]) -> Outcome:
    """Whether a promise was kept: its tests ran and are green, and its figures are there and hold."""
    found = {name: value for one in runs for name, value in one["figures"].items()}
    figures = {figure.name: found.get(figure.name) for figure in fault.figures}
    is_shown = all(one["ran"] for one in runs)
    is_kept = is_shown and all(one["is_green"] for one in runs)
    for figure in fault.figures:
        value = figures[figure.name]
        is_kept = is_kept and value is not None and figure.holds(value)
    return {
        "fault": fault.name, "title": fault.title, "promise": fault.promise, "is_shown": is_shown, "is_kept": is_kept,
        "tests": sum(one["ran"] for one in runs), "seconds": round(sum(one["seconds"] for one in runs), 1),
        "figures": figures, "missing": fault.missing,
    }  # fmt: skip


def table(outcomes: list[Outcome]) -> str:
    """For people: a line a fault, its figures below it."""
    lines = ["", f"{'':5}{'kept':<11}{'tests':>5} {'s':>7}  promise"]
    for outcome in outcomes:
        word = "yes" if outcome["is_kept"] else "NO" if outcome["is_shown"] else "NOT SHOWN"
        lines.append(
            f"{outcome['fault']:<5}{word:<11}{outcome['tests']:>5} {outcome['seconds']:>7}  "
            f"{outcome['title']}: {outcome['promise']}"
        )
        told = ", ".join(f"{name} {value}" for name, value in outcome["figures"].items())
        lines += [f"{'':31}{told}"] if told else []
        lines += [f"{'':31}not shown: {outcome['missing']}"] if outcome["missing"] else []
    return "\n".join(
        [
            *lines,
            "",
            "Seconds are of whole runs with their servers; a test that shows several counts for each.",
        ]
    )


def listed(chosen: list[Fault]) -> str:
    """Each fault, its promise and its tests; then what nothing shows."""
    lines = []
    for fault in chosen:
        lines += [
            f"{fault.name:<5}{fault.title}: {fault.promise}",
            *(f"{'':7}{node}" for node in fault.shown_by),
        ]
    lines += ["", "Not shown:", *(f"{name:<5}{why}" for name, why in NOT_SHOWN.items())]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
