"""Details and notes."""

from datetime import time

import pytest

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.models import OutboxMessage
from hotel.reservations.models import (
    Booking,
    Reservation,
    ReservationChange,
    ReservationNote,
    RoomAssignment,
)
from hotel.reservations.services.assignment import room_assign, room_lock
from hotel.reservations.services.details import booking_describe, note_add, note_done, reservation_describe
from hotel.rooms.services.occupancy import RoomTaken
from tests.cast import TODAY
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_details_change_and_raise_the_version(house, cast):
    row = house.reserve()

    reservation_describe(reservation=row, changes={"eta": time(22), "is_confidential": True}, actor=cast.bo)

    stored = Reservation.objects.get()
    assert (stored.eta, stored.is_confidential, stored.version) == (time(22), True, 2)


def test_what_sells_is_no_detail(house, cast):
    row = house.reserve()

    with pytest.raises(InvalidInput) as refused:
        reservation_describe(reservation=row, changes={"status": "cancelled"}, actor=cast.bo)
    assert refused.value.code == "not_a_detail"
    with pytest.raises(InvalidInput):
        booking_describe(booking=row.booking, changes={"external_id": "X"}, actor=None)
    Reservation.objects.update(status="cancelled")
    with pytest.raises(Conflict):
        reservation_describe(reservation=row, changes={"eta": time(22)}, actor=cast.bo)
    assert Reservation.objects.get().version == 1


def test_texts_of_a_booking_change_and_the_log_of_each_stay_says_by_whom(house, cast):
    booking = house.book(house.stay(), house.stay(), notes="Early.").booking
    OutboxMessage.objects.all().delete()

    booking_describe(booking=booking, changes={"notes": "Late.", "group_name": "Choir"}, actor=cast.bo)

    stored = Booking.objects.get()
    assert (stored.notes, stored.group_name, stored.version) == ("Late.", "Choir", 2)
    logged = ReservationChange.objects.filter(kind="details").order_by("reservation")
    assert [(entry.reservation, entry.actor, entry.before, entry.after) for entry in logged] == [
        (
            row,
            cast.bo,
            {"booking_notes": "Early.", "booking_group_name": ""},
            {"booking_notes": "Late.", "booking_group_name": "Choir"},
        )
        for row in Reservation.objects.order_by("pk")
    ]
    assert list(OutboxMessage.objects.values_list("topic", flat=True)) == ["ReservationChanged"] * 2

    booking_describe(booking=booking, changes={"notes": "Late."}, actor=cast.bo)
    assert logged.all().count() == 2, "nothing was changed"


def test_a_trace_is_for_a_department_on_a_day_and_ticked_off_once(house, cast):
    row = house.reserve(note="Quiet room, please.")
    note = note_add(
        reservation=row, text="Cot", actor=cast.bo, kind="trace", department="housekeeping", due_on=TODAY
    )

    first = note_done(note=note, actor=cast.di)
    again = note_done(note=note, actor=cast.bo)

    assert (again.done_by, again.done_at) == (cast.di, first.done_at)
    assert ReservationNote.objects.filter(kind="guest", text="Quiet room, please.").count() == 1
    with pytest.raises(InvalidInput):
        note_add(reservation=row, text="Cot", actor=cast.bo, kind="trace")
    with pytest.raises(InvalidInput):
        note_add(reservation=row, text="VIP", actor=cast.bo, kind="alert")


def roomed_with_a_day_guest_before(house):
    """A stay that promised to come at 20:00, and a day guest in its room until 18:00."""
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    day = house.reserve(1, 0, day_use=(time(10), time(18)), rate_plan=plan)
    late = house.reserve(1, 1, eta=time(20))
    for row in (late, day):
        room_assign(reservation=row, room=house.rooms[0], actor=None)
    return late


def test_an_earlier_time_of_arrival_takes_the_room_from_then_or_loses_it(cast):
    house = house_make(cast.alpha, day_use_limit=1)
    late = roomed_with_a_day_guest_before(house)

    reservation_describe(reservation=late, changes={"eta": time(16)}, actor=cast.bo)

    assert not RoomAssignment.objects.filter(reservation=late, released_at=None).exists()


def test_a_locked_room_is_kept_and_the_earlier_time_of_arrival_refused(cast):
    house = house_make(cast.alpha, day_use_limit=1)
    late = roomed_with_a_day_guest_before(house)
    room_lock(reservation=late, actor=None)

    with pytest.raises(RoomTaken):
        reservation_describe(reservation=late, changes={"eta": time(16)}, actor=cast.bo)

    assert Reservation.objects.get(pk=late.pk).eta == time(20)
