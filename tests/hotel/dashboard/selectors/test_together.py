"""Which stays could be one with a stay, and why others that touch it could not."""

import pytest

from hotel.dashboard.selectors.together import companions, neighbours
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def guest(house):
    return guest_make(house.place)


def whole(stay):
    return Reservation.objects.with_parts().with_rooms().get(pk=stay.pk)


def test_companions_are_of_the_same_guest_or_booking_and_not_over(house, guest, cast):
    first, second = house.book(house.stay(1, 2, primary_guest=guest), house.stay(1, 2)).reservations
    later = house.reserve(5, 1, primary_guest=guest)
    gone = house.reserve(7, 1, primary_guest=guest)
    reservation_cancel(reservation=gone, actor=None)
    house.reserve(9, 1)
    house_make(cast.beta).reserve(1, 2, primary_guest=guest)

    assert companions(first) == [second, later]
    assert companions(second) == [first]


def test_a_chain_without_a_gap_is_joinable(house, guest):
    stay = house.reserve(3, 2, primary_guest=guest)
    before, after, last = (
        house.reserve(start, nights, primary_guest=guest) for start, nights in ((1, 2), (5, 1), (6, 1))
    )
    house.reserve(8, 1, primary_guest=guest)

    found = neighbours(whole(stay), companions(stay))

    assert (found.joinable, found.apart) == ([before, after, last], [])


def test_what_touches_and_cannot_be_one_is_told_with_why(house, guest):
    stay = house.reserve(1, 2, primary_guest=guest)
    suite = house.reserve(3, 1, primary_guest=guest, room_type=house.suite)
    waiting = house.reserve(3, 2, primary_guest=guest, status="waitlisted")
    beyond = house.reserve(4, 1, primary_guest=guest)

    found = neighbours(whole(stay), companions(stay))

    assert found.joinable == []
    assert found.apart == [
        (suite, "They differ in room type."),
        (waiting, "Not possible while the reservation is waitlisted."),
    ]
    assert beyond not in [other for other, _ in found.apart]
