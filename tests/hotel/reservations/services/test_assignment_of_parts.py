"""Rooms for a part of a stay: planned moves, no overlap, nights without a room, and plans that respect both."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.reservations.models import Reservation, ReservationChange, RoomAssignment
from hotel.reservations.selectors.assignment import unassigned
from hotel.reservations.selectors.front_desk import moves_due, rack
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import (
    PlanLine,
    gap_plan,
    plan_apply,
    room_assign,
    room_lock,
    room_unassign,
    rooms_assign_due,
    rooms_plan,
)
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def stay(house):
    """Nights 1–5, counted from the business date."""
    return house.reserve(1, 5)


def give(stay, room, first=None, last=None):
    """A room for the nights ``[first, last)`` of the stay, counted from its arrival."""
    room_assign(
        reservation=stay,
        room=room,
        actor=None,
        first=None if first is None else stay.arrival + first * DAY,
        last=None if last is None else stay.arrival + last * DAY,
    )


def parts(stay):
    rows = RoomAssignment.objects.filter(reservation=stay, released_at=None).select_related("room")
    return [
        (row.room.number, (row.arrival - stay.arrival).days, (row.departure - stay.arrival).days)
        for row in rows.order_by("arrival")
    ]


def claims():
    rows = RoomOccupancy.objects.select_related("room").order_by("during")
    return [(row.room.number, row.during.lower.day, row.during.upper.day) for row in rows]


def test_two_rooms_in_turn_are_a_planned_move(house, stay):
    first, second, *_ = house.rooms
    give(stay, first, 0, 3)
    give(stay, second, 3, 5)

    assert parts(stay) == [("101", 0, 3), ("102", 3, 5)]
    assert claims() == [("101", 15, 18), ("102", 18, 20)]
    told = [message.payload for message in OutboxMessage.objects.filter(topic="RoomAssigned").order_by("pk")]
    assert [(fact["room_id"], fact["first_night"], fact["last_night"]) for fact in told] == [
        (first.pk, "2027-03-15", "2027-03-17"),
        (second.pk, "2027-03-18", "2027-03-19"),
    ]
    log = ReservationChange.objects.latest("pk")
    assert log.after == {"room": "102", "arrival": "2027-03-18", "departure": "2027-03-20"}


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        (0, 5, [("102", 0, 5)]),
        (0, 2, [("102", 0, 2), ("101", 2, 5)]),
        (3, 5, [("101", 0, 3), ("102", 3, 5)]),
        (2, 3, [("101", 0, 2), ("102", 2, 3), ("101", 3, 5)]),
    ],
)
def test_a_room_for_some_nights_takes_the_place_of_what_was_there(house, stay, first, last, left):
    give(stay, house.rooms[0])

    give(stay, house.rooms[1], first, last)

    assert parts(stay) == left
    assert [(number, first - 15, last - 15) for number, first, last in claims()] == left
    assert violated() == []


def test_the_same_room_on_the_nights_beside_is_one_assignment_without_hours_between(house, stay):
    room = house.rooms[0]
    give(stay, room, 0, 2)
    give(stay, room, 3, 5)
    give(stay, room, 2, 3)

    assert parts(stay) == [("101", 0, 5)]
    assert claims() == [("101", 15, 20)]


def test_a_room_that_somebody_has_on_one_of_the_nights_is_refused_and_all_stays(house, stay):
    rival = house.reserve(4, 1)
    give(rival, house.rooms[1])
    give(stay, house.rooms[0])

    with pytest.raises(RoomTaken):
        give(stay, house.rooms[1], 2, 5)

    assert parts(stay) == [("101", 0, 5)]
    give(stay, house.rooms[1], 1, 3)
    assert parts(stay) == [("101", 0, 1), ("102", 1, 3), ("101", 3, 5)]


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (2, 6), (2, 2), (3, 1)])
def test_nights_outside_the_stay_are_refused(house, stay, first, last):
    with pytest.raises(InvalidInput) as refused:
        give(stay, house.rooms[0], first, last)
    assert refused.value.code == "part_outside_stay"
    assert parts(stay) == []


def test_an_upgrade_is_for_the_whole_stay(house, stay):
    suite = house.suite.rooms.get()
    with pytest.raises(InvalidInput) as refused:
        room_assign(reservation=stay, room=suite, actor=None, last=stay.arrival + DAY, is_upgrade=True)
    assert refused.value.code == "upgrade_is_whole"
    assert house.counted("sold", days=7) == [0, 1, 1, 1, 1, 1, 0]


def test_the_database_refuses_a_second_room_on_a_night(house, stay):
    give(stay, house.rooms[0])
    with pytest.raises(IntegrityError, match="room_assignment_one_a_night"), transaction.atomic():
        RoomAssignment.objects.create(
            property=house.place,
            reservation=stay,
            room=house.rooms[1],
            arrival=stay.arrival + 4 * DAY,
            departure=stay.departure,
        )


def test_a_room_is_taken_away_for_some_nights(house, stay):
    give(stay, house.rooms[0])

    room_unassign(reservation=stay, actor=None, first=stay.arrival + DAY, last=stay.arrival + 2 * DAY)

    assert parts(stay) == [("101", 0, 1), ("101", 2, 5)]
    with pytest.raises(Conflict) as refused:
        room_unassign(reservation=stay, actor=None, first=stay.arrival + DAY, last=stay.arrival + 2 * DAY)
    assert refused.value.code == "no_room_assigned"
    room_unassign(reservation=stay, actor=None)
    assert parts(stay) == []
    assert claims() == []


def test_nights_without_a_room_are_asked_for_and_the_rest_of_the_stay_stays_in_its_room(house, stay):
    today = house.place.business_date
    give(stay, house.rooms[1], 0, 3)
    assert unassigned(house.place, today, today + 9 * DAY) == [stay]

    plan = rooms_assign_due(place=house.place, days=2)

    assert [(move.to_room.number, move.arrival, move.departure) for move in plan.moves] == [
        ("102", stay.arrival + 3 * DAY, stay.departure)
    ]
    assert parts(stay) == [("102", 0, 5)]
    assert unassigned(house.place, today, today + 9 * DAY) == []


def test_when_his_room_is_taken_the_nights_left_get_another_one(house, stay):
    give(stay, house.rooms[0], 0, 3)
    give(house.reserve(4, 2), house.rooms[0])

    plan = rooms_plan(place=house.place, reservations=[stay])
    plan_apply(place=house.place, lines=plan.lines, actor=None)

    assert [number for number, *_ in parts(stay)] == ["101", plan.moves[0].to_room.number]
    assert plan.moves[0].to_room.number != "101"


def test_a_reshuffle_leaves_planned_moves_alone(house, stay):
    give(stay, house.rooms[0], 0, 3)
    give(stay, house.rooms[1], 3, 5)
    give(house.reserve(1, 5), house.rooms[2])
    movable = house.reserve(1, 3)
    give(movable, house.rooms[1])
    wanted = house.reserve(4, 2)  # only in 101, free after the planned move

    plan = gap_plan(reservation=wanted)

    assert [(move.reservation, move.to_room.number) for move in plan.moves] == [(wanted, "101")]
    assert parts(stay) == [("101", 0, 3), ("102", 3, 5)]


def test_a_gap_is_opened_for_the_nights_without_a_room(house, stay):
    give(stay, house.rooms[0], 0, 2)
    for first, nights, room in ((3, 2, 0), (5, 2, 1), (1, 6, 2)):
        give(house.reserve(first, nights), house.rooms[room])

    plan = gap_plan(reservation=stay)
    plan_apply(place=house.place, lines=plan.lines, actor=None)

    assert len(plan.moves) == 2
    assert sum(last - first for _, first, last in parts(stay)) == 5
    assert violated() == []


def test_a_plan_of_parts_is_applied_as_it_was_shown_or_not_at_all(house, stay):
    first, second, *_ = house.rooms
    lines = [
        PlanLine(stay.pk, first.pk, None, stay.arrival + 2 * DAY),
        PlanLine(stay.pk, second.pk, stay.arrival + 2 * DAY, None),
    ]
    plan_apply(place=house.place, lines=lines, actor=None)
    assert parts(stay) == [("101", 0, 2), ("102", 2, 5)]


def test_amended_dates_move_the_rooms_at_the_ends_and_leave_open_nights_open(house, stay):
    give(stay, house.rooms[0], 1, 3)

    longer = reservation_amend(
        reservation=stay, amendment=Amendment(departure=stay.departure + DAY), actor=None
    ).reservation
    assert parts(longer) == [("101", 1, 3)]

    give(longer, house.rooms[1], 4, 6)
    reservation_amend(reservation=longer, amendment=Amendment(departure=stay.departure), actor=None)
    assert parts(stay) == [("101", 1, 3), ("102", 4, 5)]


def test_the_rack_shows_each_part_in_its_room_and_open_nights_in_the_lane(house, stay):
    give(stay, house.rooms[0], 0, 2)
    give(stay, house.rooms[1], 3, 5)

    rows = rack(house.place.pk, stay.arrival, stay.departure)

    shown = {
        row.room.number if row.room else "": [(s.start.day, s.end.day) for s in row.spans] for row in rows
    }
    assert (shown["101"], shown["102"], shown[""]) == ([(15, 17)], [(18, 20)], [(17, 18)])


def test_of_a_guest_in_house_later_nights_are_planned_and_tonight_is_not(house):
    stay = house.reserve(0, 3)
    give(stay, house.rooms[0])
    Reservation.objects.filter(pk=stay.pk).update(status="in_house")

    with pytest.raises(RuleBroken) as refused:
        give(stay, house.rooms[1])
    assert refused.value.code == "night_begun"
    give(stay, house.rooms[1], 1, 3)

    assert parts(stay) == [("101", 0, 1), ("102", 1, 3)]
    assert list(moves_due(house.place.pk, stay.arrival + DAY)) == [stay]
    assert list(moves_due(house.place.pk, stay.arrival)) == []


def test_a_locked_stay_is_planned_no_more(house, stay):
    give(stay, house.rooms[0], 0, 3)
    room_lock(reservation=stay, actor=None)
    with pytest.raises(Conflict) as refused:
        give(stay, house.rooms[1], 3, 5)
    assert refused.value.code == "room_locked"
    assert parts(stay) == [("101", 0, 3)]
