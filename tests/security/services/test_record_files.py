"""The record of processing as PDF and workbook."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from security.selectors.processing_record import activities
from security.services.record_files import record_name, record_pdf, record_xlsx
from tests.factories.security_privacy import processor_make


def test_the_workbook_has_five_sheets_with_real_types(cast):
    processor_make(cast.alpha, 1, name="=Far()", country="US", contract_on=date(2026, 1, 2))
    book = load_workbook(io.BytesIO(record_xlsx(cast.alpha)))
    assert book.sheetnames == ["Controller", "Activities", "Processors", "Transfers", "Gaps"]
    controller = dict(book["Controller"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert controller["Name"] == "Alpha"
    assert isinstance(controller["Made"], datetime)
    rows = list(book["Activities"].iter_rows(values_only=True))
    assert len(rows) == 1 + len(activities(cast.alpha))
    assert rows[0][:4] == ("Part of the house", "Purpose", "Legal basis", "Whose data")
    bases = {row[2] for row in rows[1:]}
    assert bases == {"consent", "contract", "legal obligation", "legitimate interest"}
    (line,) = list(book["Processors"].iter_rows(min_row=2, values_only=True))
    assert line[0] == "'=Far()"
    assert line[4] == datetime(2026, 1, 2)
    assert [row[0] for row in book["Transfers"].iter_rows(min_row=2, values_only=True)] == ["'=Far()"]
    missing = [row[1] for row in book["Gaps"].iter_rows(min_row=2, values_only=True)]
    assert "Data go to US, outside the EEA, without safeguards written down." in missing


@pytest.mark.pdf
def test_the_pdf_is_printed_and_named(cast):
    assert record_pdf(cast.alpha).startswith(b"%PDF-")
    assert record_name(cast.alpha, "pdf").startswith("record-of-processing-ALPHA-")
