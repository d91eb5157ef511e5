from datetime import time, timedelta

import pytest

from hotel.core.exceptions import Conflict, NotAvailable, RuleBroken
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.services.assignment import (
    PlanLine,
    PlanOutdated,
    gap_plan,
    plan_apply,
    room_assign,
    room_lock,
    room_unassign,
    rooms_assign_due,
    rooms_plan,
)
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.rooms.models import Room, RoomFeature, RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken
from hotel.rooms.services.rooms import room_close
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=2, day_use_limit=2)


def held():
    rows = RoomAssignment.objects.filter(released_at=None).order_by("reservation")
    return [(row.reservation_id, row.room.number) for row in rows.select_related("room")]


def test_a_stay_gets_a_room_from_check_in_to_check_out(house):
    stay = house.reserve(1, 2)

    result = room_assign(reservation=stay, room=house.rooms[0], actor=None)

    occupancy = RoomOccupancy.objects.get()
    assert held() == [(stay.pk, house.rooms[0].number)]
    assert occupancy.during.lower.isoformat() == "2027-03-15T14:00:00+00:00"
    assert occupancy.during.upper.isoformat() == "2027-03-17T10:00:00+00:00"
    assert result.reservation.version == 2


def test_a_taken_room_is_refused_and_the_first_keeps_it(house):
    first, second = house.reserve(1, 2), house.reserve(2, 2)
    room_assign(reservation=first, room=house.rooms[0], actor=None)

    with pytest.raises(RoomTaken) as refused:
        room_assign(reservation=second, room=house.rooms[0], actor=None)

    assert refused.value.extra["room"] == house.rooms[0].number
    assert held() == [(first.pk, house.rooms[0].number)]
    second.refresh_from_db()
    assert second.version == 1


def test_the_next_guest_may_arrive_on_the_day_the_last_one_leaves(house):
    first, second = house.reserve(1, 2), house.reserve(3, 1)

    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_assign(reservation=second, room=house.rooms[0], actor=None)

    assert len(held()) == 2


@pytest.fixture
def day_plan(house):
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    return plan


def test_a_day_guest_and_a_late_arrival_share_a_room_on_one_day(house, day_plan):
    day = house.reserve(1, 0, day_use=(time(10), time(16)), rate_plan=day_plan)
    night = house.reserve(1, 1, eta=time(18))

    room_assign(reservation=day, room=house.rooms[0], actor=None)
    room_assign(reservation=night, room=house.rooms[0], actor=None)

    assert [kind for _, kind in sorted(RoomOccupancy.objects.values_list("during", "kind"))] == [
        "day_use",
        "stay",
    ]


def test_but_not_when_the_guest_comes_at_check_in_time(house, day_plan):
    day = house.reserve(1, 0, day_use=(time(10), time(16)), rate_plan=day_plan)
    night = house.reserve(1, 1)
    room_assign(reservation=day, room=house.rooms[0], actor=None)

    with pytest.raises(RoomTaken):
        room_assign(reservation=night, room=house.rooms[0], actor=None)


def test_a_room_of_another_type_is_an_upgrade_or_refused(house):
    stay = house.reserve(1, 2)
    suite = house.rooms[-1]

    with pytest.raises(RuleBroken) as refused:
        room_assign(reservation=stay, room=suite, actor=None)
    assert refused.value.code == "room_of_other_type"
    assert house.counted("sold", days=4) == [0, 1, 1, 0]

    room_assign(reservation=stay, room=suite, actor=None, is_upgrade=True)

    stay.refresh_from_db()
    assert stay.room_type_id == house.suite.pk
    assert set(stay.nights.values_list("room_type", "rate_room_type")) == {(house.suite.pk, house.double.pk)}
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", house.suite, days=4) == [0, 1, 1, 0]
    assert house.house_counted("sold", days=4) == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "pseudo"}, "posting_master"),
        ({"standard_occupancy": 1, "max_occupancy": 1, "max_adults": 1}, "occupancy_exceeded"),
    ],
)
def test_an_upgrade_to_no_room_or_to_one_too_small_is_refused_and_nothing_is_given_back(house, values, code):
    other = room_type_make(house.place, "OTH", **values)
    room = room_make(house.place, other, "OTH1")
    inventory_ready(house.place, house.place.business_date, house.place.business_date + timedelta(days=9))
    stay = house.reserve(1, 2)

    with pytest.raises(RuleBroken) as refused:
        room_assign(reservation=stay, room=room, actor=None, is_upgrade=True)

    assert refused.value.code == code
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    stay.refresh_from_db()
    assert (stay.room_type, stay.version, held()) == (house.double, 1, [])


def test_unassigning_frees_the_room_and_keeps_the_history(house):
    stay = house.reserve(1, 2)
    room_assign(reservation=stay, room=house.rooms[0], actor=None)

    room_unassign(reservation=stay, actor=None)

    assert (RoomOccupancy.objects.count(), RoomAssignment.objects.count()) == (0, 1)
    assert RoomAssignment.objects.get().released_at is not None


