"""Rooms follow the stay that has them, or are given back; locked ones and guests in house keep theirs."""

from datetime import time, timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict
from hotel.properties.business_date import local_instant
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign, room_lock
from hotel.reservations.services.copies import reservation_split
from hotel.reservations.services.occupancies import active_assignments, assignments_follow
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken, claim_move, room_claim
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def stay(house):
    row = house.reserve(1, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return row


def amend(row, **changes):
    return reservation_amend(reservation=row, amendment=Amendment(**changes), actor=None).reservation


def spans():
    rows = RoomAssignment.objects.filter(released_at=None).order_by("arrival")
    return [(row.room.number, row.arrival, row.departure) for row in rows.select_related("room")]


def test_a_room_moves_with_the_dates_and_its_claim_too(house, stay):
    amend(stay, arrival=stay.arrival + DAY, departure=stay.departure + 2 * DAY)

    assert spans() == [("101", stay.arrival + DAY, stay.departure + 2 * DAY)]
    during = RoomOccupancy.objects.get().during
    assert during.lower.isoformat() == "2027-03-16T14:00:00+00:00"
    assert during.upper.isoformat() == "2027-03-19T10:00:00+00:00"


def test_a_room_that_is_taken_on_the_new_dates_is_given_back(house, stay):
    rival = house.reserve(3, 1)
    room_assign(reservation=rival, room=house.rooms[0], actor=None)

    amend(stay, departure=stay.departure + DAY)

    assert spans() == [("101", rival.arrival, rival.departure)]
    assert Reservation.objects.get(pk=stay.pk).departure == stay.departure + DAY


@pytest.mark.parametrize("case", ["locked", "in house"])
def test_but_not_that_of_a_locked_stay_or_a_guest_in_house(house, stay, case):
    rival = house.reserve(3, 1)
    room_assign(reservation=rival, room=house.rooms[0], actor=None)
    if case == "locked":
        room_lock(reservation=stay, actor=None)
    else:
        Reservation.objects.filter(pk=stay.pk).update(status="in_house")
    before = (spans(), house.counted("sold", days=6))

    with pytest.raises(RoomTaken):
        amend(stay, departure=stay.departure + DAY)

    assert (spans(), house.counted("sold", days=6)) == before
    assert Reservation.objects.get(pk=stay.pk).departure == stay.departure


def test_another_type_loses_the_room_unless_it_is_locked(house, stay):
    room_lock(reservation=stay, actor=None)
    with pytest.raises(Conflict) as refused:
        amend(stay, room_type=house.suite)
    assert refused.value.code == "room_locked"
    assert house.counted("sold", days=4) == [0, 1, 1, 0]

    room_lock(reservation=stay, actor=None, is_locked=False)
    amend(stay, room_type=house.suite)
    assert spans() == []
    assert not RoomOccupancy.objects.exists()


def test_a_guest_in_house_keeps_his_room_and_the_instant_he_came(house, stay):
    Reservation.objects.filter(pk=stay.pk).update(status="in_house")
    type(house.place).objects.filter(pk=house.place.pk).update(business_date=stay.arrival)
    came = RoomOccupancy.objects.get().during.lower

    amend(stay, room_type=house.suite, departure=stay.departure + DAY)

    assert spans() == [("101", stay.arrival, stay.departure + DAY)]
    assert RoomOccupancy.objects.get().during.lower == came


def test_splitting_leaves_the_room_to_the_first_part(house, stay):
    reservation_split(reservation=stay, at=stay.arrival + DAY, actor=None)

    assert spans() == [("101", stay.arrival, stay.arrival + DAY)]


def test_a_part_that_lies_wholly_outside_the_new_dates_is_given_back(house, stay):
    second = RoomAssignment.objects.get()
    RoomAssignment.objects.create(
        property=house.place,
        reservation=stay,
        room=house.rooms[1],
        arrival=stay.departure,
        departure=stay.departure + DAY,
    )
    stay.refresh_from_db()
    stay.departure = stay.arrival + DAY

    released = assignments_follow(stay, was=(stay.arrival, second.departure + DAY))

    assert [row.room_id for row in released] == [house.rooms[1].pk]
    assert [row.pk for row in active_assignments(stay)] == [second.pk]


def test_a_room_that_a_guest_in_house_has_left_is_history(house, stay):
    """He moved at noon of his second day; what follows concerns his second room only."""
    first = RoomAssignment.objects.get()
    today = stay.arrival + DAY
    RoomAssignment.objects.filter(pk=first.pk).update(departure=today)
    noon = local_instant(house.place, today, time(12))
    claim_move(occupancy=first.occupancy, end=noon)
    assignment_split(stay, house.rooms[1], today, noon)
    Reservation.objects.filter(pk=stay.pk).update(status="in_house")
    for _ in range(2):
        business_day_close(place=house.place)

    amend(stay, departure=stay.departure + DAY)

    assert spans() == [("101", stay.arrival, today), ("102", today, stay.departure + DAY)]
    first.occupancy.refresh_from_db()
    assert first.occupancy.during.upper == noon


def assignment_split(stay, room, day, moment):
    end = local_instant(stay.property, stay.departure, stay.property.check_out_time)
    RoomAssignment.objects.create(
        property=stay.property,
        reservation=stay,
        room=room,
        arrival=day,
        departure=stay.departure,
        occupancy=room_claim(room=room, start=moment, end=end, kind="stay"),
    )


def test_a_late_check_out_that_was_agreed_stays_while_the_departure_does(house, stay):
    held = RoomAssignment.objects.get()
    late = local_instant(house.place, stay.departure, time(15))
    claim_move(occupancy=held.occupancy, end=late)
    Reservation.objects.filter(pk=stay.pk).update(status="in_house")
    business_day_close(place=house.place)

    amend(stay, prices={stay.arrival: Money(90, "EUR")})
    assert RoomOccupancy.objects.get().during.upper == late

    amend(stay, departure=stay.departure + DAY)
    assert RoomOccupancy.objects.get().during.upper.isoformat() == "2027-03-18T10:00:00+00:00"
