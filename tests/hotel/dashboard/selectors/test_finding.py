"""What a few words lead to, and to nobody who may not know."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.dashboard.selectors.finding import finds
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import room_assign
from tests.factories.guests import guest_make

ALL = {("view", "reservations"), ("view", "guests"), ("manage", "stays")}


def lines(house, text, rights=ALL):
    """What is found, as room or words, guest and page."""
    return [
        (hit.lead, str(hit.stay.primary_guest) if hit.stay else "", hit.route.removeprefix("dashboard:"))
        for hit in finds(house.place, text, lambda verb, area: (verb, area) in rights)
    ]


@pytest.fixture
def anna(house):
    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Anna", last_name="Moser"))
    room_assign(reservation=stay, room=house.rooms[0], actor=None)
    return stay


def test_a_room_leads_to_who_has_it_today_or_to_the_chart(house, anna):
    assert lines(house, "101") == [("101", "Anna Moser", "reservation_detail")]
    assert lines(house, "102") == [("102", "", "chart")]
    assert lines(house, "10")[:2] == [("101", "Anna Moser", "reservation_detail"), ("102", "", "chart")]


def test_a_stay_is_found_by_number_and_by_its_guest(house, anna):
    house.reserve(3, 4, primary_guest=guest_make(house.place, first_name="Berta", last_name="Berg"))

    assert lines(house, anna.number) == [("", "Anna Moser", "reservation_detail")]
    assert lines(house, " moser ") == [("", "Anna Moser", "reservation_detail")]
    assert lines(house, "nobody at all") == []
    assert lines(house, "") == []


def test_an_act_leads_to_its_page_when_the_stay_is_ready_for_it(house, anna):
    assert lines(house, "> check in 101") == [("Check in", "Anna Moser", "check_in")]
    assert lines(house, "CHECK IN 101") == [("Check in", "Anna Moser", "check_in")]
    assert lines(house, "> check out 101") == []
    assert lines(house, "> check in 102") == []
    Reservation.objects.filter(pk=anna.pk).update(status="in_house")
    assert lines(house, "> check out 101") == [("Check out", "Anna Moser", "check_out")]
    assert lines(house, "> move 101") == [("Move", "Anna Moser", "move_room")]


def test_nobody_finds_what_he_may_not_know(house, anna):
    assert lines(house, "moser", ALL - {("view", "guests")}) == []
    assert lines(house, "> check in 101", ALL - {("manage", "stays")}) == []
    assert lines(house, "101", ALL - {("view", "reservations")}) == []
    Reservation.objects.filter(pk=anna.pk).update(is_confidential=True)
    assert lines(house, "moser") == []


def test_nothing_of_another_property_is_found(house, anna, cast):
    found = finds(cast.beta, anna.number, lambda verb, area: True)

    assert found == []
    assert finds(cast.beta, "101", lambda verb, area: True) == []


def test_the_number_of_queries_does_not_grow(house, anna):
    def asked() -> list[int]:
        found = []
        for text in ("moser", "10", "> check in 101"):
            with CaptureQueriesContext(connection) as seen:
                assert lines(house, text)
            found.append(len(seen))
        return found

    once = asked()
    other = guest_make(house.place, first_name="Anna", last_name="Mosers")
    room_assign(reservation=house.reserve(0, 2, primary_guest=other), room=house.rooms[1], actor=None)

    assert asked() == once == [4, 6, 3]
