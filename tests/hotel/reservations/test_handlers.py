"""What happens here when something has happened: letters, links, figures, rooms for those who wait."""

import pytest

from hotel.core.models import OutboxMessage
from hotel.guests.models import ProfileAtProperty
from hotel.messaging.models import Message
from hotel.messaging.services.templates import templates_seed
from hotel.reservations.models import Reservation, WaitlistOffer
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.reservations.services.details import reservation_describe
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.waitlist import waitlist_decline
from tests.factories.guests import company_make, guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    templates_seed(place=cast.alpha)
    return house_make(cast.alpha, doubles=1)


@pytest.fixture
def ann(cast):
    return guest_make(cast.beta, first_name="Ann", last_name="Lee", email="ann@example.com")


def letters() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("template_code", flat=True))


def figures(guest, place) -> tuple:
    profile = ProfileAtProperty.objects.get(guest=guest, property=place)
    return profile.stays, profile.cancellations, profile.no_shows


def test_a_booking_makes_its_guest_known_at_the_house_and_is_confirmed_by_one_letter(house, ann, drain):
    house.book(booker=ann)
    assert not ProfileAtProperty.objects.filter(guest=ann, property=house.place).exists()

    drain()
    drain()

    assert ProfileAtProperty.objects.filter(guest=ann, property=house.place).count() == 1
    assert letters() == ["booking_confirmation"]


def test_what_is_confirmed_later_is_written_of_then_and_other_changes_are_not(house, ann, drain):
    row = house.book(house.stay(status="inquiry"), booker=ann).reservations[0]
    reservation_describe(reservation=row, changes={"eta": None}, actor=None)
    drain()
    assert letters() == []

    reservation_confirm(reservation=row, actor=None)
    drain()

    assert letters() == ["booking_confirmation"]


def test_a_cancellation_is_written_of_and_counted_and_a_reinstatement_takes_it_off(house, ann, drain):
    row = house.book(booker=ann).reservations[0]
    drain()
    reservation_cancel(reservation=row, actor=None)
    drain()
    assert letters() == ["booking_confirmation", "booking_cancelled"]
    assert figures(ann, house.place) == (0, 1, 0)

    reservation_reinstate(reservation=row, actor=None)
    drain()
    assert figures(ann, house.place) == (0, 0, 0)


def test_a_no_show_is_counted_for_guest_and_company(house, ann, drain):
    company = company_make(house.place)
    row = house.book(house.stay(0), booker=ann, company=company).reservations[0]
    drain()
    reservation_no_show(reservation=row, actor=None)
    drain()

    assert figures(ann, house.place) == (0, 0, 1)
    assert ProfileAtProperty.objects.get(company=company, property=house.place).no_shows == 1


def test_a_stay_that_has_begun_is_counted_when_it_changes(house, ann, drain):
    row = house.book(house.stay(0), booker=ann).reservations[0]
    drain()
    Reservation.objects.filter(pk=row.pk).update(status="in_house")
    reservation_describe(reservation=row, changes={"eta": None}, actor=None)
    drain()

    assert figures(ann, house.place) == (1, 0, 0)


def test_a_room_that_becomes_free_is_offered_at_once_and_told_by_letter(house, ann, drain):
    sold = house.reserve()
    house.book(house.stay(status="waitlisted"), booker=ann)
    drain()
    assert letters() == []

    reservation_cancel(reservation=sold, actor=None)
    drain()
    drain()  # the offer is a fact of its own

    assert WaitlistOffer.objects.get().status == "open"
    assert letters() == ["waitlist_offer"]
    assert house.counted("held", days=3) == [0, 1, 1]


def test_nights_nobody_waits_for_wake_nobody(house, ann, drain):
    house.book(house.stay(9, 1, status="waitlisted"), booker=ann)
    drain()
    waitlist_decline(offer=WaitlistOffer.objects.get())
    OutboxMessage.objects.all().delete()

    house.reserve(1, 2)
    drain()

    assert WaitlistOffer.objects.count() == 1, "nobody waits for the nights that moved"
