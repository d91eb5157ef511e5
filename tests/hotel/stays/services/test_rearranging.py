"""A stay is put elsewhere on the chart in one step, and what it would cost is told before."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import PmsError, VersionConflict
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.reservations.models import Reservation, ReservationChange, RoomAssignment
from hotel.reservations.services.assignment import room_assign, room_lock
from hotel.stays.services.check_in import check_in
from hotel.stays.services.rearranging import (
    Rearrangement,
    rearrangement_steps,
    stay_rearrange,
    stay_rearrange_foresee,
)
from tests.cast import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def stay(house):
    """Tomorrow for two nights in 101, at 100 a night."""
    row = house.reserve(1, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return Reservation.objects.get(pk=row.pk)


@pytest.fixture
def suite(house):
    """A room of a dearer type."""
    return house.rooms[3]


def put(row, room, first=1, last=3, **more):
    wanted = Rearrangement(room=room, arrival=TODAY + first * DAY, departure=TODAY + last * DAY, **more)
    return stay_rearrange(reservation=row, wanted=wanted, actor=None, expected_version=row.version)


def stands(row):
    row.refresh_from_db()
    rows = RoomAssignment.objects.filter(reservation=row, released_at=None).order_by("arrival")
    return (
        [(one.room.number, (one.arrival - TODAY).days, (one.departure - TODAY).days) for one in rows],
        (row.arrival - TODAY).days,
        (row.departure - TODAY).days,
        row.total_amount,
    )


def trace():
    return ReservationChange.objects.count(), OutboxMessage.objects.count(), RoomAssignment.objects.count()


def broken():
    return [(found.invariant.name, found.violations) for found in invariants_verify() if found.violations]


def test_another_room_and_back_into_the_lane(house, stay):
    put(stay, house.rooms[1])
    assert stands(stay) == ([("102", 1, 3)], 1, 3, Money(200, "EUR"))
    put(stay, None)
    assert stands(stay) == ([], 1, 3, Money(200, "EUR"))
    assert broken() == []


def test_other_days_take_the_room_along_or_another_one(house, stay):
    moved = put(stay, house.rooms[0], 2, 5)
    assert (moved.before, moved.after) == (Money(200, "EUR"), Money(300, "EUR"))
    assert stands(stay) == ([("101", 2, 5)], 2, 5, Money(300, "EUR"))
    put(stay, house.rooms[1], 2, 4)
    assert stands(stay) == ([("102", 2, 4)], 2, 4, Money(200, "EUR"))
    put(stay, None, 3, 5)
    assert stands(stay) == ([], 3, 5, Money(200, "EUR"))
    assert broken() == []


def test_a_room_of_another_type_keeps_the_price_or_takes_the_new_one(house, stay, suite):
    other = house.reserve(5, 2)
    put(stay, suite)
    put(other, suite, 5, 7, rate="new")
    assert (stands(stay), stay.room_type.code) == (([("901", 1, 3)], 1, 3, Money(200, "EUR")), "SUI")
    assert (stands(other), other.room_type.code) == (([("901", 5, 7)], 5, 7, Money(500, "EUR")), "SUI")
    assert broken() == []


def test_when_the_second_half_is_refused_the_first_is_not_done(house, stay):
    blocking = house.reserve(3, 2)
    room_assign(reservation=blocking, room=house.rooms[1], actor=None)
    before, written = stands(stay), trace()
    with pytest.raises(PmsError) as refused:
        put(stay, house.rooms[1], 2, 4)
    assert refused.value.code == "room_taken"
    assert (stands(stay), trace()) == (before, written)


def test_who_saw_an_older_version_changes_nothing(house, stay):
    old = Reservation.objects.get(pk=stay.pk)
    put(stay, house.rooms[1])
    before = stands(stay)
    with pytest.raises(VersionConflict):
        put(old, house.rooms[2], 2, 4)
    assert stands(stay) == before


def test_a_locked_room_stays(house, stay):
    room_lock(reservation=stay, actor=None)
    stay.refresh_from_db()
    with pytest.raises(PmsError) as refused:
        put(stay, house.rooms[1])
    assert refused.value.code == "room_locked"
    assert stands(stay)[0] == [("101", 1, 3)]


def test_what_it_would_cost_is_told_and_nothing_written(house, stay, suite):
    before, written = stands(stay), trace()
    told = {
        rate: stay_rearrange_foresee(
            reservation=stay,
            wanted=Rearrangement(room=suite, arrival=stay.arrival, departure=stay.departure + DAY, rate=rate),
            actor=None,
        )
        for rate in ("keep", "new")
    }
    assert [(row.before, row.after) for row in told.values()] == [
        (Money(200, "EUR"), Money(300, "EUR")),
        (Money(200, "EUR"), Money(750, "EUR")),
    ]
    assert (stands(stay), trace()) == (before, written)


def test_why_it_would_be_refused_is_told_too(house, stay):
    room_assign(reservation=house.reserve(1, 1), room=house.rooms[1], actor=None)
    wanted = Rearrangement(room=house.rooms[1], arrival=stay.arrival, departure=stay.departure)
    told = stay_rearrange_foresee(reservation=stay, wanted=wanted, actor=None)
    assert isinstance(told, PmsError)
    assert told.code == "room_taken"
    assert stands(stay)[0] == [("101", 1, 3)]


def test_a_guest_in_house_moves_from_tonight_and_stays_longer(house):
    row = house.reserve(0, 2)
    check_in(reservation=row, actor=None, room=house.rooms[0])
    row.refresh_from_db()
    put(row, house.rooms[1], 0, 3)
    assert stands(row) == ([("102", 0, 3)], 0, 3, Money(300, "EUR"))
    house.rooms[0].refresh_from_db()
    assert house.rooms[0].housekeeping_status == "dirty"
    put(row, house.rooms[1], 0, 2)
    assert stands(row)[1:] == (0, 2, Money(200, "EUR"))
    assert broken() == []


def test_a_part_of_a_stay_gets_a_room_of_its_own(house, stay):
    part = (stay.arrival + DAY, stay.departure)
    put(stay, house.rooms[1], part=part)
    assert stands(stay)[0] == [("101", 1, 2), ("102", 2, 3)]
    wanted = Rearrangement(room=None, arrival=stay.arrival, departure=stay.departure, part=part)
    assert list(rearrangement_steps(stay, wanted)) == ["unassign"]
