"""The files of requirements: every id of the standard, each dealt with, each bound to things that exist."""

import ast
import hashlib
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from security.selectors.checks.registry import CHECKS, check_title
from security.selectors.frameworks import FOLDER, bound_tests, catalogue, catalogues, requirement_of

ROOT = Path(__file__).resolve().parents[3]
# SHA-256 over "id level" of all requirements of ASVS 5.0.0, one a line, as its authors publish them.
OFFICIAL = "41232bb3562e98dd909c408d123e9a48e065bd58db4abbb7d60c572e6288205a"


def test_asvs_has_the_345_ids_and_levels_of_the_standard():
    rows = catalogue("asvs").requirements
    assert (len(rows), catalogue("asvs").levels) == (345, {1: 70, 2: 183, 3: 92})
    lines = sorted(f"{row.id} {row.level}" for row in rows)
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == OFFICIAL
    assert {row.id.partition(".")[0] for row in rows} == {str(number) for number in range(1, 18)}


def test_each_requirement_is_named_once_and_dealt_with():
    for told in catalogues():
        assert [
            name for name, count in Counter(row.id for row in told.requirements).items() if count > 1
        ] == []
        for row in told.requirements:
            assert row.is_dispositioned, row.id
            assert len(row.says) <= 300, row.id
            assert len(row.id) <= 16, row.id
            for reason in (row.not_applicable, row.gap, row.evidence):
                assert reason == "" or len(reason) >= 12, row.id


def test_enough_requirements_are_bound_to_tests():
    figures = {told.code: told.figures for told in catalogues()}
    assert figures["asvs"]["bound_to_tests"] >= 150
    assert {code: one["requirements"] for code, one in figures.items()} == {
        "asvs": 345,
        "pci": 98,
        "gdpr": 54,
    }


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize("name", bound_tests())
def test_each_bound_test_is_really_collected(name):
    path, _, function = name.partition("::")
    assert re.fullmatch(r"tests/[\w/]+/test_\w+\.py", path), path
    assert function.startswith("test_")
    assert function in functions_of(path)


def test_a_test_that_does_not_exist_would_be_seen():
    assert "test_there_is_no_such_test" not in functions_of("tests/architecture/test_walls.py")


def test_each_named_check_exists_and_none_is_idle():
    named = {code for told in catalogues() for row in told.requirements for code in row.checks}
    assert named == set(CHECKS)
    assert [code for code in CHECKS if not check_title(code).endswith(".")] == []


def test_no_file_promises_more_than_looking():
    for path in sorted(FOLDER.glob("*.toml")):
        assert "compliant" not in path.read_text(encoding="utf-8").lower(), path.name


def test_the_standard_is_named_with_its_licence():
    text = (FOLDER / "asvs.toml").read_text(encoding="utf-8")
    assert "https://github.com/OWASP/ASVS" in text
    assert "CC BY-SA 4.0" in text


def test_a_requirement_is_found_by_its_id():
    assert requirement_of("gdpr", "33(1)").says.startswith("Breaches are told")
    assert requirement_of("gdpr", "99") is None
