"""Several desks at once: one room is sold once, one number makes one booking, one room has one guest."""

from collections import Counter

import pytest

from hotel.core.exceptions import NotAvailable, PmsError
from hotel.reservations.models import Booking, PriceHold, Reservation, RoomAssignment
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.holds import hold_create
from hotel.reservations.services.lifecycle import reservation_confirm
from tests.cast import make_cast
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return house_make(make_cast().alpha, doubles=1)


def told(results) -> Counter:
    """How often each code was answered; unexpected errors come through."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, PmsError):
            raise result
    return Counter(result.code if isinstance(result, PmsError) else "done" for result in results)


def test_the_last_room_is_sold_once(house):
    results = together(*[house.reserve] * 6)

    assert told(results) == {"done": 1, "room_type_sold_out": 5}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert Reservation.objects.count() == Booking.objects.count() == 1
    assert violated() == []


def test_eight_copies_of_a_channels_number_make_one_booking(house):
    results = together(*[lambda: house.book(channel_code="ota", external_id="X-1")] * 8)

    assert told(results) == {"done": 8}
    assert len({result.booking.pk for result in results}) == 1
    assert sum(result.is_new for result in results) == 1
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_two_desks_give_one_room_to_one_guest():
    house = house_make(make_cast().alpha, doubles=2)
    rows = [house.reserve(), house.reserve()]
    room = house.rooms[0]

    results = together(*[lambda row=row: room_assign(reservation=row, room=room, actor=None) for row in rows])

    assert told(results) == {"done": 1, "room_taken": 1}
    (refused,) = [result for result in results if isinstance(result, NotAvailable)]
    assert "101" in refused.message
    assert RoomAssignment.objects.filter(room=room, released_at=None).count() == 1


def test_holding_booking_confirming_and_amending_compete_for_one_room(house):
    waiting = house.reserve(status="waitlisted")
    elsewhere = house.reserve(5, 1)
    stay = house.stay()
    moved = Amendment(arrival=stay.arrival, departure=stay.departure)

    results = together(
        lambda: hold_create(place=house.place, stay=stay, actor=None),
        house.reserve,
        lambda: reservation_confirm(reservation=waiting, actor=None),
        lambda: reservation_amend(reservation=elsewhere, amendment=moved, actor=None),
    )

    assert told(results) == {"done": 1, "room_type_sold_out": 3}
    taken = [
        sum(pair) for pair in zip(house.counted("sold", days=4), house.counted("held", days=4), strict=True)
    ]
    assert taken == [0, 1, 1, 0]
    assert PriceHold.objects.count() <= 1
    assert violated() == []


def test_a_stay_is_cancelled_once_by_two(house):
    row = house.reserve()

    results = together(*[lambda: reservation_cancel(reservation=row, actor=None)] * 2)

    assert told(results) == {"done": 1, "status_forbids": 1}
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
