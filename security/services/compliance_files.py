"""A finished report as PDF and as workbook, made of its frozen rows."""

from typing import Any

from django.template.loader import render_to_string

from hotel.core.exports import workbook_bytes, workbook_moment
from hotel.core.pdf import pdf_render
from security.compliance_choices import Outcome
from security.models import ComplianceReport
from security.selectors.checks.registry import CHECKS, check_title
from security.selectors.compliance import figures_of, summary_words

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_name(report: ComplianceReport, ending: str) -> str:
    """Its file's name."""
    return f"{report.framework}-{report.asked_at:%Y-%m-%d}-{report.pk}.{ending}"


def report_pdf(report: ComplianceReport) -> bytes:
    """The report on paper: figures, changes, and every requirement with its grounds."""
    html = render_to_string("security/compliance_pdf.html", report_values(report))
    return pdf_render(html, style="security/compliance_pdf.css")


def report_values(report: ComplianceReport) -> dict[str, Any]:
    """What page and PDF show of a finished report."""
    return {
        "report": report,
        "summary": summary_words(report),
        "figures": figures_of(report),
        "items": list(report.items.all()),
    }


def report_xlsx(report: ComplianceReport) -> bytes:
    """The report as a workbook; moments in UTC, levels and figures as numbers."""
    items = list(report.items.all())
    summary = [
        ("What", "Value"),
        ("Framework", report.get_framework_display()),
        ("Asked for", workbook_moment(report.asked_at)),
        ("Done", workbook_moment(report.finished_at)),
        ("Tests ran", workbook_moment(report.tests_at)),
        *((str(one.label).capitalize(), count) for one, count in figures_of(report)),
        *((f"Since the report before: {name}", count) for name, count in sorted(report.changes.items())),
        ("SHA-256 of the rows", report.rows_hash),
    ]
    rows = [("Requirement", "Level", "Says", "Outcome", "Before", "Looked at")]
    rows += [
        (
            item.requirement,
            item.level,
            item.says,
            item.get_outcome_display(),
            item.get_outcome_before_display(),
            workbook_moment(item.looked_at),
        )
        for item in items
    ]
    grounds = [("Requirement", "Kind", "Check", "Looks at", "Outcome", "Detail")]
    grounds += [
        (
            item.requirement,
            one["kind"],
            one["code"],
            check_title(one["code"]) if one["code"] in CHECKS else "",
            str(Outcome(one["outcome"]).label),
            one["detail"],
        )
        for item in items
        for one in item.grounds
    ]
    return workbook_bytes({"Summary": summary, "Requirements": rows, "Grounds": grounds})
