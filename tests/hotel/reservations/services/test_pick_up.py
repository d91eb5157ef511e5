"""Picking up rooms of a block: counted once, whatever arrives twice or changes later."""

from datetime import date, timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.locks import LockRefused
from hotel.rates.models import RatePrice
from hotel.reservations.models import BlockNight, Booking, Reservation
from hotel.reservations.services import blocks, pick_up
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.block_grid import BlockFullyBooked
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.bookings import booking_create
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.pick_up import block_pick_up, rooming_list_pick_up
from hotel.reservations.services.reinstatements import reservation_reinstate
from tests.factories.guests import company_make
from tests.factories.reservations import group_block_make, house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def pick(house, block, **over):
    stay = house.stay(**over.pop("stay", {}))
    result = block_pick_up(block=block, data=BookingData(reservations=(stay,), **over), actor=None)
    return Reservation.objects.with_parts().get(pk=result.reservations[0].pk)


def picked(block):
    return list(BlockNight.objects.filter(block=block).order_by("night").values_list("picked_up", flat=True))


def test_a_pick_up_has_the_groups_company_name_and_price(house):
    company = company_make(house.place)
    block = group_block_make(house.place, company=company)

    row = pick(house, block)

    assert (row.booking.company, row.booking.group_name, row.total_amount) == (
        company,
        "Wedding",
        Money(160, "EUR"),
    )
    block.refresh_from_db()
    assert block.version == 2


def test_a_channels_number_sent_again_picks_up_nothing_more(house):
    block = group_block_make(house.place)
    sent = {"channel_code": "ota", "external_id": "G-1"}

    first, again = pick(house, block, **sent), pick(house, block, **sent)

    assert again == first
    assert picked(block) == [1, 1]
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 2, 2], [0, 1, 1])


def test_a_copy_that_came_past_the_block_meanwhile_undoes_the_count(house, monkeypatch):
    block = group_block_make(house.place)
    data = BookingData(reservations=(house.stay(),), channel_code="ota", external_id="G-1")

    def meanwhile(**values):
        """The copy commits between our look and our insert."""
        if not Booking.objects.exists():
            booking_create(place=house.place, data=data, actor=None)

    monkeypatch.setattr(pick_up, "booking_of_channel", meanwhile)

    with pytest.raises(LockRefused):
        block_pick_up(block=block, data=data, actor=None)

    assert picked(block) == [0, 0]
    assert house.counted("blocked", days=3) == [0, 3, 3]


@pytest.mark.parametrize("status", ["inquiry", "requested", "waitlisted"])
def test_what_takes_no_inventory_is_not_picked_up(house, status):
    block = group_block_make(house.place)

    with pytest.raises(InvalidInput) as refused:
        pick(house, block, stay={"status": status})

    assert refused.value.code == "status_invalid"
    assert picked(block) == [0, 0]


def test_a_mistyped_year_is_refused_before_its_nights_are_listed(house, monkeypatch):
    block = group_block_make(house.place)
    monkeypatch.setattr(blocks, "nights_between", lambda *dates: pytest.fail("listed"))

    with pytest.raises(InvalidInput) as refused:
        pick(house, block, stay={"departure": date(9999, 12, 31)})

    assert refused.value.code == "dates_invalid"
    assert picked(block) == [0, 0]


def test_a_stay_that_grows_within_the_grid_needs_a_room_of_the_block(house):
    block = group_block_make(house.place, rooms=1)
    row = pick(house, block, stay={"nights": 1})
    second = house.stay(2, 1)
    pick(house, block, stay={"arrival": 2, "nights": 1})
    before = (picked(block), house.counted("sold", days=4), house.counted("blocked", days=4))

    with pytest.raises(BlockFullyBooked) as refused:
        reservation_amend(reservation=row, amendment=Amendment(departure=second.departure), actor=None)

    assert refused.value.extra == {"block": block.pk, "night": "2027-03-16"}
    row.refresh_from_db()
    assert (row.departure, row.version) == (second.arrival, 1)
    assert (picked(block), house.counted("sold", days=4), house.counted("blocked", days=4)) == before


def test_a_stay_that_grows_beyond_the_grid_takes_those_nights_from_the_house(house):
    block = group_block_make(house.place, rooms=1)
    row = pick(house, block)

    reservation_amend(
        reservation=row, amendment=Amendment(departure=row.departure + timedelta(days=1)), actor=None
    )

    assert picked(block) == [1, 1]
    assert (house.counted("blocked", days=5), house.counted("sold", days=5)) == ([0] * 5, [0, 1, 1, 1, 0])


def test_a_night_added_within_the_grid_has_the_groups_price(house):
    block = group_block_make(house.place)
    row = pick(house, block, stay={"nights": 1})

    reservation_amend(
        reservation=row, amendment=Amendment(departure=row.departure + timedelta(days=2)), actor=None
    )

    totals = row.nights.order_by("night").values_list("total", flat=True)
    assert list(totals) == [80, 80, 100], "the last night lies outside the grid"


def test_prices_by_hand_are_measured_by_the_groups_price_against_the_sellers_limit(house, cast):
    block, stay = group_block_make(house.place), house.stay()

    def picked_at(amount):
        prices = {stay.arrival: Money(amount, "EUR")}
        data = BookingData(reservations=(house.stay(prices=prices),))
        return block_pick_up(block=block, data=data, actor=cast.bo).reservations[0].total_amount

    assert picked_at(72) == Money(152, "EUR"), "ten percent off the 80 of the group is Bo's limit"
    with pytest.raises(RuleBroken) as refused:
        picked_at(71)
    assert refused.value.code == "discount_above_limit"
    assert picked(block) == [1, 1]


def test_the_groups_price_needs_no_rate_and_no_right(house, cast):
    block = group_block_make(house.place)
    RatePrice.objects.all().delete()

    data = BookingData(reservations=(house.stay(),))
    result = block_pick_up(block=block, data=data, actor=cast.bo)

    assert result.reservations[0].total_amount == Money(160, "EUR")


def test_reinstating_is_refused_when_the_groups_room_has_gone_to_another(house):
    block = group_block_make(house.place, rooms=1)
    row = pick(house, block)
    reservation_cancel(reservation=row, actor=None)
    pick(house, block)

    with pytest.raises(BlockFullyBooked):
        reservation_reinstate(reservation=row, actor=None)

    row.refresh_from_db()
    assert (row.status, picked(block), house.counted("sold", days=3)) == ("cancelled", [1, 1], [0, 1, 1])


@pytest.mark.parametrize("count", [0, 1001])
def test_a_rooming_list_has_one_to_a_thousand_lines(house, count):
    with pytest.raises(InvalidInput) as refused:
        rooming_list_pick_up(block=group_block_make(house.place), rows=[None] * count, actor=None)

    assert refused.value.code == "rooming_list_size"
