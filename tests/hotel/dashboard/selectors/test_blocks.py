"""A block through its lenses."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.dashboard.selectors.blocks import block_grid
from hotel.reservations.models import BlockNight
from tests.cast import TODAY
from tests.factories.reservations import group_block_make, house_make


@pytest.fixture
def block(cast):
    """Two nights of a double, three rooms each; of the first night four were contracted and one is taken."""
    house = house_make(cast.alpha, doubles=5)
    made = group_block_make(house.place)
    first = BlockNight.objects.filter(block=made).earliest("night")
    BlockNight.objects.filter(pk=first.pk).update(contracted=4, picked_up=1)
    return made


@pytest.mark.parametrize(
    ("lens", "values", "total"),
    [("contracted", [4, 3], 7), ("current", [3, 3], 6), ("picked_up", [1, 0], 1), ("left", [2, 3], 5)],
)
def test_counts_with_their_sums(block, django_assert_num_queries, lens, values, total):
    with django_assert_num_queries(1):
        grid = block_grid(block, lens)
    (row,) = grid.rows
    assert (row.room_type.code, row.values, row.total) == ("DBL", values, total)
    assert (grid.totals, grid.total) == (values, total)
    assert grid.nights == [TODAY + timedelta(days=1), TODAY + timedelta(days=2)]


def test_rates_have_no_sum(block):
    BlockNight.objects.filter(block=block, night=TODAY + timedelta(days=2)).update(price=None)
    grid = block_grid(block, "rate")
    assert (grid.rows[0].values, grid.rows[0].total) == ([Money("80.000", "EUR"), None], None)
    assert (grid.totals, grid.total) == ([], None)
