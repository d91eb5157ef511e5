"""The compiled requirement files: hashes for all, and not a word about where they were fetched."""

import re

import pytest

from config.stack.paths import ROOT

FILES = sorted((ROOT / "requirements").glob("*.txt"))


def packages(text):
    """Package name to version."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", text, re.M | re.I))


def entries(text):
    """Each requirement with its continuation lines."""
    return [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_host_name_and_no_option_of_an_index(file):
    assert not re.search(
        r"://|^\s*-|@ |--(extra-)?index|find-links|trusted-host",
        re.sub(r"--hash=\S+", "", file.read_text()),
        re.M,
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_package_is_pinned_and_hashed(file):
    for entry in entries(file.read_text()):
        assert re.match(r"[A-Za-z0-9._-]+(\[[^]]*\])?==\S+", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def test_the_test_set_holds_the_base_set_in_the_same_versions():
    base = packages((ROOT / "requirements/base.txt").read_text())
    test = packages((ROOT / "requirements/test.txt").read_text())
    assert len(base) > 80
    assert base.items() <= test.items()


@pytest.mark.parametrize("name", ["base", "embedded", "test", "installer"])
def test_every_direct_dependency_has_a_lower_bound_and_is_compiled(name):
    compiled = packages((ROOT / f"requirements/{'base' if name == 'embedded' else name}.txt").read_text())
    known = {re.sub(r"[-_.]+", "-", package).lower() for package in compiled}
    for line in (ROOT / f"requirements/{name}.in").read_text().splitlines():
        if line and not line.startswith("#"):
            match = re.match(r"([A-Za-z0-9._-]+)(\[[^]]*\])?(>=|==)\d", line)
            assert match, f"{line}: without a lower bound the resolver may pick a release that is years old"
            assert re.sub(r"[-_.]+", "-", match[1]).lower() in known, f"{line}: run ./auberge lock"


def test_these_checks_can_fail():
    assert entries("a==1 \\\n    --hash=sha256:00\nb==2") == ["a==1 \\\n    --hash=sha256:00", "b==2"]
    assert packages("a==1 ; x\nb[c]==2 \\\n") == {"a": "1", "b": "2"}


def test_no_lock_file_of_another_tool_is_there():
    assert not [name for name in ("uv.lock", "poetry.lock", "Pipfile.lock") if (ROOT / name).exists()]
