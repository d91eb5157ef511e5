"""Tables for spreadsheets: no cell is a formula that was typed by somebody."""

import ast
import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from hotel.core.exports import csv_bytes, neutral, xlsx_bytes
from tests.architecture.survey import modules, product, shown, tree

FORMULAS = [
    f"{lead}{sign}{rest}"
    for sign in "=+-@＝＋－＠−﹢|%"
    for lead in ("", " ", "\t", "\r", "\n", "\u00a0", "\u3000", "\x00")
    for rest in ("cmd|' /C calc'!A0", "HYPERLINK(\"http://x\")", "1+1", "SUM(A1:A9)")
]  # fmt: skip


@pytest.mark.parametrize("text", [*FORMULAS, "\tx", "\rx", "\n=1"])
def test_what_begins_like_a_formula_becomes_text(text):
    [row] = csv.reader(io.StringIO(csv_bytes([[text]]).decode("utf-8-sig"), newline=""))
    assert row[0].startswith("'")
    cell = load_workbook(io.BytesIO(xlsx_bytes([[text]]))).active["A1"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


@pytest.mark.parametrize(
    "text", ["Gus", "-12.50", "-3", "a=b", "1+1", "", "x@example.com", "ALPHA-7K2M9", "A\nB"]
)
def test_other_text_stays_as_it_is(text):
    assert neutral(text) == text


def test_numbers_stay_numbers():
    assert csv_bytes([[Decimal("-12.50"), -3, None]], has_mark=False) == b"-12.50,-3,\r\n"
    sheet = load_workbook(io.BytesIO(xlsx_bytes([[Decimal("-12.50"), "=1"]], title="a/b[c]"))).active
    assert (sheet["A1"].data_type, float(sheet["A1"].value), sheet.title) == ("n", -12.5, "a b c ")


def test_the_mark_for_excel_is_a_choice():
    assert csv_bytes([["ü"]])[:3] == b"\xef\xbb\xbf"
    assert csv_bytes([["ü"]], has_mark=False, separator=";") == "ü\r\n".encode()


def test_separators_and_quotes_in_cells_are_quoted():
    assert csv_bytes([["a,b", 'c"d']], has_mark=False) == b'"a,b","c""d"\r\n'


def test_control_characters_are_left_out():
    assert load_workbook(io.BytesIO(xlsx_bytes([["a\x01b"]]))).active["A1"].value == "ab"


def test_tables_are_written_in_one_place_only():
    makers = {("csv", "writer"), ("csv", "DictWriter"), ("openpyxl", "Workbook")}
    found = set()
    for path in modules(*product()):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found |= {shown(path)} if (node.value.id, node.attr) in makers else set()
            if (
                isinstance(node, ast.ImportFrom)
                and (node.module, *[a.name for a in node.names][:1]) in makers
            ):
                found |= {shown(path)}
    assert found == {"hotel/core/exports.py"}
