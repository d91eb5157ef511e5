"""What became of a mutant, told from the reports of two runs of its test: on the house as it is, and with the mutant."""

from dataclasses import dataclass, replace
from typing import Any

# A patch that leaves no program takes more than the control away: that its test fails says nothing.
NO_PROGRAM = {
    "SyntaxError",
    "IndentationError",
    "ImportError",
    "ModuleNotFoundError",
    "NameError",
    "UnboundLocalError",
}


@dataclass(frozen=True)
class Run:
    """One run of pytest.

    Attributes:
        code: its exit code; None when it was ended after its time.
        reports: ``node``, ``when`` (setup, call, teardown), ``outcome``, ``error`` and what it ``says``, in order.
        output: what it printed.
        seconds: how long it took.
    """

    code: int | None
    reports: list[dict[str, Any]]
    output: str = ""
    seconds: float = 0.0

    def of(self, test: str) -> "Run":
        """What it tells of one test, or of one file of tests."""
        return replace(
            self, reports=[r for r in self.reports if f"{r['node']}::".startswith((f"{test}::", f"{test}["))]
        )

    @property
    def passed(self) -> set[str]:
        """Tests that passed."""
        return {r["node"] for r in self.reports if r["when"] == "call" and r["outcome"] == "passed"}

    def those(self, outcome: str) -> list[dict[str, Any]]:
        """Reports with this outcome."""
        return [report for report in self.reports if report["outcome"] == outcome]

    @property
    def last_line(self) -> str:
        """Of the output; without reports it says why."""
        return (
            "took too long" if self.code is None else (self.output.strip().splitlines() or ["no output"])[-1]
        )


@dataclass(frozen=True)
class Verdict:
    """Of one mutant.

    Attributes:
        word: ``killed``, ``SURVIVED``, ``BROKEN``, ``STALE``, ``NOT GREEN``, or ``skipped``.
        reason: what its test said, or why it could not be tried.
    """

    word: str
    reason: str

    @property
    def is_good(self) -> bool:
        """Whether nothing is to be mended; a test that this machine cannot run is nobody's fault."""
        return self.word in {"killed", "skipped"}


STALE = Verdict("STALE", "its text is not in its file, or several times")


def untried(whole: Run) -> Verdict | None:
    """Why a mutant is not tried: its test does not pass on the house as it is. None when it does."""
    if failed := whole.those("failed"):
        return Verdict("NOT GREEN", _said(failed[0]))
    if whole.passed:
        return None
    if skipped := whole.those("skipped"):
        return Verdict("skipped", _said(skipped[0]))
    return Verdict("NOT GREEN", whole.last_line)


def tried(whole: Run, run: Run) -> Verdict:
    """Killed is who lets a test fail, in its own lines, that passes on the house as it is."""
    failed = run.those("failed")
    for report in failed:
        if report["when"] == "call" and report["node"] in whole.passed and report["error"] not in NO_PROGRAM:
            return Verdict("killed", _said(report))
    if failed:
        return Verdict("BROKEN", f"{failed[0]['when']}: {_said(failed[0])}")
    if run.code == 0 and run.passed:
        return Verdict("SURVIVED", f"{len(run.passed)} tests pass without it")
    return Verdict("BROKEN", run.last_line)


def _said(report: dict[str, Any]) -> str:
    return f"{report['error']}: {report['says']}"
