"""In which rooms guests are now."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.presence import assignment_held, rooms_in_house
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import Room
from hotel.rooms.selectors.housekeeping import housekeeping_rooms
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def stay(house):
    """Four nights from today in room 101, not here yet."""
    row = house.reserve(0, 4)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return row


def occupied():
    return [room.number for room in housekeeping_rooms(Room.objects.order_by("number")) if room.is_occupied]


def put(row, status):
    Reservation.objects.filter(pk=row.pk).update(status=status)


def test_a_room_is_occupied_while_its_guest_is_in_house_and_not_while_it_is_kept_for_him(stay):
    assert occupied() == []
    put(stay, "in_house")
    assert occupied() == ["101"]
    put(stay, "checked_out")
    assert occupied() == []


def test_who_moved_is_in_the_new_room_and_who_overstays_in_his_last(house, stay):
    put(stay, "in_house")
    first = stay.assignments.get()
    move = stay.arrival + 2 * DAY
    first.departure, first.left_at = move, now()
    first.save()
    stay.assignments.create(property=house.place, room=house.rooms[1], arrival=move, departure=stay.departure)

    seen = []
    for days in (0, 1, 2, 4, 5):
        type(house.place).objects.update(business_date=stay.arrival + days * DAY)
        seen.append(occupied())

    assert seen == [["101"], ["101"], ["102"], ["102"], ["102"]]


def test_on_the_day_of_a_planned_move_the_guest_is_in_his_old_room_until_he_has_moved(house, stay):
    put(stay, "in_house")
    move = stay.arrival + DAY
    room_assign(reservation=stay, room=house.rooms[1], actor=None, first=move)
    type(house.place).objects.update(business_date=move)
    rows = list(stay.assignments.filter(released_at=None))
    assert (occupied(), assignment_held(rows, move)) == (["101"], rows[0])

    rows[0].left_at = now()
    rows[0].save()

    assert (occupied(), assignment_held(rows, move)) == (["102"], rows[1])
    assert assignment_held(rows, stay.arrival - DAY) is None


def test_guests_of_other_houses_are_not_told(house, stay, cast):
    put(stay, "in_house")
    assert list(rooms_in_house(Room.objects.at(cast.beta.pk))) == []
    assert list(rooms_in_house(Room.objects.at(cast.alpha.pk))) == [house.rooms[0]]
