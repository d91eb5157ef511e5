"""A block through its lenses."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from moneyed import Money

from hotel.dashboard.selectors.blocks import block_grid, pick_up_days
from hotel.reservations.models import BlockNight, Reservation
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.pick_up import RoomingRow, rooming_list_pick_up
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


def stays_on(block, days_ago, count=1, name="A"):
    """So many stays picked up from the block so many days ago."""
    rows = [
        RoomingRow(line, "", f"{name}{line}", "DBL", block.arrival, block.departure) for line in range(count)
    ]
    made = rooming_list_pick_up(block=block, rows=rows, actor=None)
    Reservation.objects.filter(pk__in=[stay.pk for stay in made]).update(
        booked_on=TODAY - timedelta(days=days_ago)
    )
    return made


def told(block):
    return [((TODAY - day.day).days, day.booked, day.given_back, day.total) for day in pick_up_days(block)]


def test_days_of_pick_up_add_up_to_what_is_picked_up(cast, django_assert_num_queries):
    block = group_block_make(house_make(cast.alpha, doubles=6).place, rooms=4)
    assert pick_up_days(block) == []
    stays_on(block, 9, 2)
    _kept, gone = stays_on(block, 4, 2, "B")
    with time_machine.travel(datetime.combine(TODAY, time(12), UTC) - timedelta(days=2)):
        reservation_cancel(reservation=gone, actor=None)
    with django_assert_num_queries(1):
        days = told(block)
    assert days == [(9, 4, 0, 4), (4, 4, 0, 8), (2, 0, 2, 6)]
    assert block_grid(block, "left").picked_up == 6


def test_nights_around_the_block_are_none_of_its_contract(cast):
    block = group_block_make(house_make(cast.alpha, doubles=6).place, rooms=1, shoulder_days=1)
    row = RoomingRow(2, "", "A", "DBL", block.arrival, block.departure + timedelta(days=1))
    rooming_list_pick_up(block=block, rows=[row], actor=None)
    assert told(block) == [(0, 2, 0, 2)]


def test_who_was_booked_past_the_block_is_no_pick_up(cast):
    house = house_make(cast.alpha, doubles=6)
    block = group_block_make(house.place)
    house.reserve()
    assert pick_up_days(block) == []
