"""Malicious files are refused at once and cost next to nothing; the same doors take what is harmless."""

import io
import json
import subprocess
import sys

import pytest

from hotel.core.safe_xml import xml_read
from hotel.core.uploads import upload_clean
from hotel.reservations.services.import_files import table_rows
from tests.architecture.survey import ROOT
from tests.hostile import files

KINDS = {"archives": 20, "texts": 8, "images": 30, "documents": 25}


def opened(kind: str) -> dict:
    """What the process that opens them says."""
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.hostile.open_files", kind],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout.splitlines()[-1])


def test_the_measure_sees_memory_that_is_taken_and_given_back():
    found = opened("control")
    assert found["let_in"] == ["two hundred million bytes"]
    assert found["grown_mb"] > 150


@pytest.mark.parametrize("kind", KINDS)
def test_every_hostile_file_is_refused_within_little_memory(kind):
    found = opened(kind)
    assert found["let_in"] == []
    assert found["cases"] >= KINDS[kind]
    assert found["grown_mb"] <= 100
    assert found["cpu"] <= 30  # a bomb that is opened needs minutes or all memory


def test_the_same_doors_take_harmless_files():
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>line</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row>'
    book = files.workbook(files.SHEET + row + "</sheetData></worksheet>")
    for content, is_xlsx, value in ((book, True, 5), (b"line\n5\n", False, "5")):
        rows = table_rows(
            file=io.BytesIO(content), name="It", is_xlsx=is_xlsx, header_errors=lambda header: []
        )
        assert list(rows) == [(2, {"line": value})]
    assert xml_read(b"<a b='1'><c>x</c></a>")[0].text == "x"
    pixels = b"\0" + bytes(6) + b"\0" + bytes(6)
    assert upload_clean(files.png(2, 2, pixels), "Logo.PNG")[1] == "png"
