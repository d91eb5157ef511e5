"""Pools: who may spend points of others, how many, and of which lots."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.lots import Lot, ShortOfPoints, Take
from loyalty.domain.pools import Spender, Terms, in_words, open_part, opens_more, pay, refusal
from tests.pages import worked_table

TODAY = date(2027, 3, 14)
DAY = timedelta(days=1)


def lot(id, left, expires_on=None):
    return Lot(id, left, TODAY, TODAY, expires_on)


def test_as_the_page_says():
    rows = worked_table("points", "Anna redeems 900 points of a pool of which half is open")
    own, others = [], []
    for n, row in enumerate(rows):
        one = lot(
            n, int(row["Left"]), None if row["Last day"] == "never" else date.fromisoformat(row["Last day"])
        )
        if row["Member"] == "Anna":
            own.append(one)
        else:
            others.append(open_part(Terms(share_percent=50), one, int(row["Earned"])))
            assert others[-1].left == int(row["Open"])
    takes = {take.lot_id: take.points for take in pay(own, others, 900, on=TODAY)}
    assert [takes.get(n, 0) for n in range(len(rows))] == [int(row["Taken"]) for row in rows]


@pytest.mark.parametrize(
    ("left", "points", "share", "open"),
    [
        (100, 100, 100, 100),
        (100, 100, 50, 50),
        (50, 100, 50, 0),
        (30, 100, 50, 0),
        (75, 101, 33, 7),
        (9, 9, 1, 0),
    ],
)
def test_the_part_of_the_member_is_never_open(left, points, share, open):
    assert open_part(Terms(share_percent=share), lot(1, left), points).left == open


def test_own_points_come_first_even_when_they_never_end():
    takes = pay([lot(1, 60)], [lot(2, 50, TODAY), lot(3, 50, TODAY + DAY)], 120, on=TODAY)
    assert takes == (Take(1, 60), Take(2, 50), Take(3, 10))
    assert pay([lot(1, 60)], [lot(2, 50, TODAY)], 60, on=TODAY) == (Take(1, 60),)
    assert pay([], [lot(2, 50)], 50, on=TODAY) == (Take(2, 50),)


@given(
    own=st.lists(st.integers(0, 50), max_size=4),
    others=st.lists(st.integers(0, 50), max_size=6),
    points=st.integers(1, 400),
)
def test_it_pays_just_the_points_or_says_how_many_are_missing(own, others, points):
    mine = [lot(n, left) for n, left in enumerate(own)]
    theirs = [lot(100 + n, left) for n, left in enumerate(others)]
    there = {one.id: one.left for one in (*mine, *theirs)}
    if points > sum(there.values()):
        with pytest.raises(ShortOfPoints) as short:
            pay(mine, theirs, points, on=TODAY)
        assert short.value.missing == points - sum(there.values())
        return
    takes = pay(mine, theirs, points, on=TODAY)
    assert sum(take.points for take in takes) == points
    assert all(0 < take.points <= there[take.lot_id] for take in takes)
    assert sum(take.points for take in takes if take.lot_id < 100) == min(points, sum(own))


HEAD = Spender(is_head=True, joined_on=TODAY)


@pytest.mark.parametrize(
    ("terms", "spender", "code"),
    [
        (Terms(), Spender(is_head=False, joined_on=TODAY), ""),
        (Terms(head_only=True), Spender(is_head=False, joined_on=TODAY), "pool_head_only"),
        (Terms(head_only=True), HEAD, ""),
        (Terms(waiting_days=1), HEAD, "pool_waiting"),
        (Terms(waiting_days=1), Spender(is_head=False, joined_on=TODAY - DAY), ""),
        (Terms(member_limit=149), Spender(is_head=False, joined_on=TODAY, spent=50), "pool_limit_reached"),
        (Terms(member_limit=150), Spender(is_head=False, joined_on=TODAY, spent=50), ""),
        (Terms(member_limit=1), HEAD, ""),
    ],
)
def test_who_may_spend_a_hundred(terms, spender, code):
    found, words = refusal(terms, spender, 100, TODAY)
    assert (found, bool(words)) == (code, bool(code))


def test_it_is_read_back():
    assert in_words(Terms(), 6) == "Up to 6 members; all spend points of others."
    terms = Terms(share_percent=50, head_only=True, member_limit=5000, waiting_days=30)
    assert in_words(terms, 50) == (
        "Up to 50 members; the head alone spends points of others; 50 % of each lot is open to them; at most 5,000 a year "
        "by one who is not the head; from 30 days after joining on."
    )


AGREED = Terms(share_percent=50, head_only=True, member_limit=100, waiting_days=30)


@pytest.mark.parametrize(("change", "opens"), [
    ({}, False), ({"share_percent": 51}, True), ({"share_percent": 49}, False), ({"head_only": False}, True),
    ({"member_limit": 101}, True), ({"member_limit": None}, True), ({"member_limit": 99}, False),
    ({"waiting_days": 29}, True), ({"waiting_days": 31}, False), ({"share_percent": 1, "waiting_days": 0}, True),
])  # fmt: skip
def test_what_opens_more_than_was_agreed(change, opens):
    assert opens_more(AGREED, replace(AGREED, **change)) is opens
    assert opens_more(Terms(), AGREED) is False
