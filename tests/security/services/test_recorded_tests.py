"""A JUnit file becomes the record of the tests that requirements are bound to."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from hotel.core.exceptions import InvalidInput
from security.services.recorded_tests import tests_record as record_tests

BOUND = "tests/architecture/test_walls.py::test_nobody_writes_into_another_property"
SECOND = "tests/hotel/core/test_pdf.py::test_nothing_is_fetched"
CASE = '<testcase classname="{}" name="{}">{}</testcase>'
FILE = '<testsuites><testsuite timestamp="2026-11-28T10:00:00+00:00">{}</testsuite></testsuites>'


def junit(folder, *cases):
    file = folder / "junit.xml"
    file.write_text(FILE.format("".join(CASE.format(*case) for case in cases)))
    return file


@pytest.fixture
def record(settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "results.json")
    return tmp_path


def test_a_test_passed_when_all_its_cases_did(record):
    walls, pdf = "tests.architecture.test_walls", "tests.hotel.core.test_pdf"
    file = junit(
        record,
        (walls, "test_nobody_writes_into_another_property[1]", ""),
        (walls, "test_nobody_writes_into_another_property[2]", "<failure/>"),
        (pdf, "test_nothing_is_fetched", ""),
        (pdf, "test_a_page_is_printed", "<skipped/>"),
        ("tests.unbound", "test_other", ""),
    )
    assert record_tests(file=file) == {BOUND: False, SECOND: True}
    told = json.loads((record / "results.json").read_text())
    assert told == {"ran_at": "2026-11-28T10:00:00+00:00", "passed": {BOUND: False, SECOND: True}}


def test_a_file_without_bound_tests_and_no_file_are_refused(record):
    with pytest.raises(InvalidInput):
        record_tests(file=junit(record, ("tests.unbound", "test_other", "")))
    with pytest.raises(InvalidInput):
        record_tests(file=record / "none.xml")
    (record / "bad.xml").write_text("<a")
    with pytest.raises(CommandError):
        call_command("compliance_tests", str(record / "bad.xml"))
    assert not (record / "results.json").exists()


def test_the_command_says_how_many_passed(record):
    out = io.StringIO()
    call_command(
        "compliance_tests",
        str(junit(record, ("tests.hotel.core.test_pdf", "test_nothing_is_fetched", ""))),
        stdout=out,
    )
    assert out.getvalue().startswith("1 of ")