def test_a_locked_room_is_neither_changed_nor_taken_away(house):
    stay = house.reserve(1, 2)
    room_assign(reservation=stay, room=house.rooms[0], actor=None)
    room_lock(reservation=stay, actor=None)

    for command in (
        lambda: room_assign(reservation=stay, room=house.rooms[1], actor=None),
        lambda: room_unassign(reservation=stay, actor=None),
    ):
        with pytest.raises(Conflict) as refused:
            command()
        assert refused.value.code == "room_locked"
    assert held() == [(stay.pk, house.rooms[0].number)]

    room_lock(reservation=stay, actor=None, is_locked=False)
    room_assign(reservation=stay, room=house.rooms[1], actor=None)
    assert held() == [(stay.pk, house.rooms[1].number)]


def test_cancelling_gives_the_room_back(house):
    stay = house.reserve(1, 2)
    room_assign(reservation=stay, room=house.rooms[0], actor=None)

    reservation_cancel(reservation=stay, actor=None)

    assert held() == []
    assert RoomOccupancy.objects.count() == 0


def test_arrivals_get_rooms_automatically_and_nobody_twice(house):
    stays = [house.reserve(0, 2), house.reserve(0, 1)]

    plan = rooms_assign_due(place=house.place)
    again = rooms_assign_due(place=house.place)

    assert {move.reservation.pk for move in plan.moves} == {row.pk for row in stays}
    assert len({move.to_room.pk for move in plan.moves}) == 2
    assert (again.moves, again.unplaced) == ((), ())
    assert len(held()) == 2


def fragmented(house):
    """Rooms 1 and 2 are each free for one of the two nights: [1,2) is taken in 1, [2,3) in 2."""
    first, second = house.reserve(1, 1), house.reserve(2, 1)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_assign(reservation=second, room=house.rooms[1], actor=None)
    return first, second, house.reserve(1, 2)


def test_a_gap_is_opened_by_the_fewest_moves(house):
    first, second, wanted = fragmented(house)
    assert rooms_plan(place=house.place, reservations=[wanted]).unplaced == (wanted,)

    plan = gap_plan(reservation=wanted)
    moved = [move for move in plan.moves if move.reservation.pk != wanted.pk]
    plan_apply(place=house.place, lines=plan.lines, actor=None)

    assert len(moved) == 1
    rooms = dict(held())
    assert rooms[first.pk] == rooms[second.pk] != rooms[wanted.pk]


def test_locked_stays_keep_the_gap_closed(house):
    first, second, wanted = fragmented(house)
    for stay in (first, second):
        room_lock(reservation=stay, actor=None)

    with pytest.raises(NotAvailable) as refused:
        gap_plan(reservation=wanted)

    assert refused.value.code == "no_room_fits"


def test_a_plan_that_the_house_outran_moves_nobody(house):
    first, second, wanted = fragmented(house)
    plan = gap_plan(reservation=wanted)
    before = held()
    for stay in (first, second):
        room_lock(reservation=stay, actor=None)

    with pytest.raises(PlanOutdated):
        plan_apply(place=house.place, lines=plan.lines, actor=None)

    assert held() == before


def test_two_stays_change_places(house):
    first, second = house.reserve(1, 2), house.reserve(1, 2)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_assign(reservation=second, room=house.rooms[1], actor=None)

    plan_apply(
        place=house.place,
        lines=[PlanLine(first.pk, house.rooms[1].pk), PlanLine(second.pk, house.rooms[0].pk)],
        actor=None,
    )

    assert held() == [(first.pk, house.rooms[1].number), (second.pk, house.rooms[0].number)]


def test_wishes_choose_the_room(house):
    house.rooms[1].features.add(RoomFeature.objects.create(property=house.place, code="SEA", name="Sea view"))
    stay = house.reserve(1, 2)
    Reservation.objects.filter(pk=stay.pk).update(room_wishes={"SEA": 30})
    stay.refresh_from_db()

    plan = rooms_plan(place=house.place, reservations=[stay])

    assert [move.to_room.pk for move in plan.moves] == [house.rooms[1].pk]


def test_a_closed_room_is_refused(house):
    room = house.rooms[0]
    type(room).objects.filter(pk=room.pk).update(closed_on=house.place.business_date + timedelta(days=2))
    room.refresh_from_db()

    with pytest.raises(RuleBroken) as refused:
        room_assign(reservation=house.reserve(1, 2), room=room, actor=None)

    assert refused.value.code == "room_closed"


def test_a_room_that_was_closed_since_it_was_looked_at_is_not_given(house):
    stay, seen = house.reserve(1, 2), Room.objects.get(pk=house.rooms[0].pk)
    room_close(room=house.rooms[0], on=stay.arrival)

    with pytest.raises(RuleBroken) as refused:
        room_assign(reservation=stay, room=seen, actor=None)

    assert refused.value.code == "room_closed"
    assert held() == []
