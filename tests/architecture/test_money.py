"""Money is never a float: none is written, made or promised where prices, taxes and ledgers are worked out."""

import ast
from pathlib import Path

import pytest

from tests.architecture.exempt import FLOATS
from tests.architecture.survey import ROOT, modules, shown, tree

PATHS = ("domain", "services", "selectors", "models")
APPS = ("core", "rates", "reservations", "folios", "stays")


def money_modules() -> list[Path]:
    """Every domain of the house, and whatever else of the apps of money reads, decides or writes amounts."""
    found = []
    for path in modules("hotel"):
        app, *rest = path.relative_to(ROOT / "hotel").parts
        if not rest:
            continue
        if rest[0] == "domain" or (app in APPS and rest[0] in (*PATHS, "money.py", "adapters")):
            found.append(path)
    return found


def floats_in(text: ast.Module) -> list[int]:
    """Lines with a number that has a point, a call or promise of ``float``, or the module ``math``."""
    return [node.lineno for node in ast.walk(text) if _is_float(node)]


def _is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float | complex)
    if isinstance(node, ast.Name):
        return node.id in ("float", "FloatField")
    if isinstance(node, ast.Attribute):
        return node.attr == "FloatField"
    if isinstance(node, ast.ImportFrom):
        return node.module in ("math", "statistics")
    return isinstance(node, ast.Import) and any(name.name in ("math", "statistics") for name in node.names)


def test_no_float_is_in_the_path_of_money():
    found = {shown(path): floats_in(tree(path)) for path in money_modules()}
    assert {path: lines for path, lines in found.items() if lines and path not in FLOATS} == {}
    assert [path for path in FLOATS if not found.get(path)] == []  # stale


def test_the_path_of_money_is_looked_at():
    looked_at = {shown(path) for path in money_modules()}
    assert {
        "hotel/core/money.py",
        "hotel/rates/domain/taxes.py",
        "hotel/folios/services/journal.py",
        "hotel/folios/adapters/stripe/amounts.py",
        "hotel/stays/domain/statistics.py",
    } <= looked_at


@pytest.mark.parametrize(
    "text",
    ["x = 0.1", "float('1')", "def f() -> float: ...", "from math import floor", "models.FloatField()"],
)
def test_a_float_is_seen(text):
    assert floats_in(ast.parse(text)) == [1]
