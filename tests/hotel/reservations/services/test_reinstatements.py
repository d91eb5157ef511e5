"""Standing again leaves nothing behind of how the stay ended."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.properties.models import Property
from hotel.reservations.models import BlockNight, GroupBlock, Reservation
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.reservations.services.lifecycle import options_expire
from hotel.reservations.services.pick_up import block_pick_up
from hotel.reservations.services.reinstatements import booking_reinstate, reservation_reinstate
from tests.factories.rates import city_tax_make, restriction_make
from tests.factories.reservations import group_block_make, house_make
from tests.hotel.reservations.test_invariants import violated


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_an_option_that_ran_out_stands_again_as_confirmed_and_is_held_no_more(house, cast):
    row = house.reserve(status="option")
    Reservation.objects.update(hold_expires_at=now() - timedelta(seconds=1))
    options_expire(property_id=house.place.pk)

    result = reservation_reinstate(reservation=row, actor=cast.bo)

    stored = Reservation.objects.get()
    assert (stored.status, stored.hold_expires_at, stored.cancelled_at) == ("confirmed", None, None)
    assert stored.confirmed_at is not None
    assert result.fees == ()
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert violated() == []


def test_a_booking_that_stands_has_nothing_to_reinstate(house):
    with pytest.raises(Conflict) as refused:
        booking_reinstate(booking=house.book().booking, actor=None)
    assert refused.value.code == "nothing_to_reinstate"


@pytest.mark.parametrize("status", ["inquiry", "waitlisted"])
def test_what_never_was_confirmed_is_asked_for_its_rules(house, cast, status):
    row = house.reserve(status=status)
    restriction_make(house.place, "closed", row.arrival, row.departure)
    reservation_cancel(reservation=row, actor=None)

    with pytest.raises(RuleBroken) as refused:
        reservation_reinstate(reservation=row, actor=cast.di)
    with pytest.raises(RuleBroken):
        booking_reinstate(booking=row.booking, actor=None)

    assert refused.value.code == "rate_restrictions_violated"
    assert Reservation.objects.get().status == "cancelled"
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    reservation_reinstate(reservation=row, actor=cast.ada, reason="Agreed with the manager.")
    assert Reservation.objects.get().status == "confirmed"


def test_what_was_confirmed_is_not_asked_again(house):
    row = house.reserve()
    reservation_cancel(reservation=row, actor=None)
    restriction_make(house.place, "closed", row.arrival, row.departure)

    reservation_reinstate(reservation=row, actor=None)

    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_a_late_reinstatement_counts_the_nights_of_a_capped_tax_anew(house):
    city_tax_make(house.place, max_nights=2)
    row = house.reserve(0, 4)
    assert Reservation.objects.get().total_amount == Money(408, "EUR")
    reservation_no_show(reservation=row, actor=None)
    Property.objects.filter(pk=house.place.pk).update(business_date=row.arrival + timedelta(days=1))

    reservation_reinstate(reservation=row, actor=None)

    stored = Reservation.objects.get()
    assert [night.total.amount for night in stored.nights.order_by("night")] == [104, 104, 100]
    assert stored.total_amount == Money(308, "EUR")
    assert violated() == []


def test_a_stay_of_a_cancelled_block_stands_again_in_a_room_of_the_house(house):
    block = group_block_make(house.place, rooms=1)
    data = BookingData(reservations=(house.stay(),))
    row = block_pick_up(block=block, data=data, actor=None).reservations[0]
    reservation_cancel(reservation=row, actor=None)
    GroupBlock.objects.update(status="cancelled")

    reservation_reinstate(reservation=row, actor=None)

    stored = Reservation.objects.get()
    assert (stored.status, stored.block_id) == ("confirmed", None)
    assert set(BlockNight.objects.values_list("picked_up", flat=True)) == {0}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
