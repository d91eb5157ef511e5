"""Frameworks and their requirements, read from the files in ``security/frameworks``."""

import hashlib
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from security.compliance_choices import Framework
from security.domain.compliance import Requirement

FOLDER = Path(__file__).resolve().parent.parent / "frameworks"


@dataclass(frozen=True)
class Catalogue:
    """A framework as the house deals with it.

    Attributes:
        code: of ``Framework``.
        digest: SHA-256 of its file, so that a report says by which words it was made.
        requirements: in the order of the framework.
    """

    code: str
    name: str
    version: str
    source: str
    digest: str
    requirements: tuple[Requirement, ...]

    @property
    def figures(self) -> dict[str, int]:
        """How many requirements there are, and how they are dealt with."""
        rows = self.requirements
        return {
            "requirements": len(rows),
            "bound_to_tests": sum(bool(row.tests) for row in rows),
            "bound_to_checks": sum(bool(row.checks) for row in rows),
            "ask_for_evidence": sum(bool(row.evidence) for row in rows),
            "not_met": sum(bool(row.gap) for row in rows),
            "not_applicable": sum(bool(row.not_applicable) for row in rows),
        }

    @property
    def levels(self) -> dict[int, int]:
        """Level to number of requirements; empty where there are none."""
        return dict(sorted(Counter(row.level for row in self.requirements if row.level).items()))


@cache
def catalogue(code: str) -> Catalogue:
    """One framework, read once for each process.

    Raises:
        ValueError: no such framework, or a requirement that nobody dealt with.
    """
    raw = (FOLDER / f"{Framework(code).value}.toml").read_bytes()
    told = tomllib.loads(raw.decode())
    rows = tuple(_requirement(row) for row in told["requirement"])
    if undone := [row.id for row in rows if not row.is_dispositioned]:
        raise ValueError(f"Not dealt with in {code}: {', '.join(undone)}")
    return Catalogue(
        code, told["name"], told["version"], told["source"], hashlib.sha256(raw).hexdigest(), rows
    )


def _requirement(row: dict[str, Any]) -> Requirement:
    lists = {name: tuple(row.get(name, ())) for name in ("tests", "checks")}
    return Requirement(**{**row, **lists})


def catalogues() -> list[Catalogue]:
    """All of them, in the order of ``Framework``."""
    return [catalogue(code) for code in Framework.values]


def requirement_of(framework: str, name: str) -> Requirement | None:
    """One requirement; None when the framework has no such."""
    return next((row for row in catalogue(framework).requirements if row.id == name), None)


def bound_tests() -> list[str]:
    """The ids of all tests that requirements are bound to, ascending."""
    return sorted({test for one in catalogues() for row in one.requirements for test in row.tests})
