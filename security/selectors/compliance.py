"""Reads of reports: what came before, how two differ, which evidence counts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from security.compliance_choices import Outcome, ReportStatus
from security.models import ComplianceEvidence, ComplianceReport

WORTH = {Outcome.FAILED: 0, Outcome.NEEDS_EVIDENCE: 1, Outcome.CHECKED: 2}


def report_before(framework: str) -> ComplianceReport | None:
    """The newest finished report of a framework."""
    rows = ComplianceReport.objects.filter(framework=framework, status=ReportStatus.DONE)
    return rows.order_by("-pk").first()


def outcomes_of(report: ComplianceReport | None) -> dict[str, str]:
    """Requirement to its outcome in a report; nothing without one."""
    return dict(report.items.values_list("requirement", "outcome")) if report is not None else {}


def evidence_for(framework: str, day: date) -> dict[str, ComplianceEvidence]:
    """Requirement to the evidence that counts on a day, or would have: the one that is valid the longest."""
    rows = ComplianceEvidence.objects.filter(framework=framework, withdrawn_at=None, valid_from__lte=day)
    return {row.requirement: row for row in rows.select_related("given_by").order_by("valid_until", "pk")}


def changes_of(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many of (outcome before, outcome) are better, worse, the same, or new; what does not apply is neither."""
    return dict(Counter(change_of(before, after) for before, after in pairs))


def change_of(before: str, after: str) -> str:
    """``better``, ``worse``, ``same``, ``other`` or ``new``."""
    if not before:
        return "new"
    if before == after:
        return "same"
    if Outcome.NOT_APPLICABLE in (before, after):
        return "other"
    return "better" if WORTH[Outcome(after)] > WORTH[Outcome(before)] else "worse"


def figures_of(report: ComplianceReport | None) -> list[tuple[Outcome, int]]:
    """Each outcome and how many requirements have it; zeros without a report."""
    figures: dict[str, Any] = report.figures if report is not None else {}
    return [(one, figures.get(one.value, 0)) for one in Outcome]


def summary_words(report: ComplianceReport) -> str:
    """One sentence with the figures of a finished report."""
    parts = [f"{count} {one.label}" for one, count in figures_of(report)]
    return f"{sum(report.figures.values())} requirements: {', '.join(parts)}."
