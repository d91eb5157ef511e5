"""The register of breaches as PDF and as workbook, for the authority that asks for it."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from hotel.core.clock import now
from hotel.core.exports import workbook_bytes, workbook_moment
from hotel.core.pdf import pdf_render
from security.selectors.breach_register import BreachLine

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = (
    "Number", "Hotel", "What happened", "Facts", "About", "Severity", "State", "Seen (UTC)", "Known since (UTC)",
    "72 hours end (UTC)", "Data and people", "People, about", "Records, about", "Effects", "Remedy", "Done at once",
    "Risk", "Why", "Authority", "Told at (UTC)", "Its number", "Why late", "People", "Told at (UTC)", "How",
    "Lessons", "Closed at (UTC)",
)  # fmt: skip


def register_name(ending: str) -> str:
    """The file's name."""
    return f"breach-register-{now():%Y-%m-%d}.{ending}"


def register_pdf(lines: Sequence[BreachLine]) -> bytes:
    """The register on paper, one breach after the other; times in the zone in force, which it names."""
    values = {"lines": lines, "at": now(), "zone": timezone.get_current_timezone_name()}
    return pdf_render(
        render_to_string("security/breaches_pdf.html", values), style="security/breaches_pdf.css"
    )


def register_xlsx(lines: Sequence[BreachLine]) -> bytes:
    """The register as a workbook, one breach a row; moments in UTC, figures as numbers."""
    return workbook_bytes({"Breaches": [HEAD, *(_row(line) for line in lines)]})


def _row(line: BreachLine) -> tuple[Any, ...]:
    row = line.row
    return (
        row.pk, row.property.name if row.property else "All hotels", row.title, row.summary,
        row.get_category_display(), row.get_severity_display(), row.get_status_display(),
        workbook_moment(row.detected_at), workbook_moment(row.aware_at), workbook_moment(row.notice_due_at),
        row.data_categories, row.people_affected, row.records_affected, row.consequences, row.measures,
        " ".join(line.done), row.get_risk_display(), row.risk_reason, line.authority_words,
        workbook_moment(row.authority_told_at), row.authority_reference, row.late_reason, line.people_words,
        workbook_moment(row.people_told_at), row.people_told_how, row.lessons, workbook_moment(row.closed_at),
    )  # fmt: skip
