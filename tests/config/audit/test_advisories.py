"""The audit of dependencies: it must be able to find something, and must not call old data good."""

import json
from datetime import date

import pytest

from config.audit import advisories
from config.audit.advisories import (
    CANARY,
    Advisories,
    Weakness,
    advisories_read,
    canary_found,
    installed,
    locked,
    weaknesses,
)

KNOWN = Advisories(
    date(2027, 1, 1),
    {
        "thing": [
            ("PYSEC-1", "CVE-2027-1", "2027-01-01", [["1.0", "1.4"], ["2.0", "2.1"]]),
            ("PYSEC-2", "", "2027-01-01", [["0", None]]),
        ]
    },
)


def names(version):
    return [w.name for w in weaknesses([("thing", version)], KNOWN)]


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.9", ["PYSEC-2"]), ("1.0", ["PYSEC-1 CVE-2027-1", "PYSEC-2"]), ("1.3.9", ["PYSEC-1 CVE-2027-1", "PYSEC-2"]),
     ("1.4", ["PYSEC-2"]), ("2.0.5", ["PYSEC-1 CVE-2027-1", "PYSEC-2"]), ("2.1", ["PYSEC-2"])],
)  # fmt: skip
def test_versions_are_compared_as_versions(version, expected):
    assert names(version) == expected


def test_the_table_kept_by_hand_counts_too():
    assert weaknesses([("jinja2", "3.1.5")], None) == [
        Weakness("jinja2", "3.1.5", "CVE-2025-27516: out of the sandbox", "3.1.6")
    ]
    assert weaknesses([("jinja2", "3.1.10")], None) == []


def test_the_canary_is_found_by_copy_and_table():
    known = advisories_read()
    assert known is not None
    assert len(weaknesses([CANARY], known)) > 10
    assert canary_found(known)
    assert canary_found(None)


def test_a_blind_copy_and_a_blind_table_are_noticed(monkeypatch):
    assert not canary_found(Advisories(date(2027, 1, 1), {}))
    monkeypatch.setattr(advisories, "MINIMUMS", {})
    assert not canary_found(advisories_read())


@pytest.mark.parametrize(
    "text", ["", "{}", '{"taken_on": "x", "packages": {}}', '{"taken_on": "2027-01-01"}']
)
def test_a_copy_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    assert advisories_read(tmp_path / "a.json") is None
    assert advisories_read(tmp_path / "missing.json") is None


def test_the_age_of_the_copy_is_told():
    assert KNOWN.age_days(date(2027, 1, 31)) == 30


def test_what_is_installed_has_no_known_weakness():
    packages = installed()
    assert len(packages) > 100
    assert ("django" in dict(packages)) is True
    ours = locked()
    assert len(ours) > 100
    assert [weak for weak in weaknesses(packages, advisories_read()) if weak.package in ours] == []


def test_the_copy_names_its_source_and_licence():
    told = json.loads(advisories.DATA.read_text())
    assert "CC BY" in told["source"]
