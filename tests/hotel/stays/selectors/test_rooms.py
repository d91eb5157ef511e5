"""Rooms that a guest could be given now."""

import pytest

from hotel.properties.services.business_days import business_day_close
from hotel.properties.services.settings import setting_set
from hotel.reservations.selectors.occupancies import instants_of
from hotel.rooms.services.status import room_status_set
from hotel.stays.selectors.rooms import rooms_offered, rooms_with_guests
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.rooms import room_make, room_type_make


@pytest.fixture
def offered(house):
    """The rooms offered for two nights from today, as (number, ready, vacant)."""

    def ask():
        stay = house.reserve(0, 2)
        start, end = instants_of(stay, stay.arrival, stay.departure)
        found = rooms_offered(house.place, [house.double.pk], start, end)
        return [(offer.room.number, offer.is_ready, offer.is_vacant) for offer in found]

    return ask


def test_ready_rooms_come_first(house, offered):
    room_status_set(room=house.rooms[0], status="dirty")

    assert offered() == [("102", True, True), ("103", True, True), ("101", False, True)]


def test_ready_is_what_the_house_says(house, offered):
    setting_set(place=house.place, key="stays.room_ready", value="inspected", valid_from=TODAY)
    room_status_set(room=house.rooms[2], status="inspected")

    assert offered() == [("103", True, True), ("101", False, True), ("102", False, True)]


def test_a_room_whose_guest_leaves_today_is_offered_last(house, offered):
    leaving = house.reserve(0, 1)
    check_in(reservation=leaving, actor=None, room=house.rooms[0])
    business_day_close(place=house.place)

    assert offered() == [("102", True, True), ("103", True, True), ("101", True, False)]


def test_a_guest_in_a_part_is_in_the_suite(house, arrival):
    family = room_type_make(house.place, "FAM", kind="component", parts={house.double: 2})
    suite = room_make(house.place, family, "190", parts=(house.rooms[0], house.rooms[1]))
    check_in(reservation=arrival, actor=None)

    assert rooms_with_guests(house.place) == {house.rooms[0].pk, suite.pk}


def test_the_number_of_queries_does_not_grow(house):
    stay = house.reserve(0, 2)
    start, end = instants_of(stay, stay.arrival, stay.departure)

    def ask():
        return len(queries_of(lambda: rooms_offered(house.place, [house.double.pk], start, end)))

    few = ask()
    for number in ("301", "302"):
        room_make(house.place, house.double, number)

    assert ask() == few == 5
