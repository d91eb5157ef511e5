"""The hotel day reaches the figures of guests: come, gone back, slept, left, taken over."""

import pytest
from moneyed import Money

from hotel.guests.models import ProfileAtProperty
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.guests import guest_add
from hotel.stays.services.check_in import check_in, check_in_revert
from hotel.stays.services.check_out import check_out
from hotel.stays.services.night_audit import night_audit_run
from tests.factories.guests import company_make, guest_make


@pytest.fixture
def ann(house):
    return guest_make(house.place, first_name="Ann", last_name="Lee")


@pytest.fixture
def stay(house, ann):
    company = company_make(house.place)
    row = house.book(house.stay(0, 2, primary_guest=ann), company=company).reservations[0]
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return row


def figures(**owner) -> tuple:
    found = ProfileAtProperty.objects.get(**owner)
    return found.stays, found.nights, found.revenue


def test_coming_counts_the_stay_and_undoing_it_takes_it_back(stay, ann, drain):
    check_in(reservation=stay, actor=None)
    drain()
    assert figures(guest=ann) == (1, 0, None)

    check_in_revert(reservation=stay, actor=None)
    drain()
    assert figures(guest=ann) == (0, 0, None)


def test_a_night_and_its_price_count_when_the_day_is_closed(house, stay, ann, drain):
    check_in(reservation=stay, actor=None)
    night_audit_run(place=house.place)
    drain()

    assert figures(guest=ann) == (1, 1, Money(100, "EUR"))
    assert figures(company=stay.booking.company) == (1, 1, Money(100, "EUR"))


def test_who_takes_a_stay_over_has_its_figures_and_who_gives_it_up_has_none(house, stay, ann, drain):
    ben = guest_make(house.place, first_name="Ben", last_name="Lee")
    check_in(reservation=stay, actor=None)
    drain()

    guest_add(reservation=stay, guest=ben, actor=None, role="primary")
    drain()

    assert (figures(guest=ann), figures(guest=ben)) == ((0, 0, None), (1, 0, None))


def test_leaving_counts_what_was_slept(house, stay, ann, drain):
    check_in(reservation=stay, actor=None)
    drain()
    for _ in range(2):
        business_day_close(place=house.place)  # without the fact of the audit

    check_out(reservation=stay, actor=None)
    drain()

    assert figures(guest=ann) == (1, 2, Money(200, "EUR"))
