"""Every mutant can be tried, and only a test that misses its control kills one."""

import ast
import re
import sys
from collections import Counter

import pytest
import yaml

from tests.mutants import Mutant
from tests.mutants.every import MUTANTS, ROOT, chosen, mutated
from tests.mutants.trial import is_own
from tests.mutants.verdicts import Run, tried, untried

NODE = "tests/x.py::test_it"


def report(outcome="passed", when="call", node=NODE, error="", says=""):
    return {"node": node, "when": when, "outcome": outcome, "error": error, "says": says}


def red(error="AssertionError", **over):
    return Run(1, [report("failed", error=error, says="200 is not 403", **over)])


GREEN = Run(0, [report(when="setup"), report(), report(when="teardown")])


def test_there_are_sixty_or_more_and_each_has_a_name_of_its_own():
    assert len(MUTANTS) >= 60
    assert [name for name, times in Counter(mutant.name for mutant in MUTANTS).items() if times > 1] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_its_patch_applies_and_leaves_a_program_and_its_test_is_there(mutant):
    text = mutated(mutant)
    assert text is not None, "its text is not in its file, or several times"
    if mutant.file.endswith(".py"):
        compile(text, mutant.file, "exec")
    path, _, name = mutant.test.partition("::")
    functions = {
        node.name for node in ast.walk(ast.parse((ROOT / path).read_text())) if hasattr(node, "name")
    }
    assert not name or name.partition("[")[0] in functions


IN_SQL = [mutant for mutant in MUTANTS if mutant.file.endswith(".sql")]


@pytest.fixture(scope="module")
def functions():
    """Name and text of each function of the database, once for each file that makes it."""
    texts = [path.read_text() for path in ROOT.glob("**/sql/*.sql") if ".venv" not in path.parts]
    parts = [part for text in texts for part in re.split(r"CREATE (?:OR REPLACE )?FUNCTION ", text)[1:]]
    return [(part.partition("(")[0], part) for part in parts]


@pytest.mark.parametrize("mutant", IN_SQL, ids=lambda mutant: mutant.name)
def test_its_text_is_of_one_function_of_the_database(mutant, functions):
    assert len({name for name, text in functions if mutant.old in text}) == 1


@pytest.mark.parametrize("text", ["if True:", "nowhere", ""])
def test_a_patch_that_does_not_apply_once_is_stale(text):
    assert mutated(Mutant("it", "tests/mutants/verdicts.py", text, "", NODE)) is None


@pytest.mark.parametrize(
    ("run", "word"),
    [
        (red(), "killed"),
        (red("Conflict"), "killed"),
        (GREEN, "SURVIVED"),
        (red("NameError"), "BROKEN"),
        (red("SyntaxError"), "BROKEN"),
        (red(when="setup"), "BROKEN"),
        (red(when="teardown"), "BROKEN"),
        (red(node="tests/x.py::test_another"), "BROKEN"),
        (Run(0, [report("skipped")]), "BROKEN"),
        (Run(2, [], "ERROR tests/x.py"), "BROKEN"),
        (Run(4, [], "ERROR: not found"), "BROKEN"),
        (Run(None, [report()]), "BROKEN"),
    ],
)
def test_killed_is_who_lets_a_test_fail_by_its_own_lines(run, word):
    assert tried(GREEN, run).word == word
    assert tried(GREEN, run).is_good is (word == "killed")


@pytest.mark.parametrize(
    ("whole", "word"),
    [
        (GREEN, None),
        (red(), "NOT GREEN"),
        (red(when="setup"), "NOT GREEN"),
        (Run(0, [report("skipped", when="setup", error="Skipped", says="no Pango")]), "skipped"),
        (Run(4, [], "ERROR: not found"), "NOT GREEN"),
    ],
)
def test_no_mutant_is_tried_whose_test_does_not_pass_without_it(whole, word):
    found = untried(whole)
    assert (found and found.word) == word


def test_of_a_run_of_several_each_test_has_its_part():
    other = report("failed", node="tests/x.py::test_it_too")
    run = Run(1, [report(), report(node=f"{NODE}[2]"), other])
    assert run.of(NODE).passed == {NODE, f"{NODE}[2]"}
    assert untried(run.of(NODE)) is None
    assert run.of(f"{NODE}[2]").passed == {f"{NODE}[2]"}
    assert untried(run.of("tests/x.py")).word == "NOT GREEN"


def test_a_sample_is_the_same_with_the_same_seed_and_words_choose():
    few = chosen([], 10, "one")
    assert len(set(few)) == 10
    assert few == chosen([], 10, "one") != chosen([], 10, "two")
    assert {mutant.name.partition(":")[0] for mutant in chosen(["tokens:"], 0, "")} == {"tokens"}
    assert chosen([], 0, "") == list(MUTANTS)


def test_a_child_loads_the_project_anew_and_no_package():
    loaded = [sys.modules[__name__], yaml, pytest, sys]
    assert [is_own(module) for module in loaded] == [True, False, False, False]
