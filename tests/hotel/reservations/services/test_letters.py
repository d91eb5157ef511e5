"""Letters about bookings: once each, in the guest's language, none without template or address."""

import pytest

from hotel.messaging.models import Message
from hotel.messaging.services.templates import templates_seed
from hotel.reservations.models import Booking, WaitlistOffer
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.letters import (
    cancellation_letter,
    confirmation_letter,
    day_text,
    instant_text,
    money_text,
    waitlist_letter,
)
from hotel.reservations.services.waitlist import waitlist_decline, waitlist_offer
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    templates_seed(place=cast.alpha)
    return house_make(cast.alpha)


@pytest.fixture
def ann(cast):
    return guest_make(cast.alpha, first_name="Ann", last_name="Lee", email="ann@example.com", language="en")


def test_a_booking_is_confirmed_once_with_number_total_and_terms(house, ann):
    booking = house.book(house.stay(), house.stay(5, 1), booker=ann).booking

    first, again = confirmation_letter(booking_id=booking.pk), confirmation_letter(booking_id=booking.pk)

    assert again == first
    assert Message.objects.count() == 1
    assert first.address == "ann@example.com"
    assert "Cancellation: Free of charge until Sun 14 Mar 2027 18:00 CET." in first.body
    for words in (booking.confirmation_number, "EUR 300.00", "15 March 2027", "Ann Lee"):
        assert words in first.body.replace("March 15, 2027", "15 March 2027"), words


def test_nobody_is_written_to_when_there_is_nothing_to_say_or_nobody_to_say_it_to(house, ann):
    silent = [
        house.book(house.stay()).booking.pk,
        house.book(house.stay(5), booker=guest_make(house.place)).booking.pk,
        house.book(house.stay(status="inquiry"), booker=ann).booking.pk,
        2**40,
    ]

    assert [confirmation_letter(booking_id=pk) for pk in silent] == [None] * 4
    assert not Message.objects.exists()


def test_without_a_template_there_is_no_letter(cast, ann):
    house = house_make(cast.alpha)

    assert confirmation_letter(booking_id=house.book(booker=ann).booking.pk) is None


def test_a_cancellation_is_confirmed_with_its_number_and_fee(noon, house, ann):
    row = house.book(house.stay(0), booker=ann).reservations[0]
    assert cancellation_letter(reservation_id=row.pk) is None, "it stands"
    reservation_cancel(reservation=row, actor=None)

    letter = cancellation_letter(reservation_id=row.pk)

    assert cancellation_letter(reservation_id=row.pk) == letter
    assert f"{row.number}-X2" in letter.body
    assert "EUR 100.00" in letter.body


def test_what_was_never_confirmed_or_has_no_guest_is_cancelled_without_a_letter(house, ann):
    inquiry = house.book(house.stay(status="inquiry"), booker=ann).reservations[0]
    nobody = house.reserve()
    for row in (inquiry, nobody):
        reservation_cancel(reservation=row, actor=None)
        assert cancellation_letter(reservation_id=row.pk) is None


def test_a_waiting_guest_learns_until_when_his_room_is_held_on_the_clock_of_the_house(house, ann):
    row = house.book(house.stay(status="waitlisted"), booker=ann).reservations[0]
    offer = waitlist_offer(reservation=row, hours=5)

    letter = waitlist_letter(offer_id=offer.pk)

    assert waitlist_letter(offer_id=offer.pk) == letter
    assert instant_text(offer.expires_at, house.place, "en") in letter.body
    assert f"{offer.expires_at.astimezone(house.place.zone):%H:%M}" in letter.body


def test_an_ended_offer_and_a_nameless_guest_get_none(house):
    offer = waitlist_offer(reservation=house.reserve(status="waitlisted"))
    assert waitlist_letter(offer_id=offer.pk) is None
    waitlist_decline(offer=offer)
    assert waitlist_letter(offer_id=offer.pk) is None
    assert WaitlistOffer.objects.count() == Booking.objects.count() == 1


def test_words_of_days_and_money(house):
    day = house.place.business_date
    assert [day_text(day, language) for language in ("de", "en-GB", "xx", "not a language")] == [
        "14. März 2027",
        "14 March 2027",
        "March 14, 2027",
        "March 14, 2027",
    ]
    assert money_text(house.reserve().total_amount) == "EUR 200.00"
