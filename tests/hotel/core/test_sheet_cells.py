"""Cells of sheets that come back are read strictly."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from hotel.core.sheet_cells import (
    CellRefused,
    cell_typed,
    cell_words,
    codes_of,
    columns_missing,
    day_of,
    text_of,
    yes_of,
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (" a ", " a "), (101.0, "101"), (2.5, "2.5"), ("101.0", "101.0"), (7, "7"),
        (date(2027, 4, 30), "2027-04-30"), (datetime(2027, 4, 30, 12), "2027-04-30"),
    ],
)  # fmt: skip
def test_a_cell_is_told_as_it_would_be_typed(cell, text):
    assert cell_typed(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (" a ", "a"), (101.0, "101"), ("101.0", "101.0"), ("'=1+1", "=1+1"), ("'tis", "'tis")],
)
def test_text_is_what_was_written_before_the_export_made_it_harmless(cell, text):
    assert text_of(cell) == text


def test_codes_are_capitals_each_once_in_order():
    assert codes_of("sea, Bath ,,bath") == ("BATH", "SEA")


@pytest.mark.parametrize("cell", [datetime(2027, 4, 30, 8), date(2027, 4, 30), "2027-04-30"])
def test_days_are_read(cell):
    assert day_of(cell) == date(2027, 4, 30)


def test_what_says_something_else_is_refused():
    for read, cell in ((day_of, "30.4.2027"), (yes_of, ""), (yes_of, "perhaps")):
        with pytest.raises(CellRefused):
            read(cell)
    assert (day_of(""), yes_of("Yes"), yes_of(0)) == (None, True, False)


def test_values_are_words_again():
    values = [True, False, ("A", "B"), Decimal("10.50"), None, 3]
    assert [cell_words(value) for value in values] == ["yes", "no", "A, B", "10.5", "–", "3"]


def test_a_header_needs_every_column():
    assert columns_missing(["b", "a", "mine"], ["a", "b"]) == []
    assert columns_missing(["a"], ["a", "b", "c"]) == ["Columns are missing: b, c."]
