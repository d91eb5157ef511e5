"""What Today calls for at once."""

from datetime import date, datetime, time, timedelta

import pytest

from hotel.dashboard.selectors.attention import not_ready, oversold, payments_unclear
from hotel.folios.models import Payment
from hotel.properties.business_date import local_instant
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.front_desk import arrivals
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.selectors.inventory import NightCount
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.payments import payment_make

MINUTE = timedelta(minutes=1)


def count(room_type_id: int | None, sold: int, out_of_order: int = 0) -> NightCount:
    return NightCount(room_type_id, TODAY, 10, out_of_order, 5, sold, 0, 0, 0, 0)


def words(calls) -> list[str]:
    return [call.words for call in calls]


@pytest.fixture
def at(house):
    """What is called for at a time of the property's clock."""

    def asked(hour: int, minute: int = 0, day: date = TODAY) -> list[str]:
        instant: datetime = local_instant(house.place, day, time(hour, minute))
        return words(not_ready(house.place, list(arrivals(house.place.pk, TODAY)), instant))

    return asked


def test_more_sold_than_rooms_is_told_of_the_house_and_of_types(house, django_assert_num_queries):
    double, suite = house.double.pk, house.suite.pk
    with django_assert_num_queries(0):
        assert oversold(house.place.pk, [count(None, 10), count(double, 9, 1)]) == []
    with django_assert_num_queries(1):
        found = oversold(house.place.pk, [count(None, 11), count(double, 12), count(suite, 10)])
    assert words(found) == [
        "1 room more is sold tonight than the house has.",
        "Sold too often tonight: Dbl 2",
    ]
    assert {call.url for call in found} == {"/dashboard/availability"}
    assert words(oversold(house.place.pk, [count(None, 12, 1)])) == [
        "3 rooms more are sold tonight than the house has."
    ]


def test_a_guest_within_the_hour_without_a_room_or_with_one_that_is_not_ready(house, at):
    guest = guest_make(house.place, first_name="", last_name="Moser")
    stay = house.reserve(0, 1, eta=time(15, 0), primary_guest=guest)
    house.reserve(0, 1)  # nobody knows when
    assert at(13, 59) == []
    assert at(14) == ["Moser is expected at 15:00 and has no room."]
    assert at(9, day=TODAY + timedelta(1)) == at(14)

    room = house.rooms[0]
    room_assign(reservation=stay, room=room, actor=None)
    type(room).objects.filter(pk=room.pk).update(housekeeping_status="dirty")
    assert at(14) == ["Room 101 is not ready; Moser is expected at 15:00."]
    type(room).objects.filter(pk=room.pk).update(housekeeping_status="inspected")
    assert at(14) == []


def test_who_is_here_is_expected_no_more_and_a_confidential_name_is_not_told(house, at):
    first = house.reserve(0, 1, eta=time(15, 0))
    check_in(reservation=first, actor=None, room=house.rooms[0])
    assert at(16) == []

    second = house.reserve(0, 1, eta=time(15, 0))
    Reservation.objects.filter(pk=second.pk).update(is_confidential=True)
    assert at(16) == ["Confidential is expected at 15:00 and has no room."]


def test_payments_that_nobody_is_sure_of(house, django_assert_num_queries):
    payment = payment_make(house.place)
    assert payments_unclear(house.place.pk) == []
    Payment.objects.filter(pk=payment.pk).update(status="unknown")
    with django_assert_num_queries(1):
        (call,) = payments_unclear(house.place.pk)
    assert call == (
        f"Payment {payment.number} is being clarified with the processor.",
        f"/dashboard/payments/{payment.pk}",
    )
