"""What the table of rights says of one cell: an operation, asked by somebody, of a row or a hotel."""

import re

from tests.matrix.policy import Operation, conditions, policy, reach
from tests.matrix.principals import Caller
from tests.matrix.world import CHAINS, PLACES

IN = frozenset[int]()  # let in: neither asked to sign in, nor refused, nor told that it is not there
SIGN_IN = frozenset({401})
REFUSED = frozenset({403})
NOT_THERE = frozenset({404})
NO_SUCH_WORD = frozenset({404, 410})  # of an address with a word in it that nothing is called by
NOT_ALL_OF_IT = frozenset({403, 404})
# Something new at a hotel of others: refused in whatever way, as long as nothing is written and nothing shown.
NOT_HERE = frozenset({400, 403, 404, 409, 415, 422, 428})


def expected(operation: Operation, caller: Caller, place: str) -> frozenset[int]:
    """The statuses with which a cell must be refused; ``IN`` if it must not."""
    if operation.right == "public":
        return IN
    if caller.is_nobody:
        return SIGN_IN
    if operation.right == "self":
        return REFUSED if operation.needs_step_up and not caller.is_confirmed else IN
    if caller.is_root:
        return IN
    if operation.right == "any":
        return _of_anybody(operation, caller.places(), place)
    if not caller.places(operation.right) or (operation.needs_step_up and not caller.is_confirmed):
        return REFUSED
    beside = policy()["others"].get(str(operation), operation.right)
    if not caller.places(beside):
        return NOT_ALL_OF_IT
    return _of_a_holder(operation, caller.places(operation.right), place)


def _of_a_holder(operation: Operation, held: frozenset[str], place: str) -> frozenset[int]:
    """Of somebody who holds the right at some place."""
    condition = conditions().get(str(operation), "there")
    if condition == "somewhere":
        return IN
    if condition != "there":
        return IN if _needed(condition, place) <= held else NOT_ALL_OF_IT
    is_in = is_reached(operation.label, held, place)
    if operation.is_of_a_row:
        return IN if is_in else NOT_THERE
    return IN if is_in or operation.method == "GET" else NOT_HERE


def is_reached(label: str, held: frozenset[str], place: str) -> bool:
    """Whether a right held there reaches the rows that a model has at a place."""
    far = reach(label)
    if far == "installation":
        return held == frozenset(PLACES)
    if far == "anywhere":
        return bool(held)
    return bool(held & CHAINS[place]) if far == "chain" else place in held


def _of_anybody(operation: Operation, held: frozenset[str], place: str) -> frozenset[int]:
    """Of somebody who holds any right at these places."""
    if not held:
        return REFUSED
    is_named = conditions().get(str(operation)) == "named"
    return NO_SUCH_WORD if is_named and place not in held else IN


def _needed(condition: str, place: str) -> frozenset[str]:
    """Where the right must be held all at once."""
    if condition == "everywhere":
        return frozenset(PLACES)
    first = next(one for one in PLACES if one in CHAINS[place])
    return frozenset({first}) if condition == "owner" else CHAINS[place]


def places_for(caller: Caller, operation: Operation) -> tuple[str, ...]:
    """At which places somebody is asked: who is let in nowhere or wherever it be, at his own only."""
    right = operation.right
    if caller.is_nobody or caller.is_root or "." not in right or not caller.places(right):
        return PLACES[:1]
    return caller.asked_at


def is_asked(caller: Caller, operation: Operation, number: int) -> bool:
    """Whether a caller is asked about the operation of this number: of those who are alike one takes each."""
    if not caller.is_confirmed:
        return operation.needs_step_up
    return number % caller.alike == caller.turn


def address(operation: Operation, row: int) -> str:
    """The address of an operation, of this row."""
    return "/api/v1" + re.sub(r"<[^>]+>", "x", operation.path.replace("<int:pk>", str(row)))
