"""Rooms that day use can have in some hours of a day, on the same rooms as the nights."""

from datetime import time, timedelta

import pytest

from hotel.properties.choices import SettingKey
from hotel.properties.services.settings import setting_set
from hotel.reservations.selectors.day_use import day_use_sellable
from hotel.reservations.services.assignment import room_assign
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make

HOURS = (time(10), time(16))


@pytest.fixture
def house(cast):
    house = house_make(cast.alpha, day_use_limit=2)
    house.day_plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(house.day_plan, house.double, "60")
    return house


def free(house, hours=HOURS, day=1) -> int:
    wanted = house.place.business_date + timedelta(days=day)
    return day_use_sellable(house.place, wanted, hours, [house.double])[house.double.pk]


def use(house, start, end):
    return house.reserve(1, 0, rate_plan=house.day_plan, day_use=(time(start), time(end)))


def test_an_empty_house_offers_its_pool_and_no_type_beyond_it(house):
    assert free(house) == 2
    assert free(house, day=59) == 2
    assert free(house, day=60) == 0


@pytest.mark.parametrize("is_assigned", [False, True])
@pytest.mark.parametrize(
    ("arrival", "nights", "eta", "hours", "left"),
    [
        (1, 2, None, (time(10), time(16)), 1),
        (1, 2, None, (time(10), time(14)), 2),
        (1, 2, None, (time(10), time(14, 1)), 1),
        (1, 2, time(18), (time(10), time(16)), 2),
        (0, 1, None, (time(10), time(16)), 1),
        (0, 1, None, (time(11), time(16)), 2),
        (0, 3, None, (time(12), time(14)), 1),
        (2, 2, None, (time(10), time(23, 59)), 2),
    ],
)
def test_nights_take_their_room_by_the_clock_whether_assigned_or_not(
    house, arrival, nights, eta, hours, left, is_assigned
):
    stay = house.reserve(arrival, nights, eta=eta)
    if is_assigned:
        room_assign(reservation=stay, room=house.rooms[0], actor=None)

    assert free(house, hours) == left


def test_a_guest_who_leaves_and_one_who_comes_later_share_one_room(house):
    house.reserve(0, 1)
    house.reserve(1, 1)

    assert free(house) == 1


def test_day_guests_count_in_the_pool_whatever_their_hours_and_need_a_room_in_theirs(house):
    use(house, 8, 10)
    house.reserve(0, 1)

    assert free(house, (time(10), time(12))) == 0
    assert free(house, (time(11), time(12))) == 1
    use(house, 14, 15)
    assert free(house, (time(12), time(14))) == 0


def test_the_turn_time_is_part_of_the_hours(house):
    house.reserve(1, 2)
    day = house.place.business_date

    setting_set(place=house.place, key=SettingKey.TURN_MINUTES, value=0, valid_from=day)

    assert [free(house, (time(10), end)) for end in (time(15), time(15, 1))] == [2, 1]
