"""The rooms and stays of a span as the assignment problem sees them."""

from datetime import UTC, datetime, timedelta

import pytest

from hotel.reservations.domain.assignment import StayRequest
from hotel.reservations.selectors.assignment import (
    instant,
    minutes,
    placed_stays,
    request_of_assignment,
    room_options,
    room_type_ids_of,
    rooms_of,
    unassigned,
    wishes_of,
)
from hotel.reservations.services.assignment import (
    PlanOutdated,
    plan_apply,
    room_assign,
    room_lock,
    rooms_plan,
)
from hotel.rooms.models import Room, RoomFeature
from hotel.rooms.services.occupancy import room_claim
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.reservations import house_make, plan_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def at(house, offset, hour=0) -> datetime:
    return (
        datetime.combine(house.place.business_date, datetime.min.time(), UTC)
        + offset * DAY
        + timedelta(hours=hour)
    )


def question(house, first, past) -> list[StayRequest]:
    return [
        StayRequest(id=1, start=minutes(at(house, first)), end=minutes(at(house, past)), room_type_ids=(1,))
    ]


def test_minutes_and_instants_are_each_others_reverse(house):
    assert instant(minutes(at(house, 3, 7))) == at(house, 3, 7)


def test_a_virtual_type_is_served_by_its_base(house):
    virtual = room_type_make(house.place, "VIR", kind="virtual", base_type=house.double)
    assert [room_type_ids_of(kind) for kind in (virtual, house.double)] == [(house.double.pk,)] * 2


def test_only_claims_of_the_span_are_read(house):
    room = house.rooms[0]
    for first in (-30, 1, 90):
        room_claim(room=room, start=at(house, first, 14), end=at(house, first + 1, 10), kind="stay")

    (option,) = room_options(house.place, [room], question(house, 0, 3))

    assert option.busy == ((minutes(at(house, 1, 14)), minutes(at(house, 2, 10))),)
    assert room_options(house.place, [room], []) == []


def test_a_room_is_not_to_be_had_before_it_opens_and_after_it_closes(house):
    today, room = house.place.business_date, house.rooms[0]
    Room.objects.filter(pk=room.pk).update(opened_on=today + 2 * DAY, closed_on=today + 4 * DAY)
    room.refresh_from_db()

    (option,) = room_options(house.place, [room], question(house, 0, 9))

    # Check-in is 15:00 and check-out 11:00 in Vienna, an hour before UTC in March.
    assert option.busy == (
        (minutes(at(house, 0)), minutes(at(house, 2, 14))),
        (minutes(at(house, 4, 10)), minutes(at(house, 9))),
    )


def test_a_room_that_closes_in_the_middle_of_a_stay_is_not_planned_for_it(house):
    last = house.place.business_date + 2 * DAY
    Room.objects.filter(pk=house.rooms[0].pk).update(closed_on=last)
    long, short = house.reserve(1, 2), house.reserve(1, 1)

    plan = rooms_plan(place=house.place, reservations=[long, short])
    plan_apply(place=house.place, lines=plan.lines, actor=None)

    assert {m.reservation.pk: m.to_room.number for m in plan.moves} == {long.pk: "102", short.pk: "101"}


def test_a_suite_and_its_parts_are_never_planned_together(cast):
    house = house_make(cast.alpha)
    kind = room_type_make(house.place, "STE", kind="component", parts={house.double: 2}, max_occupancy=4)
    room_make(house.place, kind, "S1", parts=tuple(house.rooms[:2]))
    inventory_ready(house.place, house.place.business_date, house.place.business_date + 9 * DAY)
    plan = plan_make(house.place, "STE", {kind: "400"})
    suite = house.reserve(1, 1, room_type=kind, rate_plan=plan)
    room_assign(reservation=house.reserve(2, 1), room=house.rooms[0], actor=None)
    later = house.reserve(3, 1, room_type=kind, rate_plan=plan)

    found = rooms_plan(place=house.place, reservations=[suite, later])
    plan_apply(place=house.place, lines=found.lines, actor=None)
    assert [m.to_room.number for m in found.moves] == ["S1", "S1"]

    rooms = rooms_of(house.place, house.place.business_date, later.departure, [kind.pk])
    (option,) = room_options(house.place, rooms, question(house, 0, 9))
    # Two claims of the suite, each with its two parts, and the stay in one of the parts.
    assert len(option.busy) == 7


def test_wishes_of_full_weight_bind_and_the_others_count(house):
    for code in ("SEA", "LIFT"):
        RoomFeature.objects.create(property=house.place, code=code, name=code)
    row = house.reserve(room_wishes={"SEA": 100, "LIFT": 99})

    assert wishes_of(row) == {"required": frozenset({"SEA"}), "preferred": {"LIFT": 99}}


@pytest.mark.parametrize("case", ["free", "locked", "in house", "part of a stay"])
def test_who_may_be_moved(house, case):
    row = house.reserve(1, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    if case == "locked":
        room_lock(reservation=row, actor=None)
    if case == "in house":
        type(row).objects.update(status="in_house")
    if case == "part of a stay":
        row.assignments.update(departure=row.arrival + DAY)

    (placed,) = placed_stays(house.place, at(house, 0), at(house, 9), [house.rooms[0].pk])
    asked = request_of_assignment(placed)

    assert (asked.id, asked.room_id, asked.is_movable) == (row.pk, house.rooms[0].pk, case == "free")
    assert placed_stays(house.place, at(house, 5), at(house, 9), [house.rooms[0].pk]) == []


def test_stays_without_a_room_come_by_arrival(house):
    late, soon, placed = house.reserve(3, 1), house.reserve(1, 1), house.reserve(1, 1)
    house.reserve(1, 1, status="inquiry")
    room_assign(reservation=placed, room=house.rooms[0], actor=None)
    today = house.place.business_date

    assert unassigned(house.place, today, today + 9 * DAY) == [soon, late]
    assert unassigned(house.place, today, today + 2 * DAY) == [soon]
    assert unassigned(house.place, today, today + 9 * DAY, ids=[late.pk, placed.pk]) == [late]


def test_a_plan_costs_the_same_queries_for_many_stays_and_rooms(cast):
    house = house_make(cast.alpha, doubles=12)
    few = [house.reserve(0, 1)]
    before = queries_of(lambda: rooms_plan(place=house.place, reservations=few))
    many = few + [house.reserve(0, 1) for _ in range(7)]

    assert_constant(before, queries_of(lambda: rooms_plan(place=house.place, reservations=many)))


def test_a_plan_that_meets_a_claim_made_meanwhile_moves_nobody(house):
    row = house.reserve(1, 1)
    plan = rooms_plan(place=house.place, reservations=[row])
    room_claim(room=plan.moves[0].to_room, start=at(house, 1, 14), end=at(house, 2, 10), kind="stay")

    with pytest.raises(PlanOutdated):
        plan_apply(place=house.place, lines=plan.lines, actor=None)
    assert not row.assignments.exists()
