"""More than one stay out of one."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.rates.models import RatePrice
from hotel.reservations.models import Booking, Reservation, ReservationGuest, ReservationNight
from hotel.reservations.services.copies import booking_split, reservation_copy, reservation_split
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_splitting_keeps_every_night_and_its_price(house, cast):
    guest = guest_make(cast.alpha)
    row = house.reserve(nights=3, primary_guest=guest, prices={day(3): Money(60, "EUR")})

    first, second = reservation_split(reservation=row, at=day(3), actor=cast.bo)

    one, two = Reservation.objects.order_by("pk")
    assert (one.arrival, one.departure, one.total_amount, one.version) == (
        day(1),
        day(3),
        Money(200, "EUR"),
        2,
    )
    assert (two.arrival, two.departure, two.total_amount, two.version) == (
        day(3),
        day(4),
        Money(60, "EUR"),
        1,
    )
    assert two.number == f"{row.booking.confirmation_number}-2"
    assert two.policies == one.policies
    assert list(ReservationNight.objects.filter(reservation=two).values_list("night", flat=True)) == [day(3)]
    assert ReservationGuest.objects.filter(reservation=two, guest=guest, role="primary").exists()
    assert house.counted("sold", days=5) == [0, 1, 1, 1, 0]
    assert (first.reservation.pk, second.reservation.pk) == (one.pk, two.pk)


@pytest.mark.parametrize("offset", [1, 3, 9])
def test_a_split_outside_the_stay_is_refused(house, cast, offset):
    row = house.reserve()

    with pytest.raises(InvalidInput) as refused:
        reservation_split(reservation=row, at=day(offset), actor=cast.bo)

    assert refused.value.code == "split_outside_stay"
    assert Reservation.objects.count() == 1


def test_one_night_is_not_split(house, cast):
    row = house.reserve(nights=1)

    with pytest.raises(Conflict) as refused:
        reservation_split(reservation=row, at=day(2), actor=cast.bo)

    assert refused.value.code == "nothing_to_split"


def test_rooms_leave_a_booking_for_one_of_their_own(house, cast):
    booking = house.book(house.stay(), house.stay(), external_id="X1", channel_code="ota").booking
    _, second = booking.reservations.order_by("pk")

    new = booking_split(booking=booking, reservations=[second], actor=cast.bo)

    assert new.confirmation_number != booking.confirmation_number
    assert (new.external_id, new.channel_code) == ("", "ota")
    assert list(new.reservations.values_list("number", flat=True)) == [second.number]
    assert booking.reservations.count() == 1
    assert house.counted("sold", days=4) == [0, 2, 2, 0]
    with pytest.raises(InvalidInput):
        booking_split(booking=booking, reservations=list(booking.reservations.all()), actor=cast.bo)
    assert Booking.objects.count() == 2


def test_a_copy_is_sold_at_todays_price_in_the_same_booking(house, cast):
    guest, other = guest_make(cast.alpha), guest_make(cast.alpha)
    row = house.reserve(primary_guest=guest, guests=((other, "sharer"),))
    RatePrice.objects.filter(room_type=house.double).update(amount=Money(130, "EUR"))

    result = reservation_copy(reservation=row, actor=cast.bo, arrival=day(4), departure=day(5))

    new = result.reservation
    assert (new.booking_id, new.number[-2:], new.version) == (row.booking_id, "-2", 1)
    assert new.total_amount == Money(130, "EUR")
    assert set(new.guests.values_list("guest_id", "role")) == {(guest.pk, "primary"), (other.pk, "sharer")}
    assert house.counted("sold", days=6) == [0, 1, 1, 0, 1, 0]


def test_a_copy_needs_a_room(house, cast):
    row = house.reserve()
    house.reserve()

    with pytest.raises(RoomTypeSoldOut):
        reservation_copy(reservation=row, actor=cast.bo)
    with pytest.raises(RuleBroken) as refused:
        reservation_copy(reservation=row, actor=cast.bo, arrival=day(4))

    assert refused.value.code == "departure_required"
    assert Reservation.objects.count() == 2
