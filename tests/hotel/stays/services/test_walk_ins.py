"""Guests who come without a booking, also after midnight."""

from datetime import timedelta

import pytest

from hotel.contracts.stays import StayCheckedIn
from hotel.core.exceptions import InvalidInput
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Booking, Reservation, ReservationChange
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.rooms.services.occupancy import RoomTaken
from hotel.stays.services.check_in import check_in
from hotel.stays.services.walk_ins import walk_in
from tests.cast import TODAY
from tests.hotel.stays.services.test_check_in import refused, told

DAY = timedelta(days=1)


def wanted(house, arrival=TODAY, nights=1):
    stay = ReservationData(
        room_type=house.double,
        rate_plan=house.plan,
        arrival=arrival,
        departure=TODAY + nights * DAY,
        occupancy=Occupancy(adults=1),
    )
    return BookingData(reservations=(stay,))


def test_a_walk_in_is_booked_roomed_and_in_house_in_one_step(house, cast):
    result = walk_in(place=house.place, data=wanted(house, nights=2), room=house.rooms[0], actor=cast.bo)

    row = result.reservation
    assert (row.status, row.is_walk_in, row.arrival, row.booked_on) == ("in_house", True, TODAY, TODAY)
    kinds = ReservationChange.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["created", "assigned", "checked_in"]
    assert [fact["is_walk_in"] for fact in told(StayCheckedIn)] == [True]
    assert house.counted("sold", days=3) == [1, 1, 0]


def test_after_midnight_it_is_still_last_night(house, noon):
    noon.shift(timedelta(hours=13))
    after_midnight = wanted(house, arrival=TODAY + DAY)

    row = walk_in(place=house.place, data=after_midnight, room=house.rooms[0], actor=None).reservation

    assert (row.arrival, row.departure) == (TODAY, TODAY + DAY)
    assert house.counted("sold", days=2) == [1, 0]


def test_a_room_that_is_taken_leaves_no_booking_behind(house, arrival):
    check_in(reservation=arrival, actor=None)
    before = Booking.objects.count()
    refused(
        "room_taken",
        lambda: walk_in(place=house.place, data=wanted(house), room=house.rooms[0], actor=None),
        RoomTaken,
    )
    assert (Booking.objects.count(), Reservation.objects.filter(is_walk_in=True).count()) == (before, 0)


def test_a_walk_in_is_one_stay(house):
    data = wanted(house)
    two = BookingData(reservations=data.reservations * 2)
    with pytest.raises(InvalidInput) as refusal:
        walk_in(place=house.place, data=two, room=house.rooms[0], actor=None)
    assert refusal.value.code == "one_stay"
