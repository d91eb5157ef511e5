"""Code that invites attacks is not written, or named here with its reason. Source: security reference §4.12."""

import ast
import re
import time

import pytest

from config.audit.excuses import EXCUSED
from tests.architecture.survey import ROOT, modules, product, shown, tree

# path -> why SQL is put together there
SQL = {
    "hotel/core/locks.py": "the ending of a function, one of two of the module",
    "hotel/folios/selectors/balances.py": "the name of a column, one of two of the module",
    "hotel/rooms/services/inventory.py": "the name of a function of ours; values are parameters",
    "hotel/accounts/invariants.py": "constants of the module; no value of anybody's",
    "hotel/core/inserts.py": "names of our own tables and columns, quoted",
    "hotel/core/postgresql/rights.py": "names of our own roles, tables and functions",
    "hotel/core/invariants.py": "SQL of the plugs, written by us",
    "hotel/properties/services/ties.py": "names of our own tables and columns; no value of anybody's",
    "hotel/reservations/invariants.py": "constants of the module; no value of anybody's",
    "hotel/rooms/invariants.py": "constants of the module; no value of anybody's",
    "security/selectors/proofs.py": "the constant that makes a line of an entry; values are parameters",
    "security/selectors/seals.py": "the constant that hashes an entry; values are parameters",
    "security/services/access.py": "one call of our function for each note; values are parameters",
    "security/services/archiving.py": "names of partitions, out of the catalogue of the database",
}
# path -> why markup is called safe there
SAFE = {
    "hotel/dashboard/templatetags/chart.py": "every value in it is escaped beside it, hundreds of bars a page",
    "hotel/dashboard/templatetags/rates.py": "every value in it is escaped beside it, thousands of cells a page",
    "hotel/dashboard/templatetags/rack.py": "every value in it is escaped beside it, 4,000 times a page",
}
# path -> why chance need not be secret
CHANCE = {
    "hotel/folios/services/gateway_calls.py": "spreads retries",
    "hotel/messaging/services/sending.py": "spreads retries",
    "hotel/monitoring/services/attendant.py": "spreads the writing of many processes",
    "hotel/messaging/services/webhook_relay.py": "spreads retries",
}
_SIMULATED = ("demo", "simulat", "replay", "management")


