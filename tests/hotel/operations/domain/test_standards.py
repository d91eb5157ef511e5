"""What tasks weigh."""

from decimal import Decimal as D

import pytest

from hotel.operations.choices import CLEANS
from hotel.operations.domain.standards import SHARES, standard_credits, standard_minutes


@pytest.mark.parametrize(
    ("kind", "room", "credits"),
    [
        ("departure", "1.5", "1.50"),
        ("stayover", "1.25", "0.63"),
        ("linen", "1", "0.70"),
        ("deep", "1", "2.00"),
        ("delivery", "9", "0.00"),
    ],
)
def test_a_task_weighs_a_share_of_its_room(kind, room, credits):
    assert str(standard_credits(kind, D(room))) == credits


@pytest.mark.parametrize(
    ("credits", "minutes"), [("1", 30), ("0.63", 19), ("0.05", 2), ("0", 0), ("999.99", 30000)]
)
def test_minutes_are_whole(credits, minutes):
    assert standard_minutes(D(credits), 30) == minutes


def test_no_standard_is_longer_than_a_column():
    assert standard_minutes(D("999.99"), 480) == 32_767


def test_each_clean_weighs_something():
    assert set(CLEANS) <= SHARES.keys()
