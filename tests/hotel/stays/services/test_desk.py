"""What the commands of the desk share."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from hotel.core.exceptions import Conflict, NotFound
from hotel.core.locks import LockRefused, LockSpace, advisory_lock
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room
from hotel.stays.services.desk import (
    MINUTE,
    assignment_now,
    day_shared,
    instant_within,
    rooms_turned,
    stay_locked,
)
from tests.cast import make_cast
from tests.factories.rooms import room_make, room_type_make
from tests.hotel.stays.conftest import NOON
from tests.together import Actor

HOUR = timedelta(hours=1)


def test_an_id_is_enough_and_an_unknown_one_is_not_found(arrival):
    assert stay_locked(Reservation(pk=arrival.pk), "check-in", actor=None) == arrival
    with pytest.raises(NotFound):
        stay_locked(Reservation(pk=0), "check-in", actor=None)


def test_a_refusal_carries_command_and_status(arrival):
    with pytest.raises(Conflict) as refusal:
        stay_locked(arrival, "check-out", actor=None)
    assert refusal.value.extra == {"command": "check-out", "status": "confirmed"}


def test_a_stay_without_a_room_has_none_now(house):
    with pytest.raises(Conflict) as refusal:
        assignment_now(house.reserve(0, 1))
    assert refusal.value.code == "no_room_assigned"


@pytest.mark.parametrize(
    ("first", "past", "found"),
    [
        (NOON - HOUR, NOON + HOUR, NOON),
        (NOON + HOUR, NOON + 2 * HOUR, NOON + HOUR + MINUTE),
        (NOON - 2 * HOUR, NOON - HOUR, NOON - HOUR),
        (NOON, NOON + HOUR, NOON + MINUTE),
    ],
    ids=["within", "before", "after", "on the edge"],
)
def test_a_claim_ends_now_but_never_before_it_began(first, past, found):
    assert instant_within(first, past) == found


def test_a_suite_is_turned_with_its_parts(house, cast):
    suite_type = room_type_make(house.place, "FAM", kind="component", parts={house.double: 2})
    suite = room_make(house.place, suite_type, "190", parts=(house.rooms[0], house.rooms[1]))
    rooms_turned([suite.pk], "dirty", cast.bo)
    dirty = Room.objects.filter(housekeeping_status="dirty").order_by("number")
    assert [room.number for room in dirty] == ["101", "102", "190"]


@pytest.mark.django_db(transaction=True)
def test_the_desk_shares_the_day_and_waits_for_the_audit_only():
    place, taken, over = make_cast().alpha, threading.Event(), threading.Event()

    @transaction.atomic
    def hold(*, shared):
        advisory_lock(LockSpace.NIGHT_AUDIT, place.pk, shared=shared)
        taken.set()
        assert over.wait(20)

    @transaction.atomic
    def work():
        day_shared(place.pk)
        return "done"

    with Actor() as other, Actor() as clerk:
        for shared, expected in ((True, "done"), (False, LockRefused)):
            taken.clear()
            over.clear()
            holding = other.do(lambda shared=shared: hold(shared=shared), wait=False)
            assert taken.wait(20)
            try:
                if expected == "done":
                    assert clerk.do(work) == "done"
                else:
                    with pytest.raises(LockRefused):
                        clerk.do(work)
            finally:
                over.set()
                holding.result(timeout=20)
