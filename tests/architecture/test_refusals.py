"""Whoever is refused reads why in his language: the text of a refusal goes through ``hotel.core.words``."""

import ast
import re

import pytest

from tests.architecture.survey import modules, product, shown, tree

# Functions and classes beside the errors of the house that put a reason before people, where tables judge.
ASKED = {"Action", "Blocker", "Command", "Rule", "StayRule", "_command", "denied", "require_another"}
# Refusals of rules and forms that are no errors of the house; services, forms and pages pass their text on.
PASSED_ON = {
    *("ArchiveRefused", "CellRefused", "DerivationCycle", "FormRefused", "MappingInvalid", "NotACell"),
    *("NumbersInvalid", "PhoneInvalid", "ShortOfPoints", "StructureInvalid", "TemplateError", "TermsInvalid"),
    *("Unreadable", "UrlRefused", "ValidationError"),
}
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "_lazy", "_t"}
# What is refused in English: class -> why.
PLAIN = {
    "DecryptionFailed": "for who runs the installation",
    "KeyErased": "for who runs the installation",
    "KeyUnavailable": "for who runs the installation",
    "TemporaryFailure": "the reason is stored with the letter, and read by others later",
    "XmlRefused": "answers programs",
}
# What is refused in English: beginning of a path -> why.
ENGLISH = {
    "hotel/core/api/": "how a program asks: keys, cursors, versions and what cannot be read",
    "hotel/core/crypto.py": "for who runs the installation",
    "hotel/folios/adapters/": "stored with the payment, and read by others later",
    "hotel/messaging/api/": "how a program asks: cursors and topics of the feed",
    "hotel/monitoring/": "limits and monitoring of programs, for who runs the installation",
    "hotel/reservations/services/import_checks.py": "lines of an import, stored with its result",
    "hotel/stays/replay/": "the replay of recorded years, a command",
    "hotel/stays/simulation/": "the simulation, a command",
}
NEVER = re.compile(r"/management/|/demo\w*\.py|tests/")


def errors():
    """Names of the errors of the house: all classes that derive from ``PmsError``."""
    bases = {}
    for path in modules(*product()):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(_name(base) for base in node.bases)
    found = {"PmsError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def bare(module, watched):
    """(line, called, text) of each text that a call of the watched ones gets without a mark.

    A text that a function keeps in a name before it refuses counts as well.
    """
    found = []
    for call, scope in _calls(module):
        if (called := _name(call.func)) in watched:
            given = [*call.args, *(word.value for word in call.keywords if word.arg in SPOKEN)]
            found += [(node.lineno, called, text) for one in given for node, text in _texts(one, scope)]
    return sorted(set(found))


SPOKEN = {"fields", "instead", "message", "reason", "text", None}


def _calls(module):
    """Each call with the names that its function gives to texts."""
    todo = [(module, {})]
    while todo:
        node, scope = todo.pop()
        if isinstance(node, ast.FunctionDef):
            scope = {}
            for one in ast.walk(node):
                if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                    scope.setdefault(one.targets[0].id, []).append(one.value)
        if isinstance(node, ast.Call):
            yield node, scope
        todo += [(child, scope) for child in ast.iter_child_nodes(node)]


def _texts(node, scope):
    if isinstance(node, ast.Call):
        return
    if isinstance(node, ast.Name):
        for value in scope.get(node.id, []):
            yield from _texts(value, {})
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        text = _written(node)
        if re.search(r"[A-Za-z]{2,} \S", text):
            yield node, text
        return
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.Dict | ast.IfExp | ast.List | ast.Tuple | ast.Starred):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child, scope)


def _written(node):
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_written(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)


@pytest.fixture(scope="module")
def everywhere():
    """Every bare text of a refusal in the product: path, line, what is called, text."""
    watched = errors() | ASKED | PASSED_ON
    return [
        (shown(path), *one)
        for path in modules(*product())
        if not NEVER.search(shown(path))
        for one in bare(tree(path), watched)
    ]


def _excuse(path, called):
    return next((start for start in ENGLISH if path.startswith(start)), called if called in PLAIN else "")


def test_a_refusal_is_said_in_the_language_of_whoever_reads_it(everywhere):
    found = [
        f"{path}:{line} {called}: {text}"
        for path, line, called, text in everywhere
        if not _excuse(path, called)
    ]
    assert found == [], (
        "mark it: _(…) of hotel.core.words, with named places; or say above why it stays English"
    )


def test_no_excuse_is_stale(everywhere):
    used = {_excuse(path, called) for path, _line, called, _text in everywhere}
    assert (set(ENGLISH) | set(PLAIN)) - used == set()


def test_a_refusal_that_is_not_marked_is_found():
    source = """
def refuse(room, count):
    text = f"Room {room} is taken."
    raise Conflict(text, code="room_taken")
def refuse_again(room):
    raise Conflict(_("Room %(room)s is taken.") % {"room": room}, extra={"room": "it is taken"})
def refuse_ever(room):
    raise InvalidInput("It is taken." if room else "It is not.", fields={"room": ["Choose another."]})
"""
    assert bare(ast.parse(source), {"Conflict", "InvalidInput"}) == [
        (3, "Conflict", "Room {} is taken."),
        (8, "InvalidInput", "Choose another."),
        (8, "InvalidInput", "It is not."),
        (8, "InvalidInput", "It is taken."),
    ]
