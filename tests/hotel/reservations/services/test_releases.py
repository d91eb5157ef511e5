"""Arrivals that nothing guarantees are let go at their hour, once, and never a guest who has come."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction

from hotel.contracts.reservations import ReservationCancelled
from hotel.core.models import OutboxMessage
from hotel.messaging.services.templates import templates_seed
from hotel.properties.services.settings import setting_set
from hotel.reservations.choices import Guarantee
from hotel.reservations.models import Reservation, ReservationChange, ReservationNote, RoomAssignment
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import reservation_no_show
from hotel.reservations.services.details import reservation_describe
from hotel.reservations.services.letters import cancellation_letter
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.releases import unguaranteed_release
from hotel.rooms.models import RoomOccupancy
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY, make_cast
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.conftest import NOON
from tests.hotel.reservations.test_invariants import violated
from tests.together import Actor, together

EVENING = NOON + timedelta(hours=5)  # 18:00 in Vienna
HOLD = Guarantee.HOLD_6PM


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(cast, clock):
    return house_make(cast.alpha, doubles=2)


def test_at_its_hour_the_stay_is_cancelled_without_a_fee_and_its_room_free(house, clock):
    row = house.reserve(0, 2, guarantee=HOLD)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    clock.move_to(EVENING - timedelta(seconds=1))
    assert unguaranteed_release(place=house.place) == 0

    clock.move_to(EVENING)
    assert [unguaranteed_release(place=house.place) for _ in range(2)] == [1, 0]

    row.refresh_from_db()
    assert (row.status, row.fee_amount, row.cancelled_at) == ("cancelled", None, EVENING)
    assert row.cancel_reason == "Held until 18:00 on the arrival day; nothing guaranteed it."
    assert row.cancellation_number
    assert (house.counted("sold", days=3), RoomOccupancy.objects.count()) == ([0, 0, 0], 0)
    assert RoomAssignment.objects.get().released_at == EVENING
    entry = ReservationChange.objects.get(kind="released")
    assert (entry.actor, entry.after["status"]) == (None, "cancelled")
    told = OutboxMessage.objects.get(topic=ReservationCancelled.__name__).payload
    assert (told["reservation_id"], Decimal(told["fee_amount"])) == (row.pk, 0)
    note = ReservationNote.objects.get()
    assert (note.kind, note.screen, note.text[:17]) == ("alert", "check_in", "Let go at 18:00: ")
    assert violated() == []


def test_the_guest_hears_by_the_letter_of_cancellation(house, clock):
    templates_seed(place=house.place)
    guest = guest_make(house.place, email="ann@example.com")
    row = house.reserve(0, 1, guarantee=HOLD, primary_guest=guest)
    clock.move_to(EVENING)
    unguaranteed_release(place=house.place)

    message = cancellation_letter(reservation_id=row.pk)

    assert message is not None
    assert message.address == "ann@example.com"


def test_what_is_guaranteed_promised_less_or_due_another_day_stays(house, clock):
    kept = [
        house.reserve(0, 1, guarantee=Guarantee.CREDIT_CARD),
        house.reserve(1, 1, guarantee=HOLD),
        house.reserve(0, 1, guarantee=HOLD, status="option"),
    ]
    clock.move_to(EVENING)

    assert unguaranteed_release(place=house.place) == 0
    assert Reservation.objects.exclude(status="cancelled").count() == len(kept)


def test_a_house_that_does_it_by_hand_is_left_alone(house, clock):
    house.reserve(0, 1, guarantee=HOLD)
    setting_set(place=house.place, key="reservations.release_hour", value=-1, valid_from=TODAY)
    clock.move_to(EVENING + timedelta(hours=3))
    assert unguaranteed_release(place=house.place) == 0


def test_who_decided_after_the_hour_has_decided(house, clock):
    early, late = house.reserve(0, 1, guarantee=HOLD), house.reserve(0, 1, guarantee=HOLD)
    clock.move_to(EVENING)
    reservation_describe(reservation=late, changes={"etd": None, "eta": None}, actor=None)
    assert unguaranteed_release(place=house.place) == 1
    early.refresh_from_db()
    assert early.status == "cancelled"

    clock.move_to(EVENING + timedelta(minutes=30))
    reservation_reinstate(reservation=early, actor=None, reason="He has called")
    house.reserve(0, 1, guarantee=HOLD, room_type=house.suite)
    clock.move_to(EVENING + timedelta(hours=1))

    assert unguaranteed_release(place=house.place) == 0
    assert Reservation.objects.filter(status="confirmed").count() == 3


def test_a_guest_in_house_stays(house, clock):
    row = house.reserve(0, 1, guarantee=HOLD)
    check_in(reservation=row, actor=None, room=house.rooms[0])
    clock.move_to(EVENING)
    assert unguaranteed_release(place=house.place) == 0
    row.refresh_from_db()
    assert row.status == "in_house"


def test_only_so_many_at_a_time(house, clock):
    for _ in range(2):
        house.reserve(0, 1, guarantee=HOLD)
    clock.move_to(EVENING)
    assert [unguaranteed_release(place=house.place, limit=1) for _ in range(3)] == [1, 1, 0]


def test_a_no_show_that_was_held_until_the_evening_owes_nothing(house):
    row = house.reserve(0, 2, guarantee=HOLD)
    result = reservation_no_show(reservation=row, actor=None)
    (fee,) = result.fees
    assert (fee.amount.amount, fee.text) == (0, "Nothing is owed: the room was held until the evening only.")


@pytest.fixture
def arriving():
    """A guest who is at the desk when his hour strikes; committed, with the clock standing."""
    with time_machine.travel(NOON, tick=False) as traveller:
        house = house_make(make_cast().alpha)
        row = house.reserve(0, 1, guarantee=HOLD)
        traveller.move_to(EVENING)
        yield house, row


@pytest.mark.django_db(transaction=True)
def test_a_check_in_under_way_is_passed_over(arriving):
    house, row = arriving
    with Actor() as desk, Actor() as sweep:
        hold = desk.do(transaction.atomic)
        desk.do(hold.__enter__)
        desk.do(lambda: check_in(reservation=row, actor=None, room=house.rooms[0]))
        assert sweep.do(lambda: unguaranteed_release(place=house.place)) == 0
        desk.do(lambda: hold.__exit__(None, None, None))
        assert sweep.do(lambda: unguaranteed_release(place=house.place)) == 0
    row.refresh_from_db()
    assert (row.status, house.counted("sold", days=1)) == ("in_house", [1])


@pytest.mark.django_db(transaction=True)
def test_the_sweep_and_the_desk_at_once_are_never_both_right(arriving):
    house, row = arriving

    released, checked_in = together(
        lambda: unguaranteed_release(place=house.place),
        lambda: check_in(reservation=row, actor=None, room=house.rooms[0]),
    )

    row.refresh_from_db()
    if released == 1:
        assert (checked_in.code, row.status, house.counted("sold", days=1)) == (
            "status_forbids",
            "cancelled",
            [0],
        )
    else:
        assert (released, row.status, house.counted("sold", days=1)) == (0, "in_house", [1])
    assert RoomOccupancy.objects.count() == house.counted("sold", days=1)[0]
    assert violated() == []
