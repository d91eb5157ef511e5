"""Making bookings: all rooms or none, exact prices, one per channel number."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.domain import numbers
from hotel.reservations.models import (
    Booking,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationNight,
)
from hotel.rooms.services.inventory import NightsNotOpen, RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_booking_has_numbers_nights_prices_and_takes_inventory(house, cast):
    guest = guest_make(cast.alpha)

    result = house.book(actor=cast.bo, booker=guest)

    (reservation,) = result.reservations
    assert result.is_new
    assert numbers.is_valid(result.booking.confirmation_number)
    assert result.booking.confirmation_number.startswith("ALPHA-")
    assert reservation.number == f"{result.booking.confirmation_number}-1"
    stored = Reservation.objects.get()
    assert (stored.status, stored.version) == ("confirmed", 1)
    assert stored.total_amount == Money("200", "EUR")
    assert stored.booked_on == TODAY
    nights = ReservationNight.objects.order_by("night")
    assert [(n.night, n.total, n.room_gross) for n in nights] == [
        (TODAY + timedelta(days=1), Money("100", "EUR"), Money("100", "EUR")),
        (TODAY + timedelta(days=2), Money("100", "EUR"), Money("100", "EUR")),
    ]
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert house.house_counted("sold", days=4) == [0, 1, 1, 0]
    assert [(g.guest_id, g.role) for g in ReservationGuest.objects.all()] == [(guest.pk, "primary")]
    assert [(c.kind, c.actor, c.version) for c in ReservationChange.objects.all()] == [
        ("created", cast.bo, 1)
    ]
    topics = list(
        OutboxMessage.objects.filter(aggregate=f"reservation:{stored.pk}").values_list("topic", flat=True)
    )
    assert topics == ["ReservationCreated"]
    availability = OutboxMessage.objects.get(
        topic="AvailabilityChanged", payload__room_type_id=house.double.pk
    )
    assert availability.payload["first_night"] == "2027-03-15"
    assert availability.payload["last_night"] == "2027-03-16"


def test_several_rooms_are_sold_together(house):
    result = house.book(house.stay(), house.stay(), house.stay(room_type=house.suite))

    assert [row.number[-2:] for row in result.reservations] == ["-1", "-2", "-3"]
    assert house.counted("sold", days=4) == [0, 2, 2, 0]
    assert house.counted("sold", house.suite, days=4) == [0, 1, 1, 0]
    assert house.house_counted("sold", days=4) == [0, 3, 3, 0]


def test_one_room_too_many_sells_none(house):
    with pytest.raises(RoomTypeSoldOut) as refused:
        house.book(house.stay(), house.stay(), house.stay(arrival=2))

    assert refused.value.extra["night"] == "2027-03-16"
    assert not Booking.objects.exists()
    assert not Reservation.objects.exists()
    assert not OutboxMessage.objects.filter(topic="ReservationCreated").exists()
    assert house.counted("sold") == [0] * 8


@pytest.mark.parametrize("status", ["inquiry", "requested", "waitlisted"])
def test_what_is_not_promised_takes_no_inventory(house, status):
    house.book(house.stay(status=ReservationStatus(status)))

    assert house.counted("sold") == [0] * 8


def test_an_option_takes_inventory_until_it_expires(house):
    result = house.book(house.stay(status=ReservationStatus.OPTION))

    held = result.reservations[0].hold_expires_at - result.reservations[0].booked_at
    assert timedelta(hours=23, minutes=59) < held <= timedelta(hours=24, minutes=1)
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_the_same_channel_number_answers_with_the_first_booking(house):
    first = house.book(channel_code="ota", external_id="X1")
    again = house.book(house.stay(arrival=5), channel_code="ota", external_id="X1")
    other_channel = house.book(house.stay(arrival=5), channel_code="web", external_id="X1")

    assert again.booking == first.booking
    assert [row.pk for row in again.reservations] == [row.pk for row in first.reservations]
    assert (first.is_new, again.is_new, other_channel.is_new) == (True, False, True)
    assert Booking.objects.count() == 2


def test_a_stay_over_the_end_of_the_year_has_each_night_once(cast):
    cast.alpha.business_date = date(2027, 12, 28)
    cast.alpha.save()
    house = house_make(cast.alpha, since=date(2027, 12, 1))

    house.book(house.stay(arrival=2, nights=4))

    assert list(ReservationNight.objects.order_by("night").values_list("night", flat=True)) == [
        date(2027, 12, 30),
        date(2027, 12, 31),
        date(2028, 1, 1),
        date(2028, 1, 2),
    ]


def test_yen_have_no_minor_unit(cast):
    house = house_make(cast.beta, price="12000")

    result = house.book(house.stay(discount_rate=Decimal("0.125"), nights=3))

    assert result.reservations[0].total_amount == Money("31500", "JPY")


@pytest.mark.parametrize(
    ("over", "error", "code"),
    [
        ({"arrival": -1}, RuleBroken, "arrival_in_past"),
        ({"nights": 0}, InvalidInput, "dates_invalid"),
        ({"nights": 367}, InvalidInput, "dates_invalid"),
        ({"occupancy": Occupancy(adults=0)}, InvalidInput, "party_invalid"),
        ({"occupancy": Occupancy(adults=4)}, RuleBroken, "occupancy_exceeded"),
        ({"occupancy": Occupancy(adults=2, children=(("child", 3),))}, RuleBroken, "occupancy_exceeded"),
        ({"occupancy": Occupancy(adults=1, children=(("puppy", 1),))}, InvalidInput, "age_band_unknown"),
        ({"status": ReservationStatus.IN_HOUSE}, InvalidInput, "status_invalid"),
        ({"discount_rate": Decimal("1.5")}, InvalidInput, "discount_invalid"),
        ({"prices": {TODAY: Money(1, "EUR")}}, InvalidInput, "price_invalid"),
        ({"prices": {TODAY + timedelta(days=1): Money(1, "USD")}}, InvalidInput, "price_invalid"),
        ({"arrival": 70}, NightsNotOpen, "nights_not_open"),
    ],
)
def test_what_makes_no_stay_is_refused(house, over, error, code):
    with pytest.raises(error) as refused:
        house.reserve(**over)

    assert refused.value.code == code
    assert not Booking.objects.exists()


def test_a_guest_the_house_does_not_rent_to_needs_an_override_with_a_reason(house, cast):
    guest = guest_make(cast.alpha)
    guest.is_do_not_rent = True

    with pytest.raises(RuleBroken) as refused:
        house.book(booker=guest, actor=cast.ada)
    assert refused.value.code == "guest_do_not_rent"

    assert house.book(booker=guest, actor=cast.ada, override_reason="Paid what he owed.").is_new


def test_children_are_sorted_into_bands_by_age(house):
    row = house.reserve(occupancy=Occupancy(adults=1, child_ages=(3, 14)))

    assert (row.adults, row.children, row.child_ages) == (2, {"child": 1}, [3])
