"""All who share a room get the same one."""

import pytest

from hotel.core.exceptions import Conflict
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign, room_lock
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.sharing import room_unshare
from hotel.rooms.models import RoomType
from hotel.rooms.services.occupancy import RoomTaken
from tests.cast import TODAY
from tests.factories.reservations import house_make
from tests.hotel.reservations.services.shared_stays import DAY, ONE, broken, refused, rooms_of, share


@pytest.fixture
def house(cast):
    """Three doubles at 100."""
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def pair(house):
    """Two people in two doubles: nights 1–3 and 2–4."""
    return house.reserve(1, 3, occupancy=ONE), house.reserve(2, 3, occupancy=ONE)


def test_all_get_the_room_of_the_first_that_has_one(house, pair):
    room_assign(reservation=pair[1], room=house.rooms[1], actor=None)

    share(*pair)

    assert rooms_of(pair[0]) == [("102", 1, 4)]
    assert rooms_of(pair[1]) == [("102", 2, 5)]
    assert broken() == []
    stranger = house.reserve(4, 2)
    refused(RoomTaken, "room_taken", room_assign, reservation=stranger, room=house.rooms[1], actor=None)


def test_a_room_that_is_not_free_for_all_of_them_is_refused(house, pair):
    room_assign(reservation=pair[0], room=house.rooms[0], actor=None)
    room_assign(reservation=house.reserve(4, 2), room=house.rooms[0], actor=None)

    refused(RoomTaken, "room_taken", share, *pair)


def test_a_locked_room_is_not_changed(house, pair):
    for row, room in zip(pair, house.rooms, strict=False):
        room_assign(reservation=row, room=room, actor=None)
    room_lock(reservation=pair[1], actor=None)

    refused(Conflict, "room_locked", share, *pair)


def test_who_parts_leaves_the_room_to_the_others(house, pair):
    room_assign(reservation=pair[0], room=house.rooms[0], actor=None)
    share(*pair)

    room_unshare(reservation=pair[0], actor=None)

    assert rooms_of(pair[0]) == []
    assert rooms_of(pair[1]) == [("101", 2, 5)]
    refused(RoomTaken, "room_taken", room_assign, reservation=pair[0], room=house.rooms[0], actor=None)
    room_assign(reservation=pair[0], room=house.rooms[1], actor=None)
    assert broken() == []


def test_those_who_are_left_over_are_strangers_to_one_another_again(house):
    first, between, last = (house.reserve(a, n, occupancy=ONE) for a, n in ((1, 2), (2, 4), (5, 2)))
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    share(first, between, last)
    assert [rooms_of(row)[0][0] for row in (first, between, last)] == ["101", "101", "101"]
    reservation_cancel(reservation=between, actor=None)

    reservation_amend(reservation=first, amendment=Amendment(departure=TODAY + 6 * DAY), actor=None)

    assert rooms_of(first) == []  # the other has it on the last night
    assert rooms_of(last) == [("101", 5, 7)]
    assert broken() == []
    stranger = house.reserve(6, 1)
    refused(RoomTaken, "room_taken", room_assign, reservation=stranger, room=house.rooms[0], actor=None)


def test_pairs_that_are_left_over_keep_their_room_each_for_itself(cast):
    house = house_make(cast.alpha, doubles=5, standard_occupancy=4)
    RoomType.objects.update(max_adults=4)
    early, late = ([house.reserve(a, 2, occupancy=ONE) for _ in range(2)] for a in (1, 5))
    between = house.reserve(2, 4, occupancy=ONE)
    room_assign(reservation=early[0], room=house.rooms[0], actor=None)
    share(*early, *late, between)
    reservation_cancel(reservation=between, actor=None)
    assert broken() == []

    reservation_amend(reservation=early[0], amendment=Amendment(departure=TODAY + 6 * DAY), actor=None)

    assert rooms_of(early[0]) == []
    assert [rooms_of(row) for row in late] == [[("101", 5, 7)]] * 2
    assert broken() == []
