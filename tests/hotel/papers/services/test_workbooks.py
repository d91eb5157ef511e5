"""Workbooks opened again: days are days, amounts numbers of their currency, and nothing runs."""

import base64
import io
from datetime import datetime, time, timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from hotel.core.clock import now
from hotel.folios.services.folios import folio_open
from hotel.papers.choices import PaperForm, PaperKind
from hotel.papers.domain.tables import Column, Content, Table
from hotel.papers.models import Paper
from hotel.papers.services.workbooks import paper_xlsx
from tests.cast import TODAY
from tests.factories.folios import charge_make
from tests.factories.papers import paper_make_ready


def opened(file: bytes):
    return load_workbook(io.BytesIO(file))


def made(place, kind, **wish):
    return opened(base64.b64decode(paper_make_ready(place, kind, PaperForm.XLSX, **wish).content))


def rows(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_arrivals_can_be_sorted_and_added_up(full):
    book = made(full.place, PaperKind.ARRIVALS)

    assert book.sheetnames == ["Über", "Anreisen"]
    sheet = book["Anreisen"]
    assert rows(sheet)[0] == (
        "Zimmer", "Gast", "Reservierung", "Typ", "Erw.", "Kinder", "Abreise", "Nächte", "Erwartet", "Status", "Garantie",
        "Hinweise",
    )  # fmt: skip
    line = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "Ibrahim, Cleo")
    assert (line[6].value, line[6].is_date) == (
        datetime(2027, 3, 14) + timedelta(days=3), True,
    )  # fmt: skip
    assert (line[4].value, line[8].value) == (2, time(17, 30))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:L3")
    assert sheet.column_dimensions["B"].width == 28


def test_amounts_carry_their_currency(full):
    charge_make(folio_open(reservation=full.ana), "40.50")
    sheet = made(full.place, PaperKind.IN_HOUSE)["Im Haus"]

    (cell,) = [row[9] for row in sheet.iter_rows(min_row=2) if row[1].value == "Gruber, Ana"]
    assert (cell.value, cell.number_format, cell.data_type) == (40.5, "#,##0.00 [$EUR]", "n")


def test_the_first_sheet_says_what_it_is(full):
    with time_machine.travel(datetime.fromisoformat("2027-03-14T11:05:30+00:00"), tick=False):
        sheet = made(full.place, PaperKind.ARRIVALS)["Über"]

    assert rows(sheet) == [
        ("Anreisen", None),
        ("Alpha", "ALPHA"),
        ("Geschäftstag", datetime(2027, 3, 14)),
        ("Stand", datetime(2027, 3, 14, 12, 5)),
        ("Anreisen: Zeilen", 2),
        ("Definitionen", "Aufenthalte, die am Geschäftstag erwartet werden oder angereist sind."),
    ]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0"])
def test_nothing_that_people_typed_runs(cast, text):
    paper = Paper(property=cast.alpha, kind=PaperKind.ARRIVALS, language="en")
    table = Table("arrivals", (Column("guest"),), [(text,)])
    cell = opened(paper_xlsx(paper, Content("arrivals", TODAY, (table,)), now()))["Arrivals"]["A2"]

    assert (cell.value, cell.data_type) == (f"'{text}", "s")
