from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.reservations.domain.blocks import (
    TRANSITIONS,
    Cell,
    attrition_rooms,
    blocked_by,
    deducts,
    difference,
    pick_up_refused,
)

N1, N2, N3 = date(2027, 3, 14), date(2027, 3, 15), date(2027, 3, 16)


@pytest.mark.parametrize(
    ("status", "control", "is_cut_off", "expected"),
    [
        ("definite", "elastic", False, True),
        ("tentative", "non_elastic", False, True),
        ("optional", "non_elastic", False, True),
        ("definite", "sell_limit", False, False),
        ("definite", "elastic", True, False),
        ("inquiry", "elastic", False, False),
        ("waitlist", "elastic", False, False),
        ("cancelled", "elastic", False, False),
    ],
)
def test_what_takes_rooms_from_the_house(status, control, is_cut_off, expected):
    assert deducts(status, control, is_cut_off=is_cut_off) is expected


def test_only_unpicked_rooms_are_held_back():
    cells = [Cell(1, N1, 5, 2), Cell(1, N2, 2, 2), Cell(2, N1, 1, 3)]

    assert blocked_by(cells, is_deducting=True) == {(1, N1): 3}
    assert blocked_by(cells, is_deducting=False) == {}


def test_the_difference_is_what_moves():
    assert difference({(1, N1): 3, (1, N2): 1}, {(1, N1): 1, (1, N3): 2, (1, N2): 1}) == {
        (1, N1): -2,
        (1, N3): 2,
    }


@given(
    st.dictionaries(st.tuples(st.integers(1, 3), st.just(N1)), st.integers(0, 9)),
    st.dictionaries(st.tuples(st.integers(1, 3), st.just(N1)), st.integers(0, 9)),
)
def test_before_plus_difference_is_after(before, after):
    change = difference(before, after)

    assert {k: before.get(k, 0) + change.get(k, 0) for k in {*before, *after}} == {
        k: after.get(k, 0) for k in {*before, *after}
    }


@pytest.mark.parametrize(
    ("case", "control", "nights", "shoulder", "expected"),
    [
        ("has rooms", "non_elastic", [N1], [], None),
        ("is empty", "non_elastic", [N1, N2], [], N2),
        ("is elastic", "elastic", [N1, N2], [], None),
        ("sell limit reached", "sell_limit", [N2], [], N2),
        ("outside the grid", "elastic", [N2, N3], [], N3),
        ("on a shoulder night", "non_elastic", [N1, N3], [N3], None),
    ],
)
def test_what_a_pick_up_may_have(case, control, nights, shoulder, expected):
    cells = {N1: Cell(1, N1, 2, 1), N2: Cell(1, N2, 2, 2)}

    assert pick_up_refused(cells, nights, control, shoulder) == expected


def test_attrition_is_owed_beyond_the_allowance():
    assert attrition_rooms(100, 70, Decimal("0.2")) == Decimal("10.0")
    assert attrition_rooms(100, 90, Decimal("0.2")) == 0


def test_every_status_a_block_can_reach_can_be_left():
    assert {target for targets in TRANSITIONS.values() for target in targets} <= set(TRANSITIONS)
