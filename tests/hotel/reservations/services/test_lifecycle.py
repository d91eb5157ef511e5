"""From interest to promise."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.lifecycle import (
    options_expire,
    reservation_confirm,
    reservation_option,
    reservation_waitlist,
)
from hotel.reservations.services.pick_up import block_pick_up
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.rates import restriction_make
from tests.factories.reservations import group_block_make, house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.mark.parametrize("status", ["inquiry", "requested", "waitlisted"])
def test_confirming_takes_inventory_in_the_same_step(house, cast, status):
    row = house.reserve(status=ReservationStatus(status), waitlist_priority=5)

    result = reservation_confirm(reservation=row, actor=cast.bo, guarantee="credit_card")

    stored = Reservation.objects.get()
    assert (stored.status, stored.guarantee, stored.version) == ("confirmed", "credit_card", 2)
    assert (stored.confirmed_at is not None, stored.waitlist_priority) == (True, None)
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert result.reservation.status == "confirmed"
    assert OutboxMessage.objects.get(topic="ReservationChanged").payload["change"] == "confirm"


def test_confirming_an_option_takes_nothing_twice(house, cast):
    row = house.reserve(status=ReservationStatus.OPTION)

    reservation_confirm(reservation=row, actor=cast.bo)

    assert Reservation.objects.get().hold_expires_at is None
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_confirming_is_refused_when_nothing_is_left(house, cast):
    row = house.reserve(status=ReservationStatus.WAITLISTED)
    house.book(house.stay(), house.stay())

    with pytest.raises(RoomTypeSoldOut):
        reservation_confirm(reservation=row, actor=cast.bo)

    assert Reservation.objects.get(pk=row.pk).status == "waitlisted"
    assert not ReservationChange.objects.filter(reservation=row, kind="confirmed").exists()


def test_confirming_twice_is_refused(house, cast):
    row = house.reserve()

    with pytest.raises(Conflict) as refused:
        reservation_confirm(reservation=row, actor=cast.bo)

    assert refused.value.message == "It is confirmed already."


def test_an_inquiry_must_keep_the_rules_when_it_is_confirmed(house, cast):
    row = house.reserve(status=ReservationStatus.INQUIRY)
    restriction_make(house.place, "min_los", TODAY, TODAY + timedelta(days=9), 5)

    with pytest.raises(RuleBroken) as refused:
        reservation_confirm(reservation=row, actor=cast.ada)
    assert refused.value.code == "rate_restrictions_violated"
    assert [rule["code"] for rule in refused.value.extra["rules"]] == ["min_los"]
    assert Reservation.objects.get().status == "inquiry"

    result = reservation_confirm(reservation=row, actor=cast.ada, override_reason="The owner's friend.")
    assert result.reservation.status == "confirmed"
    assert ReservationChange.objects.latest("pk").reason == "The owner's friend."


def test_restrictions_refuse_a_booking_and_nobody_overrides_without_the_right(house, cast):
    restriction_make(house.place, "closed", TODAY, TODAY + timedelta(days=9))

    with pytest.raises(RuleBroken) as refused:
        house.book(actor=cast.di, override_reason="I want to.")

    assert refused.value.code == "rate_restrictions_violated"
    assert refused.value.extra["can_override"] is False
    assert not Reservation.objects.exists()


def test_an_option_can_be_given_a_new_expiry(house, cast):
    row = house.reserve(status=ReservationStatus.OPTION)
    until = now() + timedelta(days=3)

    reservation_option(reservation=row, actor=cast.bo, hold_until=until)

    assert Reservation.objects.get().hold_expires_at == until
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    with pytest.raises(InvalidInput):
        reservation_option(reservation=row, actor=cast.bo, hold_until=now() - timedelta(minutes=1))


def test_options_run_out_without_a_fee_and_only_once(house):
    row = house.reserve(status=ReservationStatus.OPTION)
    other = house.reserve(status=ReservationStatus.OPTION)
    Reservation.objects.filter(pk=row.pk).update(hold_expires_at=now() - timedelta(seconds=1))

    assert options_expire(property_id=house.place.pk) == 1
    assert options_expire(property_id=house.place.pk) == 0

    stored = Reservation.objects.get(pk=row.pk)
    assert (stored.status, stored.fee_amount, stored.version) == ("cancelled", None, 2)
    assert stored.cancellation_number == f"{row.number}-X2"
    assert Reservation.objects.get(pk=other.pk).status == "option"
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    change = ReservationChange.objects.get(reservation=row, kind="expired")
    assert change.actor is None


def test_an_option_confirmed_in_time_does_not_run_out(house, cast):
    row = house.reserve(status=ReservationStatus.OPTION)
    reservation_confirm(reservation=row, actor=cast.bo)

    assert options_expire(property_id=house.place.pk) == 0


def test_a_groups_option_that_goes_to_the_waiting_list_leaves_the_block(house, cast):
    block = group_block_make(house.place, rooms=2)
    stay = house.stay(status=ReservationStatus.OPTION)
    (row,) = block_pick_up(block=block, data=BookingData(reservations=(stay,)), actor=None).reservations
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 1, 1], [0, 1, 1])

    reservation_waitlist(reservation=row, actor=cast.bo, priority=3)

    stored = Reservation.objects.get()
    assert (stored.status, stored.waitlist_priority, stored.block_id) == ("waitlisted", 3, None)
    assert (house.counted("blocked", days=3), house.counted("sold", days=3)) == ([0, 2, 2], [0, 0, 0])
    change = ReservationChange.objects.latest("pk")
    assert (change.kind, change.before["block"]) == ("waitlisted", str(block))


def test_a_promised_stay_does_not_wait(house, cast):
    row = house.reserve()

    with pytest.raises(Conflict) as refused:
        reservation_waitlist(reservation=row, actor=cast.bo)

    assert refused.value.message == "It is confirmed already: the guest has a room."
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


@pytest.mark.parametrize("status", ["inquiry", "waitlisted"])
def test_an_option_is_no_way_around_restrictions(house, cast, status):
    row = house.reserve(status=ReservationStatus(status))
    restriction_make(house.place, "closed", row.arrival, row.departure)

    with pytest.raises(RuleBroken) as refused:
        reservation_option(reservation=row, actor=cast.ada)
    assert refused.value.code == "rate_restrictions_violated"
    assert house.counted("sold", days=4) == [0, 0, 0, 0]

    reservation_option(reservation=row, actor=cast.ada, override_reason="A regular.")
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert ReservationChange.objects.latest("pk").reason == "A regular."
