"""Vectors: what a sale consumes and what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rooms.domain.vectors import (
    HOUSE,
    Structure,
    StructureInvalid,
    limiting,
    sellable,
    structure_check,
    vector,
)

KINDS = {1: "standard", 2: "standard", 3: "virtual", 4: "component", 5: "pseudo"}


@pytest.mark.parametrize(
    ("structure", "expected"),
    [
        pytest.param(
            Structure(1, "standard"), {1: 1, HOUSE: 1}, id="standard takes itself and a room of the house"
        ),
        pytest.param(
            Structure(3, "virtual", base_id=1), {3: 1, 1: 1, HOUSE: 1}, id="virtual takes its base too"
        ),
        pytest.param(
            Structure(4, "component", parts={1: 2, 2: 1}),
            {4: 1, 1: 2, 2: 1, HOUSE: 3},
            id="component takes its parts",
        ),
        pytest.param(Structure(5, "pseudo"), {}, id="pseudo takes nothing"),
    ],
)
def test_vector_of_each_kind(structure, expected):
    structure_check(structure, KINDS)
    assert vector(structure) == expected


@pytest.mark.parametrize(
    ("structure", "text"),
    [
        (Structure(3, "virtual"), "names its base type"),
        (Structure(1, "standard", base_id=2), "names its base type"),
        (Structure(3, "virtual", base_id=4), "base of a virtual type must be a standard"),
        (Structure(3, "virtual", base_id=99), "base of a virtual type must be a standard"),
        (Structure(4, "component"), "names its parts"),
        (Structure(1, "standard", parts={2: 1}), "names its parts"),
        (Structure(4, "component", parts={3: 1}), "parts of a component type must be standard"),
        (Structure(4, "component", parts={1: 0}), "quantity of one or more"),
    ],
)
def test_structures_that_cannot_be_counted_are_refused(structure, text):
    with pytest.raises(StructureInvalid, match=text):
        structure_check(structure, KINDS)


def test_the_tightest_counter_decides():
    consumption = {4: 1, 1: 2, HOUSE: 2}
    assert sellable(consumption, {4: 3, 1: 5, HOUSE: 9}) == 2
    assert limiting(consumption, {4: 3, 1: 5, HOUSE: 9}) == [1]
    assert sellable(consumption, {4: 3, 1: 5, HOUSE: 3}) == 1
    assert limiting(consumption, {4: 1, 1: 5, HOUSE: 3}) == [4, HOUSE]


def test_a_missing_counter_holds_nothing_and_pseudo_types_are_never_offered():
    assert sellable({1: 1, HOUSE: 1}, {1: 5}) == 0
    assert sellable({}, {HOUSE: 5}) == 0


@given(
    consumption=st.dictionaries(st.integers(0, 5), st.integers(1, 4), min_size=1),
    free=st.dictionaries(st.integers(0, 5), st.integers(-3, 40)),
)
def test_selling_what_is_sellable_never_overdraws_and_one_more_always_would(consumption, free):
    rooms = sellable(consumption, free)
    assert rooms >= 0
    if rooms:
        assert all(free[counter] - rooms * quantity >= 0 for counter, quantity in consumption.items())
    assert any(free.get(counter, 0) - (rooms + 1) * quantity < 0 for counter, quantity in consumption.items())
