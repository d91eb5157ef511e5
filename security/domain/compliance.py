"""What a requirement comes to: from what was looked at, what tests showed, and what people gave as evidence."""

from collections.abc import Mapping
from dataclasses import dataclass

CHECKED, FAILED, NEEDS_EVIDENCE, NOT_APPLICABLE = "checked", "failed", "needs_evidence", "not_applicable"


@dataclass(frozen=True)
class Requirement:
    """One requirement of a framework, in words of the house.

    Attributes:
        id: as the framework numbers it.
        says: what it asks for.
        level: 1–3 where the framework has levels.
        tests: ids of the tests that show it, ``file::function``.
        checks: codes of what the product looks at by itself.
        evidence: what a person has to give; empty for nothing.
        gap: why it is not met; empty when it is.
        not_applicable: why it does not apply; empty when it does.
    """

    id: str
    says: str
    level: int | None = None
    tests: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    evidence: str = ""
    gap: str = ""
    not_applicable: str = ""

    @property
    def is_dispositioned(self) -> bool:
        """Whether it is said in exactly one way how it is dealt with: not at all, with a gap, or shown by something."""
        is_shown = bool(self.tests or self.checks or self.evidence)
        if self.not_applicable:
            return not (is_shown or self.gap)
        return is_shown or bool(self.gap)


@dataclass(frozen=True)
class Look:
    """What a look came to, and what was seen."""

    outcome: str
    detail: str


@dataclass(frozen=True)
class Given:
    """Evidence that a person gave: its words, and whether it counts on the day of the report."""

    words: str
    is_valid: bool


@dataclass(frozen=True)
class Ground:
    """One reason for an outcome: ``kind`` is check, tests, evidence, gap or reason; ``code`` names the check."""

    kind: str
    outcome: str
    detail: str
    code: str = ""


def verdict(
    requirement: Requirement,
    *,
    looks: Mapping[str, Look],
    tests: Mapping[str, bool] | None,
    given: Given | None,
) -> tuple[str, list[Ground]]:
    """The outcome of one requirement and its grounds.

    Args:
        requirement: which.
        looks: what each check of it came to, by code.
        tests: whether each test passed in the run that is on record; None when none counts.
        given: the newest evidence of a person; None when there is none.

    Returns:
        ``failed`` as soon as anything failed or there is a gap. ``needs_evidence`` while what only a person can give is
        missing or out of date, or nothing could be looked at. Evidence stands in for what could not be looked at, never
        for what failed.
    """
    if requirement.not_applicable:
        return NOT_APPLICABLE, [Ground("reason", NOT_APPLICABLE, requirement.not_applicable)]
    grounds = [Ground("check", looks[code].outcome, looks[code].detail, code) for code in requirement.checks]
    if requirement.tests:
        grounds.append(_of_tests(requirement.tests, tests))
    if requirement.evidence or given is not None:
        grounds.append(_of_evidence(requirement.evidence, given))
    if requirement.gap:
        grounds.append(Ground("gap", FAILED, requirement.gap))
    return _together(requirement, grounds, given), grounds


def _together(requirement: Requirement, grounds: list[Ground], given: Given | None) -> str:
    outcomes = {ground.outcome for ground in grounds}
    if FAILED in outcomes:
        return FAILED
    if given is not None and given.is_valid:
        return CHECKED
    if requirement.evidence or CHECKED not in outcomes:
        return NEEDS_EVIDENCE
    of_checks = {ground.outcome for ground in grounds if ground.kind == "check"}
    return NEEDS_EVIDENCE if NEEDS_EVIDENCE in of_checks else CHECKED


def _of_tests(names: tuple[str, ...], results: Mapping[str, bool] | None) -> Ground:
    count = f"{len(names)} tests" if len(names) > 1 else "1 test"
    if results is None:
        return Ground("tests", NEEDS_EVIDENCE, f"Shown by {count}; no recent run of them is on record.")
    if broken := [name for name in names if results.get(name) is False]:
        return Ground("tests", FAILED, f"Failed: {', '.join(broken)}")
    if missing := [name for name in names if name not in results]:
        return Ground("tests", NEEDS_EVIDENCE, f"Not in the run on record: {', '.join(missing)}")
    return Ground("tests", CHECKED, f"{count} passed in the run on record.")


def _of_evidence(asked: str, given: Given | None) -> Ground:
    if given is None:
        return Ground("evidence", NEEDS_EVIDENCE, asked)
    if not given.is_valid:
        return Ground("evidence", NEEDS_EVIDENCE, f"Out of date: {given.words}")
    return Ground("evidence", CHECKED, given.words)
