"""A good body with one id of another hotel in it: refused, nothing written, nothing told of the other's row."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.matrix.asking import Asked, shown
from tests.matrix.expectations import address
from tests.matrix.policy import Operation, operations, reach
from tests.matrix.references import Bodies, Reference, forms, references
from tests.matrix.test_api import row_of
from tests.matrix.world import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SHARDS = 2
# The hotels of a chain share them: who sees them at two hotels may name those of one at the other.
SHARED = {
    "accounts.ApiToken",
    "accounts.Role",
    "accounts.User",
    "guests.Company",
    "guests.Guest",
    "properties.Chain",
    "properties.Property",
}
Asking = tuple[Operation, Any, Reference]


def references_of_the_code() -> list[Asking]:
    """Every operation that writes, with the form of its body and a field that names rows."""
    known = {str(operation).replace("<int:pk>", "{id}"): operation for operation in operations()}
    return [
        (known[name], form, reference)
        for name, form in sorted(forms().items())
        if name in known
        for reference in references(form)
    ]


def is_told(answer: Any, name: str) -> bool:
    """Whether a refusal says that this field is the reason, as of an id that nobody has."""
    body = answer.json() if answer.status_code in {400, 404} else {}
    named = f'"{name}"' in json.dumps(body.get("fields", {}))
    return answer.status_code == 404 or named or body.get("code") == "other_property"


def write(asked: Asked, asking: Asking, caller: str, place: str) -> tuple[Any, list[str]]:
    """Send the good body, but for the id of a row at this place."""
    operation, form, reference = asking
    value = asked.world.row(reference.label, place)
    body = Bodies(asked.world, "own").of(form, reference.path, value, is_part=operation.method == "PATCH")
    row = row_of(asked, operation, "own") if operation.is_of_a_row else 0
    return asked.write(asked.world.callers[caller], operation.method, address(operation, row), body)


def faults(answer: Any, changed: list[str], place: str = "") -> list[str]:
    """What is wrong with a refusal."""
    found = [] if 400 <= answer.status_code < 500 else ["taken"]
    found += [f"refused, yet changed {changed}"] if answer.status_code >= 400 and changed else []
    return found + (["shows it"] if place and MARK[place].encode() in shown(answer) else [])


def ask(asked: Asked, asking: Asking, counted: Counter) -> list[str]:
    """What is wrong with a field, asked as somebody of the own hotel, and of both hotels of the chain."""
    operation, form, reference = asking
    wrong = []
    own, _ = write(asked, asking, "general_manager", "own")
    for place in ("sibling", "foreign"):
        if place == "sibling" and reach(reference.label) == "chain":
            continue
        answer, changed = write(asked, asking, "general_manager", place)
        told = is_told(answer, reference.name)
        wrong += [f"{place}: {fault}" for fault in faults(answer, changed, place)]
        wrong += [] if told or operation.right == "self" else [f"{place}: {answer.content[:200]!r}"]
        counted["by the id alone"] += told and not is_told(own, reference.name)
    named = getattr(form, "fields", {}).get("property")
    says_where = operation.is_of_a_row or (named is not None and not named.read_only)
    if reference.label not in SHARED and says_where:
        answer, changed = write(asked, asking, "group_manager", "sibling")
        wrong += [f"both: {fault} {answer.content[:200]!r}" for fault in faults(answer, changed)]
        counted["of both hotels"] += 1
    return [f"{operation} {'.'.join(reference.path)} {text}" for text in wrong]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_an_id_of_another_hotel_is_refused_as_one_that_nobody_has(shard, asked):
    counted = Counter()
    wrong = [
        text for asking in references_of_the_code()[shard::SHARDS] for text in ask(asked, asking, counted)
    ]
    assert wrong == []
    # Else a body was refused for another reason, and nothing was learnt of the id.
    assert counted["by the id alone"] >= 180
    assert counted["of both hotels"] >= 20


def test_every_write_that_names_rows_is_asked():
    assert len(references_of_the_code()) >= 280
