"""Facts of the house reach the rooms that they concern."""

from datetime import timedelta

import pytest

from hotel.core.facts import subscriptions
from hotel.operations import handlers
from hotel.operations.models import Task
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.rooms.services.status import room_status_set
from hotel.stays.services.check_out import check_out
from hotel.stays.services.night_audit import night_audit_run
from hotel.stays.services.room_moves import room_move
from tests.cast import TODAY
from tests.factories.stays import bill_pay
from tests.hotel.operations.conftest import guest_in, tasks_of

DAY = timedelta(days=1)


@pytest.fixture
def told(drain, house):
    """Deliver what was told, and say which tasks there are."""

    def deliver():
        drain()
        return tasks_of(house)

    return deliver


def test_the_audit_opens_a_day_with_its_tasks(house, told, noon):
    guest_in(house, 0, 2)
    guest_in(house, 1, 1)
    assert told() == []
    night_audit_run(place=house.place)
    assert told() == [("101", "stayover", "open"), ("102", "departure", "open")]
    assert set(Task.objects.values_list("business_date", flat=True)) == {TODAY + DAY}


def test_a_guest_who_moves_and_one_who_leaves(house, told):
    stay, other = guest_in(house, 0, 3), guest_in(house, 1, 1)
    night_audit_run(place=house.place)
    told()
    room_move(reservation=stay, room=house.rooms[2], actor=None)
    bill_pay(other)
    check_out(reservation=other, actor=None)
    assert told() == [
        ("101", "stayover", "cancelled"), ("102", "departure", "open"), ("101", "departure", "open"),
        ("103", "stayover", "open"),
    ]  # fmt: skip


def test_a_guest_who_is_waited_for_and_cancels(house, told):
    row = house.reserve(0, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    assert told() == [("101", "arrival", "open")]
    reservation_cancel(reservation=row, actor=None)
    assert told() == [("101", "arrival", "cancelled")]


def test_a_stay_of_later_days_concerns_no_room_yet(house, told, monkeypatch):
    asked = []
    monkeypatch.setattr(handlers, "room_days_settle", lambda **given: asked.append(given))
    row = house.reserve(5, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    told()
    assert asked == []
    today = house.reserve(0, 1)
    room_assign(reservation=today, room=house.rooms[1], actor=None)
    told()
    assert asked == [{"property_id": house.place.pk, "room_ids": {house.rooms[1].pk}}] * len(asked)
    assert asked


@pytest.mark.parametrize(("source", "tasks"), [("front_desk", [("101", "departure", "open")]), ("stay", [])])
def test_what_stays_do_to_rooms_they_tell_themselves(house, told, source, tasks):
    room_status_set(room=house.rooms[0], status="dirty", source=source)
    assert told() == tasks


def test_every_fact_it_hears():
    heard = {
        topic
        for topic, found in subscriptions().items()
        if any(h.name.startswith("hotel.operations") for h in found)
    }
    assert heard == {
        "BusinessDayClosed", "CheckInReverted", "CheckOutReinstated", "LateCheckOutAgreed", "NoShowMarked",
        "ReservationCancelled", "ReservationChanged", "ReservationReinstated", "RoomAssigned", "RoomMoved",
        "RoomStatusChanged", "StayCheckedIn", "StayCheckedOut", "StayShortened",
    }  # fmt: skip
