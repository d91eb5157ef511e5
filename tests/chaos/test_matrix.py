"""The fault matrix names tests that exist, and judges by what they recorded."""

import re
from pathlib import Path

import pytest

from tests.chaos import Fault, Figure
from tests.chaos.__main__ import judged, main, read
from tests.chaos.matrix import FAULTS, NOT_SHOWN

ROOT = Path(__file__).resolve().parents[2]
GREEN = {"is_green": True, "seconds": 1.0, "ran": 1, "skipped": 0, "figures": {"slowest": 4.0}}
FAULT = Fault("F99", "a fault", "a promise", ("tests/x.py",), (Figure("slowest", at_most=5),))


def test_every_fault_of_the_reference_is_shown_or_stands_with_its_reason():
    named = {fault.name for fault in FAULTS} | set(NOT_SHOWN)
    assert {f"F{number}" for number in range(1, 26)} - named == set()
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_its_tests_exist_and_record_its_figures(fault):
    text = ""
    for node in fault.shown_by:
        path, _, name = node.partition("::")
        text += (ROOT / path).read_text()
        assert not name or re.search(rf"^def {name}\(", text, re.M), node
    if "long_runs" in text or "long_runs" in fault.shown_by[0]:
        text += (ROOT / "tests/config/stack/test_lost_servers.py").read_text()
    assert [figure.name for figure in fault.figures if f'"{figure.name}"' not in text] == []


@pytest.mark.parametrize(
    ("change", "is_shown", "is_kept"),
    [
        ({}, True, True),
        ({"is_green": False}, True, False),
        ({"figures": {"slowest": 5.1}}, True, False),
        ({"figures": {}}, True, False),
        ({"ran": 0, "skipped": 1}, False, False),
    ],
)
def test_a_promise_is_kept_when_its_tests_ran_green_with_figures_that_hold(change, is_shown, is_kept):
    found = judged(FAULT, [{**GREEN, **change}])
    assert (found["is_shown"], found["is_kept"]) == (is_shown, is_kept)


def test_figures_are_bounded_or_exact():
    assert Figure("a", exactly=0).holds(0)
    assert not Figure("a", exactly=0).holds(1)
    assert Figure("a").holds(1e9)


def test_a_report_is_read():
    text = (
        '<testsuites><testsuite tests="3" skipped="1"><testcase><properties>'
        '<property name="slowest" value="4.25"/><property name="hypothesis-statistics" value="dGVzdHM="/>'
        "</properties></testcase></testsuite></testsuites>"
    )
    assert read(text) == {"ran": 2, "skipped": 1, "figures": {"slowest": 4.25}}
    assert read("") == {"ran": 0, "skipped": 0, "figures": {}}


def test_faults_are_listed_and_unknown_ones_refused(capsys):
    assert main(["--list", "--only", "F10"]) == 0
    assert "swallows everything" in capsys.readouterr().out
    assert main(["--only", "F77"]) == 2
    assert "There is no fault F77" in capsys.readouterr().out
