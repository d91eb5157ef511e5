"""What a stay takes from the counters and gives back."""

from datetime import date

from hotel.reservations.models import PriceHold
from hotel.reservations.services.moves import hold_moves, sold_moves
from hotel.rooms.services.inventory import Bucket, Move

ONE, TWO, FOUR = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 4)
THREE, FIVE = date(2027, 3, 3), date(2027, 3, 5)


def test_runs_without_a_gap_are_one_move_each():
    assert sold_moves({(7, ONE), (7, TWO), (7, FOUR)}) == [
        Move(7, ONE, THREE, Bucket.SOLD, 1),
        Move(7, FOUR, FIVE, Bucket.SOLD, 1),
    ]


def test_what_is_taken_and_given_back_costs_nothing_and_releases_come_first():
    assert sold_moves({(7, TWO), (7, THREE)}, released={(7, ONE), (7, TWO)}) == [
        Move(7, ONE, TWO, Bucket.SOLD, -1),
        Move(7, THREE, FOUR, Bucket.SOLD, 1),
    ]


def test_day_use_has_a_pool_of_its_own():
    assert sold_moves({(7, ONE)}, is_day_use=True) == [Move(7, ONE, TWO, Bucket.DAY_SOLD, 1)]


def test_a_hold_moves_all_its_nights():
    hold = PriceHold(room_type_id=7, arrival=ONE, departure=FOUR)
    assert hold_moves(hold, -2) == [Move(7, ONE, FOUR, Bucket.HELD, -2)]
