"""Moves and their net effect."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rooms.domain.moves import Bucket, Move, deltas

D14, D15, D16 = (date(2027, 3, day) for day in (14, 15, 16))
VECTORS = {1: {1: 1, None: 1}, 4: {4: 1, 1: 2, None: 2}}


def test_a_change_of_dates_moves_only_the_difference():
    moves = [Move(1, D14, D16, Bucket.SOLD, -1), Move(1, D15, date(2027, 3, 17), Bucket.SOLD, 1)]
    assert deltas(moves, VECTORS) == {
        (1, D14, Bucket.SOLD): -1,
        (None, D14, Bucket.SOLD): -1,
        (1, D16, Bucket.SOLD): 1,
        (None, D16, Bucket.SOLD): 1,
    }


def test_a_pick_up_moves_between_buckets():
    moves = [Move(1, D14, D15, Bucket.BLOCKED, -1), Move(1, D14, D15, Bucket.SOLD, 1)]
    assert deltas(moves, VECTORS) == {
        (1, D14, Bucket.BLOCKED): -1,
        (None, D14, Bucket.BLOCKED): -1,
        (1, D14, Bucket.SOLD): 1,
        (None, D14, Bucket.SOLD): 1,
    }


@pytest.mark.parametrize(("start", "end", "quantity"), [(D15, D15, 1), (D16, D15, 1), (D14, D15, 0)])
def test_empty_moves_are_refused(start, end, quantity):
    with pytest.raises(ValueError):
        Move(1, start, end, Bucket.SOLD, quantity)


@given(st.lists(st.tuples(st.sampled_from([1, 4]), st.sampled_from(list(Bucket)), st.integers(1, 3))))
def test_taking_and_giving_back_the_same_moves_nothing(rows):
    taken = [Move(type_id, D14, D16, bucket, quantity) for type_id, bucket, quantity in rows]
    given_back = [Move(type_id, D14, D16, bucket, -quantity) for type_id, bucket, quantity in rows]
    assert deltas(taken + given_back, VECTORS) == {}
