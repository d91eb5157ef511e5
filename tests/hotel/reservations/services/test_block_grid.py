"""The grid of a block and what it holds back from the house."""

from datetime import timedelta

import pytest

from hotel.reservations.models import GroupBlock
from hotel.reservations.services.block_grid import (
    BlockFullyBooked,
    block_locked,
    blocked_moves,
    cells_of,
    grid_check,
    held_by,
    picked_up_changed,
    returned_to_blocks,
    taken_from_blocks,
)
from hotel.rooms.services.inventory import Bucket, Move
from tests.cast import TODAY
from tests.factories.reservations import group_block_make, house_of

ONE, TWO, THREE = (TODAY + timedelta(days=n) for n in (1, 2, 3))


@pytest.fixture
def block(cast):
    return group_block_make(cast.alpha)


def test_equal_neighbours_are_one_move():
    assert blocked_moves({(7, ONE): 3, (7, TWO): 3}, {(7, ONE): 1, (7, TWO): 1, (8, TWO): 2}) == [
        Move(7, ONE, THREE, Bucket.BLOCKED, -2),
        Move(8, TWO, THREE, Bucket.BLOCKED, 2),
    ]


def test_counting_a_pick_up_says_what_is_held_back_no_more_and_shows_in_the_version(block):
    kind = house_of(block.property).double.pk

    moves = picked_up_changed(block_locked(block.pk), {(kind, ONE), (kind, THREE), (999, ONE)}, 1)

    assert moves == [Move(kind, ONE, TWO, Bucket.BLOCKED, -1)]
    assert [(c.night, c.picked_up) for c in cells_of(block)] == [(ONE, 1), (TWO, 0)]
    assert held_by(block) == {(kind, ONE): 2, (kind, TWO): 3}
    assert GroupBlock.objects.get().version == block.version + 1


def test_stays_outside_blocks_touch_none():
    assert returned_to_blocks([], None) == taken_from_blocks([], None) == []


def test_nights_outside_the_grid_are_the_callers_to_allow(block):
    kind = house_of(block.property).double.pk
    grid_check(block, kind, [TWO, THREE], outside=[THREE])
    with pytest.raises(BlockFullyBooked) as refused:
        grid_check(block, kind, [TWO, THREE], outside=[])
    assert refused.value.extra == {"block": block.pk, "night": "2027-03-17"}
