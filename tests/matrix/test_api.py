"""Every operation of the API as every caller, on rows of the own hotel, of its sibling and of another chain."""

import json
import re
from typing import Any
from zlib import crc32

import pytest

from tests.matrix.asking import Asked, hidden_from
from tests.matrix.expectations import IN, NO_SUCH_WORD, NOT_THERE, address, expected, is_asked, places_for
from tests.matrix.policy import ASKS_ALL, Operation, operations
from tests.matrix.principals import Caller
from tests.matrix.world import PLACES

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SHARDS = 24
ASKED = range(SHARDS if ASKS_ALL else 2)
NOBODYS = 2**40


def row_of(asked: Asked, operation: Operation, place: str) -> int:
    """The first row of the place that the resource knows; zero if there is none."""
    queryset = getattr(operation.viewset, "queryset", None)
    if queryset is None:
        return 0
    keys = asked.world.rows.get(operation.label, {}).get(place, [])
    known = set(queryset.filter(pk__in=keys).values_list("pk", flat=True))
    return next((key for key in keys if key in known), 0)


def cells(asked: Asked) -> list[tuple[Operation, str, Caller]]:
    """Every cell: an operation, at a place, as a caller."""
    return [
        (operation, place, caller)
        for number, operation in enumerate(operations())
        for place in PLACES
        for caller in asked.world.callers.values()
        if is_asked(caller, operation, number) and place in places_for(caller, operation)
    ]


def request_of(asked: Asked, operation: Operation, place: str) -> dict[str, Any]:
    """What is sent along: the hotel, where no row tells it."""
    house = asked.world.places[place].pk
    if operation.method == "GET":
        return {"query_params": {"property": house}}
    body = {} if operation.is_of_a_row else {"property": house}
    return {"data": json.dumps(body), "content_type": "application/json"}


@pytest.mark.parametrize("shard", ASKED)
def test_every_caller_gets_what_the_table_says(shard, asked):
    rows = {}
    mine = {str(one) for one in operations() if crc32(str(one).encode()) % SHARDS == shard}
    for operation, place, caller in cells(asked):
        if str(operation) not in mine:
            continue
        if (operation, place) not in rows:
            rows[operation, place] = row_of(asked, operation, place) if operation.is_of_a_row else 0
        row = rows[operation, place]
        wanted = expected(operation, caller, place)
        if wanted == IN and operation.is_of_a_row and not row:
            wanted = NOT_THERE
        elif wanted == IN and re.search("<(slug|str):", operation.path):
            wanted = NO_SUCH_WORD
        right = operation.right if "." in operation.right else ""
        url, sent = address(operation, row), request_of(asked, operation, place)
        asked.ask(caller, operation.method, url, wanted, hidden_from(caller, right), **sent)
    assert not asked.wrong, asked.told()


def test_a_row_of_others_is_answered_as_one_that_nobody_has(asked):
    manager = asked.world.callers["general_manager"]
    for operation in operations():
        if operation.is_of_a_row and "." in operation.right:
            wanted = expected(operation, manager, "own") or NOT_THERE
            url, sent = address(operation, NOBODYS), request_of(asked, operation, "own")
            asked.ask(manager, operation.method, url, wanted, frozenset(), **sent)
    assert not asked.wrong, asked.told()


def test_there_are_as_many_cells_as_promised(asked):
    assert len(asked.world.callers) >= 20
    assert len(cells(asked)) >= 20_000