def calls(path):
    """Every call of a module with the last name of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name


def is_literal(node) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.lstrip("_").isupper())


def found(rule) -> set[str]:
    """Paths of the product (the launcher left out) with a call that a rule objects to."""
    return {
        shown(path)
        for path in modules(*product())
        if not shown(path).startswith("config/stack/")
        and any(rule(node, name, path) for node, name in calls(path))
    }


def _built_sql(node, name, path):
    if name not in {"raw", "extra", "RawSQL", "execute", "executemany"} or not node.args:
        return False
    return isinstance(node.args[0], ast.JoinedStr | ast.BinOp) or (
        isinstance(node.args[0], ast.Call) and getattr(node.args[0].func, "attr", "") == "format"
    )


def test_sql_is_never_put_together_from_values():
    wrong = found(_built_sql)
    assert wrong - set(SQL) == set(), "use parameters, or the ORM"


def test_what_ruff_is_told_to_let_pass_bandit_is_told_too():
    """The audit takes a minute and is not run by these tests; an excuse for one of the two is easily half a one."""
    built = {shown(path) for path in modules(*product()) if "# noqa: S608" in path.read_text()}
    assert {file for file, rule in EXCUSED if rule == "B608"} == built


def test_markup_is_called_safe_only_where_named():
    wrong = found(lambda node, name, path: name in {"mark_safe", "SafeString"})
    assert wrong - set(SAFE) == set(), "use format_html"
    templates = [p for folder in ("templates", *product()) for p in (ROOT / folder).rglob("*.html")]
    unescaped = [shown(p) for p in templates if re.search(r"\|\s*safe\b|autoescape\s+off", p.read_text())]
    assert unescaped == ["templates/email/messaging/letter.html"]  # its text was escaped when it was filled
    assert len(templates) > 50


def test_no_serializer_or_form_takes_all_fields():
    wrong = {
        shown(path)
        for path in modules(*product())
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "id", "") in {"fields", "exclude"}
        and isinstance(node.value, ast.Constant)
        and node.value.value == "__all__"
    }
    assert wrong == set()


def test_what_is_sent_never_becomes_arguments():
    def spread(node, name, path):
        spreads = [ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg is None]
        return any(re.search(r"\brequest\.(data|POST|GET|query_params)$", text) for text in spreads)

    assert found(spread) == set()


def test_chance_that_must_be_secret_comes_from_secrets():
    wrong = {
        shown(path)
        for path in modules(*product())
        if not any(word in shown(path) for word in _SIMULATED)
        and any(
            (isinstance(node, ast.Import) and any(a.name == "random" for a in node.names))
            or (isinstance(node, ast.ImportFrom) and node.module == "random")
            for node in ast.walk(tree(path))
        )
    }  # fmt: skip
    assert wrong - set(CHANCE) == set(), "use secrets, or say why not in CHANCE"
    assert set(CHANCE) - wrong == set(), "stale"


def test_nothing_is_unpickled_evaluated_or_read_as_live_yaml():
    banned = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}

    def alive(node, name, path):
        owner = getattr(getattr(node.func, "value", None), "id", "")
        return (owner == "yaml" and name in {"load", "full_load", "unsafe_load"}) or (
            isinstance(node.func, ast.Name) and name in {"eval", "exec", "compile", "__import__"}
        )

    assert found(alive) == set()
    imports = {
        shown(path)
        for path in modules(*product())
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and ({a.name.split(".")[0] for a in node.names} | {(getattr(node, "module", "") or "").split(".")[0]})
        & banned
    }
    assert imports == set()


def test_no_text_of_anybody_is_a_template_of_format():
    def formatted(node, name, path):
        return (
            name in {"format", "format_map"}
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Attribute | ast.Subscript | ast.Call)
            and re.search(
                r"request|body|text|data|value|template|pattern", ast.unparse(node.func.value).lower()
            )
            and "self." not in ast.unparse(node.func.value)
        )

    # Sentences of the house, filled with dates and numbers, or with the hotel's name.
    assert found(formatted) == {"hotel/rates/domain/restrictions.py", "hotel/papers/selectors/cards.py"}


def test_no_template_is_made_of_text():
    wrong = found(lambda node, name, path: name in {"from_string", "Template", "Environment"})
    assert wrong == set()


def test_programs_are_started_without_a_shell():
    def shelled(node, name, path):
        return name in {"system", "popen"} or any(
            keyword.arg == "shell" and getattr(keyword.value, "value", None) is True
            for keyword in node.keywords
        )

    assert found(shelled) == set()


def patterns() -> list[tuple[str, str, int]]:
    """Every regular expression of the product that is written out."""
    names = {
        "compile",
        "match",
        "fullmatch",
        "search",
        "sub",
        "findall",
        "finditer",
        "split",
        "RegexValidator",
    }
    made = []
    for path in modules(*product()):
        for node, name in calls(path):
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if name in names and (owner == "re" or name == "RegexValidator") and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    made.append((shown(path), text.value, node.lineno))
    return made


ADVERSARIAL = [part * (1_500 // len(part)) + end for part in ("a", "0", " ", "1 ", "a.", "-", "a@", "<", "{{", "A1", "\n", "'", "/", "%")
               for end in ("", "!", "\0")]  # fmt: skip


@pytest.mark.parametrize(("path", "pattern", "line"), patterns(), ids=lambda value: str(value)[:50])
def test_no_regular_expression_takes_long(path, pattern, line):
    """They need microseconds; one that goes astray needs minutes."""
    compiled = re.compile(pattern)
    for text in ADVERSARIAL:
        began = time.thread_time()
        compiled.search(text)
        assert time.thread_time() - began < 5, f"{path}:{line} on {text[:20]!r}"


def test_the_rules_see_what_they_forbid(tmp_path):
    """A rule that cannot fail does not count."""
    samples = {
        "cursor.execute(f'SELECT {x}')": _built_sql,
        "Model.objects.raw('SELECT ' + x)": _built_sql,
        "Model.objects.extra('{}'.format(x))": _built_sql,
    }
    for text, rule in samples.items():
        node = ast.parse(text).body[0].value
        assert rule(node, node.func.attr, None)
