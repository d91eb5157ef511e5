"""A report as PDF and workbook: its frozen rows, in types that a spreadsheet counts with."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from security.domain.compliance import Look
from security.services import compliance
from security.services.compliance_files import report_name, report_pdf, report_xlsx


@pytest.fixture
def report(cast, monkeypatch, settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "none.json")
    monkeypatch.setattr(compliance, "check_run", lambda code: Look("checked", "=SUM(A1) seen."))
    row = compliance.report_ask(framework="gdpr", by=cast.ada)
    compliance.reports_work()
    row.refresh_from_db()
    return row


def test_the_workbook_has_three_sheets_with_real_types(report):
    book = load_workbook(io.BytesIO(report_xlsx(report)))
    assert book.sheetnames == ["Summary", "Requirements", "Grounds"]
    summary = dict(book["Summary"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert summary["Checked"] == report.figures["checked"]
    assert isinstance(summary["Done"], datetime)
    rows = list(book["Requirements"].iter_rows(values_only=True))
    assert len(rows) == 55
    assert rows[1][0] == "5(1)(a)"
    assert isinstance(rows[1][5], datetime)
    assert book["Requirements"].freeze_panes == "A2"
    details = [cell for cell in book["Grounds"]["F"] if str(cell.value).lstrip("'").startswith("=SUM")]
    assert details
    assert {cell.data_type for cell in details} == {"s"}


@pytest.mark.pdf
def test_the_pdf_is_printed_and_named(report):
    assert report_pdf(report).startswith(b"%PDF-")
    assert report_name(report, "pdf") == f"gdpr-{report.asked_at:%Y-%m-%d}-{report.pk}.pdf"
