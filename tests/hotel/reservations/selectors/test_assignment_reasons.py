"""Why a stay has, or would get, a room: the reasons are those of the automatic assignment."""

from datetime import timedelta

import pytest

from hotel.properties.business_date import local_instant
from hotel.properties.models import Building, Floor
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment_reasons import assignment_explained
from hotel.reservations.services.assignment import room_assign, room_lock, rooms_plan
from hotel.rooms.models import Room, RoomFeature
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.occupancy import room_claim
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


def feature(house, room, code):
    made, _ = RoomFeature.objects.get_or_create(property=house.place, code=code, defaults={"name": code})
    room.features.add(made)


def explained(stay):
    (part,) = assignment_explained(
        Reservation.objects.select_related("property", "room_type").get(pk=stay.pk)
    )
    return {one.room.number: one for one in part.rooms}


def told(one):
    return [(reason.kind, reason.subject, reason.points) for reason in one.reasons]


def hindered(one):
    return [(hindrance.kind, hindrance.subject) for hindrance in one.hindrances]


def test_points_and_reasons_are_those_that_choose_the_room(house):
    feature(house, house.rooms[1], "SEA")
    feature(house, house.rooms[2], "QUIET")
    stay = house.reserve(1, 2, room_wishes={"SEA": 30})

    rooms = explained(stay)

    assert told(rooms["101"]) == [("wish_unmet", "SEA", 30)]
    assert told(rooms["102"]) == [("wish_met", "SEA", 0)]
    assert told(rooms["103"]) == [("wish_unmet", "SEA", 30), ("spare_feature", "QUIET", 1)]
    assert [(number, one.points, one.is_free) for number, one in rooms.items()] == [
        ("102", 0, True), ("101", 30, True), ("103", 31, True), ("901", 30, False),
    ]  # fmt: skip
    assert hindered(rooms["901"]) == [("other_type", "")]
    assert [move.to_room.number for move in rooms_plan(place=house.place, reservations=[stay]).moves] == [
        "102"
    ]


def test_the_room_it_has_is_judged_as_if_it_were_to_be_found_anew(house):
    feature(house, house.rooms[1], "SEA")
    stay = house.reserve(1, 2, room_wishes={"SEA": 30})
    room_assign(reservation=stay, room=house.rooms[0], actor=None)
    room_lock(reservation=stay, actor=None)

    rooms = explained(stay)

    assert [(number, one.is_held, one.points) for number, one in rooms.items()][:2] == [
        ("102", False, 0),
        ("101", True, 30),
    ]
    assert (rooms["101"].is_free, rooms["101"].claims) == (True, [])
    stay.refresh_from_db()
    assert [part.is_locked for part in assignment_explained(stay)] == [True]


def test_what_stands_in_the_way_is_named_with_who_has_the_room(house, cast):
    feature(house, house.rooms[0], "LIFT")
    stay = house.reserve(2, 2, room_wishes={"LIFT": 100})
    rival = house.reserve(3, 2)
    room_assign(reservation=rival, room=house.rooms[1], actor=None)
    block_create(room=house.rooms[2], data=BlockData("out_of_order", stay.arrival, stay.departure, "Leak"))

    rooms = explained(stay)

    assert hindered(rooms["101"]) == []
    assert told(rooms["101"]) == [("required_met", "LIFT", 0)]
    assert hindered(rooms["102"]) == hindered(rooms["103"]) == [("feature_missing", "LIFT"), ("taken", "")]
    assert [(claim.kind, claim.reservation, claim.reason) for claim in rooms["102"].claims] == [
        ("stay", rival.number, "")
    ]
    assert [(claim.kind, claim.reservation, claim.reason) for claim in rooms["103"].claims] == [
        ("block", "", "Leak")
    ]


def test_time_to_turn_and_holds_that_leave_it_sellable_are_told_without_points(house):
    stay = house.reserve(2, 2)
    room_assign(reservation=house.reserve(1, 1), room=house.rooms[0], actor=None)
    block_create(room=house.rooms[1], data=BlockData("out_of_service", stay.arrival, stay.departure, "Lamp"))

    rooms = explained(stay)

    assert [(one.turn_minutes, list(one.notes), one.points) for one in rooms.values()] == [
        (240, [], 0), (None, ["Lamp"], 0), (None, [], 0), (None, [], 0),
    ]  # fmt: skip


def test_rooms_near_those_of_the_same_booking_are_better(house):
    building = Building.objects.create(property=house.place, code="M", name="Main")
    floor = Floor.objects.create(property=house.place, building=building, level=1, name="First")
    Room.objects.filter(pk__in=[house.rooms[0].pk, house.rooms[2].pk]).update(floor=floor)
    house.rooms[0].connects_to.add(house.rooms[1])
    friend, stay = house.reserve(1, 2), house.reserve(1, 2)
    Reservation.objects.filter(pk=stay.pk).update(booking=friend.booking_id)
    room_assign(reservation=friend, room=house.rooms[0], actor=None)

    rooms = explained(stay)

    assert {
        number: told(one) for number, one in rooms.items() if one.room.room_type_id == house.double.pk
    } == {
        "101": [("same_floor", "", 10)],
        "102": [("connecting", "", 0)],
        "103": [("same_floor", "", 10)],
    }
    fresh = Reservation.objects.get(pk=stay.pk)
    assert [m.to_room.number for m in rooms_plan(place=house.place, reservations=[fresh]).moves] == ["102"]


def test_each_part_of_a_stay_is_explained_with_the_room_beside_it(house):
    stay = house.reserve(1, 4)
    room_assign(reservation=stay, room=house.rooms[1], actor=None, last=stay.arrival + 2 * DAY)

    first, second = assignment_explained(stay)

    assert (first.arrival, first.departure, second.departure) == (
        stay.arrival, stay.arrival + 2 * DAY, stay.departure,
    )  # fmt: skip
    assert [one.room.number for one in first.rooms if one.is_held] == ["102"]
    assert [(one.room.number, told(one)) for one in second.rooms if one.is_free] == [
        ("102", [("same_room", "", 0)]),
        ("101", [("room_change", "", 500)]),
        ("103", [("room_change", "", 500)]),
    ]


def test_explaining_costs_the_same_queries_whatever_is_there(house):
    stay = house.reserve(1, 4)
    room_assign(reservation=stay, room=house.rooms[0], actor=None, last=stay.arrival + DAY)
    stay = Reservation.objects.select_related("property", "room_type").get(pk=stay.pk)
    few = queries_of(lambda: assignment_explained(stay))
    for room in house.rooms[1:3]:
        room_claim(
            room=room,
            start=room_instant(house, 1),
            end=room_instant(house, 3),
            kind="stay",
        )
    room_assign(reservation=stay, room=house.rooms[0], actor=None, first=stay.arrival + 3 * DAY)

    assert_constant(few, queries_of(lambda: assignment_explained(stay)))


def room_instant(house, offset):
    day = house.place.business_date + offset * DAY
    return local_instant(house.place, day, house.place.check_in_time)
