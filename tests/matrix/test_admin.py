"""Every model of the administration as every person: list, form, adding, deletion and actions."""

from typing import Any

import pytest

from tests.matrix.asking import Asked, hidden_from
from tests.matrix.expectations import IN, is_reached
from tests.matrix.policy import ASKS_ALL, policy, reach
from tests.matrix.principals import Caller
from tests.matrix.world import CHAINS, PLACES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.skipif(not ASKS_ALL, reason="asked with AUBERGE_MATRIX=all"),
]

SHARDS = 6
TO_THE_DOOR = frozenset({302})
REFUSED = frozenset({403})
NOT_THERE = frozenset({302, 403})  # back to the first page, which says that there is none
EMPTY_OR_REFUSED = frozenset({200, 403})
SHOWN_BY_OTHERS = {"sibling_desk", "sibling_manager", "foreign_manager", "two_hats", "group_manager"}


def right_of(line: dict[str, Any], kind: str) -> str:
    """The right that a page takes; empty if nobody has it, ``platform`` if those who run the installation have."""
    if line["area"] == "platform":
        return "platform"
    verb = line.get(kind) or (line.get("change", "") if kind == "view" else "")
    return f"{line['area']}.{verb}" if verb else ""


def expected(caller: Caller, right: str, label: str, place: str) -> frozenset[int]:
    """What must become of a page; of a list ``place`` is empty."""
    if caller.is_nobody:
        return TO_THE_DOOR
    if right == "":
        return REFUSED
    if caller.is_root:
        return IN
    if right == "platform" or not caller.places(right):
        return REFUSED
    if not place and reach(label) == "installation" and not is_reached(label, caller.places(right), "own"):
        return EMPTY_OR_REFUSED
    return IN if not place or is_reached(label, caller.places(right), place) else NOT_THERE


def people(asked: Asked) -> list[Caller]:
    """Who uses a browser."""
    return [caller for caller in asked.world.callers.values() if not caller.secret and caller.is_confirmed]


def ask(asked: Asked, label: str, line: dict[str, Any], number: int) -> None:
    """All cells of a model.

    Everybody opens a row of the own hotel. Of those who hold the same of the area's rights at the same hotels, one
    after another from model to model is asked everything else.
    """
    home = f"/admin/{label.lower().replace('.', '/')}/"
    view = right_of(line, "view")
    alike: dict[Any, list[Caller]] = {}
    for caller in people(asked):
        alike.setdefault(held_of(caller, line["area"]), []).append(caller)
        row = asked.world.row(label, "own")
        if row is not None:
            wanted = expected(caller, view, label, "own")
            _show(asked, caller, f"{home}{row}/change/", view, wanted)
    for callers in alike.values():
        _ask_all(asked, label, line, callers[number % len(callers)])


def held_of(caller: Caller, area: str) -> Any:
    """What somebody holds of an area, where; who comes in nowhere and who runs the installation are apart."""
    rights = {(at, one) for at, held in caller.rights.items() for one in held if one.startswith(f"{area}.")}
    return caller.is_nobody, caller.is_root, frozenset(rights)


def _ask_all(asked: Asked, label: str, line: dict[str, Any], caller: Caller) -> None:
    home = f"/admin/{label.lower().replace('.', '/')}/"
    view, add, delete = (right_of(line, kind) for kind in ("view", "add", "delete"))
    _show(asked, caller, home, view, expected(caller, view, label, ""))
    if line["area"] == "platform":
        return
    _show(asked, caller, f"{home}add/", view, expected(caller, add, label, ""))
    for place in _places(caller, view):
        row = asked.world.row(label, place)
        if row is None:
            continue
        if place != "own":
            _show(asked, caller, f"{home}{row}/change/", view, expected(caller, view, label, place))
        gone = expected(caller, delete, label, place)
        if gone == IN and line.get("shared") and not caller.places(delete) >= CHAINS[place]:
            gone = NOT_THERE
        _show(asked, caller, f"{home}{row}/delete/", view, gone)
        for name, verb in line.get("actions", {}).items():
            right = verb if verb == "platform" else f"{line['area']}.{verb}"
            asked.act(caller, home, name, row, may=expected(caller, right, label, place) == IN)


def _show(asked: Asked, caller: Caller, url: str, view: str, wanted: frozenset[int]) -> None:
    """One cell; a refusal names the hotel that one works at, and nothing else."""
    hidden = hidden_from(caller, view if wanted == IN and view != "platform" else "")
    asked.ask(caller, "GET", url, wanted, hidden)


def _places(caller: Caller, view: str) -> tuple[str, ...]:
    """Of rows of which hotels somebody is asked."""
    if caller.name in SHOWN_BY_OTHERS:
        return PLACES
    return ("own", "foreign") if caller.is_root or caller.places(view) else ("own",)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_person_finds_in_the_administration_what_the_table_says(shard, asked):
    for number, (label, line) in enumerate(sorted(policy()["admin"].items())):
        if number % SHARDS == shard:
            ask(asked, label, line, number // SHARDS)
    assert not asked.wrong, asked.told()
