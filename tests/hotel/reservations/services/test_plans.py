from datetime import timedelta

import pytest

from hotel.core.invariants import invariants_verify
from hotel.reservations.models import ReservationChange, RoomAssignment
from hotel.reservations.services.assignment import (
    PlanOutdated,
    gap_plan,
    plan_apply,
    room_assign,
    rooms_plan,
)
from hotel.reservations.services.plans import PlannedMove, moves_of, plan_undo
from tests.cast import TODAY
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=2)


def stands():
    rows = RoomAssignment.objects.filter(released_at=None).order_by("reservation_id", "arrival")
    return [(row.reservation_id, row.room.number, (row.arrival - TODAY).days) for row in rows]


def done(house, plan):
    plan_apply(place=house.place, lines=plan.lines, actor=None)
    return moves_of(plan)


def test_rooms_that_a_plan_gave_are_taken_back(house, cast):
    stays = [house.reserve(1, 2), house.reserve(1, 1)]
    moves = done(house, rooms_plan(place=house.place, reservations=stays))
    assert [number for _, number, _ in stands()] == ["101", "102"]

    assert plan_undo(place=house.place, moves=moves, actor=cast.bo) == 2

    assert stands() == []
    assert [found.violations for found in invariants_verify() if found.violations] == []


def test_who_was_moved_to_open_a_gap_moves_back(house):
    first, second = house.reserve(1, 1), house.reserve(2, 1)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_assign(reservation=second, room=house.rooms[1], actor=None)
    long = house.reserve(1, 2)
    before = stands()
    moves = done(house, gap_plan(reservation=long))
    assert len(stands()) == 3
    assert len(moves) == 2

    plan_undo(place=house.place, moves=moves, actor=None)

    assert stands() == before


def test_nothing_is_taken_back_when_somebody_moved_a_stay_since(house):
    stays = [house.reserve(1, 1), house.reserve(3, 1)]
    moves = done(house, rooms_plan(place=house.place, reservations=stays))
    room_assign(reservation=stays[0], room=house.rooms[1], actor=None)
    before, written = stands(), ReservationChange.objects.count()

    with pytest.raises(PlanOutdated):
        plan_undo(place=house.place, moves=moves, actor=None)

    assert (stands(), ReservationChange.objects.count()) == (before, written)


def test_another_propertys_stays_are_not_touched(house, cast):
    other = house_make(cast.beta, doubles=1)
    stay = other.reserve(1, 1)
    room_assign(reservation=stay, room=other.rooms[0], actor=None)
    move = PlannedMove(stay.pk, None, other.rooms[0].pk, stay.arrival, stay.departure)
    before = stands()

    with pytest.raises(PlanOutdated):
        plan_undo(place=house.place, moves=[move], actor=None)

    assert stands() == before
