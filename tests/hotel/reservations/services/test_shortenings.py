"""The last nights of a stay are given back, and what is owed for them."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.reservations.models import BlockNight, ReservationNight
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.pick_up import block_pick_up
from hotel.reservations.services.shortenings import early_departure_fee, nights_from, nights_give_back
from tests.factories.reservations import group_block_make, house_make

DAY = timedelta(days=1)


@pytest.fixture
def stay(cast, noon):
    return house_make(cast.alpha).reserve(0, 4)


def test_nights_come_in_order_from_a_day_on(stay):
    found = nights_from(stay, stay.arrival + DAY)
    assert [(night.night - stay.arrival).days for night in found] == [1, 2, 3]
    assert nights_from(stay, stay.departure) == []


def test_rows_are_deleted_and_the_moves_give_them_back(stay):
    moves = nights_give_back(stay, nights_from(stay, stay.arrival + DAY))
    assert [(m.room_type_id, m.start, m.end, m.bucket.value, m.quantity) for m in moves] == [
        (stay.room_type_id, stay.arrival + DAY, stay.departure, "sold", -1)
    ]
    assert ReservationNight.objects.filter(reservation=stay).count() == 1


def test_what_is_owed_is_the_cancellation_of_those_nights_now(stay):
    nights = nights_from(stay, stay.arrival + 2 * DAY)
    fee = early_departure_fee(stay, nights)
    assert (fee.kind, fee.amount) == ("early_departure", Money(100, "EUR"))
    assert fee.text.startswith("The first night is owed since")
    stay.policies["cancellation"]["steps"][0] |= {"penalty": "percent", "share": "1"}
    assert early_departure_fee(stay, nights).amount == Money(200, "EUR")


def test_nothing_is_owed_for_no_nights_or_without_a_policy(stay):
    assert early_departure_fee(stay, []).amount == Money(0, "EUR")
    stay.policies = {}
    assert early_departure_fee(stay, nights_from(stay, stay.arrival)).amount == Money(0, "EUR")


def test_a_picked_up_night_returns_to_its_block(cast):
    house = house_make(cast.alpha, doubles=4)
    block = group_block_make(cast.alpha)
    data = BookingData(reservations=(house.stay(),))
    row = block_pick_up(block=block, data=data, actor=None).reservations[0]

    nights_give_back(row, nights_from(row, row.arrival + DAY))

    rows = BlockNight.objects.filter(block=block).order_by("night")
    assert list(rows.values_list("picked_up", flat=True)) == [1, 0]
