"""Guests in house change rooms, at the old price or a new one."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.contracts.stays import RoomMoved
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.invariants import invariants_verify
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.choices import ChangeKind
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight, RoomAssignment
from hotel.reservations.selectors.presence import rooms_in_house
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign, room_lock
from hotel.rooms.models import Room, RoomOccupancy
from hotel.rooms.services.inventory import RoomTypeSoldOut
from hotel.rooms.services.occupancy import RoomTaken
from hotel.rooms.services.rooms import room_close
from hotel.rooms.services.status import room_status_set
from hotel.stays.selectors.actions import guests_in
from hotel.stays.selectors.days import checklist, day_before
from hotel.stays.services.check_in import check_in
from hotel.stays.services.room_moves import room_move
from tests.cast import TODAY
from tests.factories.rooms import room_make
from tests.hotel.stays.services.test_check_in import refused, told

DAY = timedelta(days=1)


@pytest.fixture
def staying(house, noon):
    """A guest of three nights on his second day, 13:00."""
    row = house.reserve(0, 3)
    check_in(reservation=row, actor=None, room=house.rooms[0])
    business_day_close(place=house.place)
    noon.shift(DAY)
    return Reservation.objects.get(pk=row.pk)


def rooms_of(row):
    rows = RoomAssignment.objects.filter(reservation=row, released_at=None).order_by("arrival")
    return [(a.room.number, (a.arrival - TODAY).days, (a.departure - TODAY).days) for a in rows]


def claims():
    rows = RoomOccupancy.objects.order_by("during").values_list("room__number", "during")
    return [(number, f"{d.lower:%d %H:%M}", f"{d.upper:%d %H:%M}") for number, d in rows]


def prices(row):
    rows = ReservationNight.objects.filter(reservation=row).order_by("night")
    return [(n.room_type.code, n.rate_room_type.code, str(n.total.amount)) for n in rows]


def test_the_old_room_is_dirty_and_free_and_its_nights_stay_as_history(house, staying, cast):
    result = room_move(reservation=staying, room=house.rooms[1], actor=cast.bo, reason="Noise")

    assert rooms_of(staying) == [("101", 0, 1), ("102", 1, 3)]
    assert claims() == [("101", "14 12:00", "15 12:00"), ("102", "15 12:00", "17 10:00")]
    statuses = Room.objects.order_by("number").values_list("housekeeping_status", flat=True)
    assert list(statuses) == ["dirty", "clean", "clean", "clean"]
    entry = ReservationChange.objects.get(kind=ChangeKind.ROOM_MOVED)
    assert (entry.actor, entry.reason, entry.before, entry.after) == (
        cast.bo, "Noise", {"room": "101"}, {"room": "102", "rate": "keep"},
    )  # fmt: skip
    (fact,) = told(RoomMoved)
    assert (fact["from_room_id"], fact["to_room_id"], fact["is_price_kept"]) == (
        house.rooms[0].pk, house.rooms[1].pk, True,
    )  # fmt: skip
    assert result.moves == ()
    assert house.counted("sold", days=3) == [1, 1, 0]
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


def test_on_the_day_of_arrival_the_first_room_is_given_back(house, arrival, noon):
    check_in(reservation=arrival, actor=None)
    noon.shift(timedelta(hours=4))
    room_move(reservation=arrival, room=house.rooms[1], actor=None)
    assert rooms_of(arrival) == [("102", 0, 2)]
    assert claims() == [("102", "14 16:00", "16 10:00")]


def test_a_bigger_room_at_the_old_price_sells_the_bigger_type(house, staying):
    result = room_move(reservation=staying, room=house.rooms[3], actor=None)

    assert result.reservation.room_type == house.suite
    assert prices(staying) == [
        ("DBL", "DBL", "100.000"),
        ("SUI", "DBL", "100.000"),
        ("SUI", "DBL", "100.000"),
    ]
    assert result.reservation.total_amount == Money(300, "EUR")
    assert house.counted("sold", days=3) == [0, 0, 0]
    assert house.counted("sold", house.suite, days=3) == [1, 1, 0]
    assert rooms_of(staying) == [("101", 0, 1), ("901", 1, 3)]
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


def test_or_at_the_price_of_the_new_type_from_tonight_on(house, staying):
    result = room_move(reservation=staying, room=house.rooms[3], actor=None, rate="new")

    assert prices(staying) == [
        ("DBL", "DBL", "100.000"),
        ("SUI", "SUI", "250.000"),
        ("SUI", "SUI", "250.000"),
    ]
    assert result.reservation.total_amount == Money(600, "EUR")
    assert [fact["is_price_kept"] for fact in told(RoomMoved)] == [False]


def test_an_extension_after_a_move_concerns_the_new_room_only(house, staying, noon):
    room_move(reservation=staying, room=house.rooms[1], actor=None)
    noon.shift(timedelta(hours=1))
    room_status_set(room=house.rooms[0], status="clean")
    other = house.reserve(0, 1)
    check_in(reservation=other, actor=None, room=house.rooms[0])

    reservation_amend(reservation=staying, amendment=Amendment(departure=TODAY + 4 * DAY), actor=None)

    assert rooms_of(staying) == [("101", 0, 1), ("102", 1, 4)]
    assert ("101", "14 12:00", "15 12:00") in claims()


def test_a_second_move_on_the_same_day_leaves_no_empty_row(house, staying, noon):
    room_move(reservation=staying, room=house.rooms[1], actor=None)
    noon.shift(timedelta(hours=1))
    room_move(reservation=staying, room=house.rooms[2], actor=None)
    assert rooms_of(staying) == [("101", 0, 1), ("103", 1, 3)]
    assert claims() == [("101", "14 12:00", "15 12:00"), ("103", "15 13:00", "17 10:00")]


def test_where_nobody_is_moved(house, staying, cast):
    move = lambda room, **over: lambda: room_move(reservation=staying, room=room, actor=cast.bo, **over)  # noqa: E731
    refused("same_room", move(house.rooms[0]))
    refused("other_property", move(room_make(cast.beta)), InvalidInput)
    room_status_set(room=house.rooms[1], status="dirty")
    refused("room_not_ready", move(house.rooms[1]))
    refused("room_not_ready", move(house.rooms[1], override_reason="He wants it"))
    promised = house.reserve(1, 1)
    room_assign(reservation=promised, room=house.rooms[2], actor=None)
    refused("room_taken", move(house.rooms[2]), RoomTaken)
    guest = house.reserve(0, 1, room_type=house.suite)
    check_in(reservation=guest, actor=None, room=house.rooms[3])
    refused("room_occupied", move(house.rooms[3]))
    assert (
        room_move(
            reservation=staying, room=house.rooms[1], actor=cast.ada, override_reason="He wants it"
        ).reservation.status
        == "in_house"
    )


def test_a_sold_out_type_refuses_the_whole_move(house, staying):
    house.reserve(1, 1, room_type=house.suite)
    refused(
        "room_type_sold_out",
        lambda: room_move(reservation=staying, room=house.rooms[3], actor=None),
        RoomTypeSoldOut,
    )


def test_a_room_that_closes_before_he_leaves_is_no_choice(house, staying):
    room = room_close(room=house.rooms[2], on=house.place.business_date + DAY)
    refused("room_closed", lambda: room_move(reservation=staying, room=room, actor=None), RuleBroken)


def test_a_locked_guest_stays_and_one_who_leaves_today_too(house, staying):
    room_lock(reservation=staying, actor=None)
    refused("room_locked", lambda: room_move(reservation=staying, room=house.rooms[1], actor=None))
    room_lock(reservation=staying, actor=None, is_locked=False)
    for _ in range(2):
        business_day_close(place=house.place)
    refused("stay_over", lambda: room_move(reservation=staying, room=house.rooms[1], actor=None))


@pytest.fixture
def planned(house, noon):
    """A guest of three nights who moves from 101 to 102 today, on his second day, 13:00."""
    row = house.reserve(0, 3)
    room_assign(reservation=row, room=house.rooms[0], actor=None, last=row.arrival + DAY)
    room_assign(reservation=row, room=house.rooms[1], actor=None, first=row.arrival + DAY)
    check_in(reservation=row, actor=None)
    business_day_close(place=house.place)
    noon.shift(DAY)
    return Reservation.objects.get(pk=row.pk)


def test_a_guest_has_his_old_room_until_he_has_moved_as_planned(house, planned, cast):
    first, second = house.rooms[:2]
    open_rooms = Room.objects.filter(property=house.place)
    assert list(rooms_in_house(open_rooms)) == [first]
    assert list(guests_in(first, TODAY + DAY).values_list("reservation", flat=True)) == [planned.pk]
    assert day_before(house.place).moving == (planned.pk,)

    room_move(reservation=planned, room=second, actor=cast.bo)

    assert rooms_of(planned) == [("101", 0, 1), ("102", 1, 3)]
    assert claims() == [("101", "14 12:00", "15 10:00"), ("102", "15 12:00", "17 10:00")]
    assert list(rooms_in_house(open_rooms)) == [second]
    assert not guests_in(first, TODAY + DAY).exists()
    assert day_before(house.place).moving == ()
    assert Room.objects.get(pk=first.pk).housekeeping_status == "dirty"
    (fact,) = told(RoomMoved)
    assert (fact["from_room_id"], fact["to_room_id"]) == (first.pk, second.pk)


def test_a_check_in_needs_the_room_of_the_first_night_only(house, noon):
    row = house.reserve(0, 3)
    room_assign(reservation=row, room=house.rooms[1], actor=None, first=row.arrival + DAY)
    refused("no_room_assigned", lambda: check_in(reservation=row, actor=None))

    check_in(reservation=row, actor=None, room=house.rooms[0])

    assert rooms_of(row) == [("101", 0, 1), ("102", 1, 3)]


def test_who_has_no_room_for_tonight_is_due_to_move_and_moves_anywhere(house, noon):
    row = house.reserve(0, 3)
    room_assign(reservation=row, room=house.rooms[0], actor=None, last=row.arrival + DAY)
    check_in(reservation=row, actor=None)
    business_day_close(place=house.place)
    noon.shift(DAY)
    assert [b.code for b in checklist(house.place).blockers] == ["moves_due"]

    room_move(reservation=row, room=house.rooms[1], actor=None)

    assert rooms_of(row) == [("101", 0, 1), ("102", 1, 3)]
    assert day_before(house.place).moving == ()
