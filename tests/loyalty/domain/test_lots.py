"""The law of lots: what was earned is what is left, spent, ended or owed, to the point."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.lots import (
    Balance,
    ClawBack,
    Lot,
    ShortOfPoints,
    Take,
    balance,
    claw_back,
    give_back,
    in_order,
    settled,
    spend,
)
from tests.pages import worked_table

DAY = date(2027, 3, 14)


def lot(id: int, left: int, *, expires: int | None = None, usable: int = -1, earned: int = -10) -> Lot:
    """A lot with its days counted from DAY."""
    ends = None if expires is None else DAY + timedelta(expires)
    return Lot(id, left, DAY + timedelta(earned), DAY + timedelta(usable), ends)


lots_of_anybody = st.lists(
    st.builds(
        lot,
        id=st.integers(1, 10_000),
        left=st.integers(0, 500),
        expires=st.none() | st.integers(-3, 30),
        usable=st.integers(-5, 5),
        earned=st.integers(-40, 0),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


def test_who_ends_first_is_spent_first_then_who_was_earned_first():
    lots = [lot(1, 10), lot(2, 10, expires=9), lot(3, 10, expires=2), lot(4, 10, expires=9, earned=-11)]
    assert [one.id for one in in_order(lots)] == [3, 4, 2, 1]
    assert spend(lots, 25, on=DAY) == (Take(3, 10), Take(4, 10), Take(2, 5))


def test_lots_alike_are_spent_in_the_order_of_their_rows():
    assert spend([lot(9, 5), lot(8, 5)], 6, on=DAY) == (Take(8, 5), Take(9, 1))


@pytest.mark.parametrize(
    ("one", "is_usable"),
    [
        (lot(1, 5, expires=0), True),
        (lot(1, 5, expires=-1), False),
        (lot(1, 5, usable=0), True),
        (lot(1, 5, usable=1), False),
        (lot(1, 0), False),
    ],
    ids=["its last day", "over", "its first day", "pending", "empty"],
)
def test_the_days_of_a_lot_are_inclusive(one, is_usable):
    assert one.is_usable(DAY) is is_usable


def test_too_few_points_say_how_many_are_missing():
    lots = [lot(1, 10), lot(2, 90, usable=1), lot(3, 50, expires=-1)]
    with pytest.raises(ShortOfPoints) as refused:
        spend(lots, 25, on=DAY)
    assert refused.value.missing == 15


@pytest.mark.parametrize("points", [0, -1])
def test_nothing_cannot_be_spent(points):
    with pytest.raises(ValueError, match="above zero"):
        spend([lot(1, 10)], points, on=DAY)


def test_a_balance_tells_pending_and_debt_apart_and_forgets_what_is_over():
    lots = [lot(1, 10), lot(2, 90, usable=1), lot(3, 50, expires=-1)]
    found = balance(lots, on=DAY, debt=120)
    assert found == Balance(usable=10, pending=90, debt=120)
    assert found.total == -20


@given(lots_of_anybody, st.integers(1, 3000))
def test_spending_takes_what_was_asked_or_refuses_with_the_difference(lots, points):
    usable = balance(lots, on=DAY).usable
    left = {one.id: one.left for one in lots}
    if points > usable:
        with pytest.raises(ShortOfPoints) as refused:
            spend(lots, points, on=DAY)
        assert refused.value.missing == points - usable
        return
    takes = spend(lots, points, on=DAY)
    assert sum(take.points for take in takes) == points
    assert all(0 < take.points <= left[take.lot_id] for take in takes)
    used = [one for one in in_order(lots) if one.is_usable(DAY)]
    assert [take.lot_id for take in takes] == [one.id for one in used[: len(takes)]]
    assert all(take.points == left[take.lot_id] for take in takes[:-1])


@given(lots_of_anybody, st.data())
def test_what_is_given_back_in_parts_is_in_the_end_as_if_never_spent(lots, data):
    usable = balance(lots, on=DAY).usable
    if not usable:
        return
    takes = spend(lots, data.draw(st.integers(1, usable)), on=DAY)
    out = {take.lot_id: take.points for take in takes}
    while whole := sum(out.values()):
        rest = [Take(take.lot_id, out[take.lot_id]) for take in takes]
        points = data.draw(st.integers(1, whole))
        back = give_back(rest, points)
        assert sum(take.points for take in back) == points
        for take in back:
            out[take.lot_id] -= take.points
        assert min(out.values()) >= 0
    assert set(out.values()) == {0}


def test_the_lot_taken_last_gets_its_points_first():
    assert give_back([Take(1, 10), Take(2, 5)], 7) == (Take(2, 5), Take(1, 2))


@pytest.mark.parametrize(
    ("before", "paid", "points", "back"),
    [
        (0, 3, 7, (Take(2, 2), Take(1, 2))),
        (0, 7, 7, ()),
        (3, 0, 4, (Take(2, 2), Take(1, 2))),
        (3, 4, 12, (Take(1, 8),)),
    ],
)
def test_what_pays_a_debt_is_what_would_have_returned_first(before, paid, points, back):
    assert give_back([Take(1, 10), Take(2, 5)], points, paid_before=before, paid=paid) == back


def test_what_paid_a_debt_does_not_come_back_again():
    with pytest.raises(ValueError, match="can go back"):
        give_back([Take(1, 10), Take(2, 5)], 13, paid_before=3)


@pytest.mark.parametrize("points", [0, -3, 16])
def test_no_more_goes_back_than_was_taken(points):
    with pytest.raises(ValueError, match="taken"):
        give_back([Take(1, 10), Take(2, 5)], points)


def test_a_correction_takes_from_the_very_lot_then_from_others_and_the_rest_is_owed():
    own, first, pending = lot(1, 30, expires=20), lot(2, 20, expires=5), lot(3, 15, usable=9)
    assert claw_back(own, [own, pending, first], 25) == ClawBack((Take(1, 25),), 0)
    assert claw_back(own, [own, pending, first], 60) == ClawBack((Take(1, 30), Take(2, 20), Take(3, 10)), 0)
    assert claw_back(own, [own], 100) == ClawBack((Take(1, 30),), 70)


@given(lots_of_anybody, st.integers(1, 5000))
def test_a_correction_loses_no_point(lots, points):
    found = claw_back(lot(20_000, 40), lots, points)
    assert sum(take.points for take in found.takes) + found.debt == points
    assert found.debt == max(points - 40 - sum(one.left for one in lots), 0)


@given(st.integers(0, 500), st.integers(0, 500))
def test_new_points_pay_a_debt_first(earned, debt):
    paid, left = settled(earned, debt)
    assert paid + left == earned
    assert (paid == debt) or left == 0


def test_the_page_spends_as_we_do():
    rows = worked_table("points", "Spending on 14 March 2027: 700 points")
    lots = [
        Lot(
            int(row["Lot"]),
            int(row["Left"]),
            date.fromisoformat(row["Earned"]),
            date.fromisoformat(row["Usable from"]),
            None if row["Last day"] == "never" else date.fromisoformat(row["Last day"]),
        )
        for row in rows
    ]
    taken = {take.lot_id: take.points for take in spend(lots, 700, on=DAY)}
    assert [taken.get(int(row["Lot"]), 0) for row in rows] == [int(row["Taken"]) for row in rows]
