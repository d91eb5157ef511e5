"""Giving stays back, the fee of the frozen policy, and standing again."""

from datetime import UTC, datetime, timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, NotPermitted, RuleBroken, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.services import cancellations
from hotel.reservations.services.cancellations import (
    Waiver,
    booking_cancel,
    fee_preview,
    reservation_cancel,
    reservation_no_show,
)
from hotel.reservations.services.reinstatements import booking_reinstate, reservation_reinstate
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.reservations import house_make

# Free until 18:00 in Vienna on the day before the arrival (16 March, so 15 March 17:00 UTC); then the first night.
BEFORE = datetime(2027, 3, 15, 16, 59, tzinfo=UTC)
AFTER = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def at(monkeypatch, moment):
    monkeypatch.setattr(cancellations, "now", lambda: moment)


def move_business_date(house, days):
    Property.objects.filter(pk=house.place.pk).update(business_date=TODAY + timedelta(days=days))
    house.place.refresh_from_db()


def test_cancelling_in_time_is_free_and_gives_the_nights_back(house, cast, monkeypatch):
    row = house.reserve(arrival=2)
    at(monkeypatch, BEFORE)

    result = reservation_cancel(reservation=row, actor=cast.bo, waiver=Waiver(reason="Ill."))

    stored = Reservation.objects.get()
    assert (stored.status, stored.version, stored.cancel_reason) == ("cancelled", 2, "Ill.")
    assert stored.cancellation_number == f"{row.number}-X2"
    assert stored.fee_amount == Money(0, "EUR")
    assert result.fees[0].amount == Money(0, "EUR")
    assert house.counted("sold") == [0] * 8
    assert ReservationNight.objects.count() == 2  # what was sold stays known
    change = ReservationChange.objects.latest("pk")
    assert (change.kind, change.actor, change.version, change.reason) == ("cancelled", cast.bo, 2, "Ill.")
    assert (change.before["status"], change.after["status"]) == ("confirmed", "cancelled")
    fact = OutboxMessage.objects.get(topic="ReservationCancelled")
    assert (fact.payload["fee_amount"], fact.payload["version"]) == ("0.00", 2)
    assert {a.name for a in actions_of(result.reservation) if a.is_allowed} == {"copy", "reinstate"}


def test_cancelling_late_owes_the_first_night_at_its_own_price(house, cast, monkeypatch):
    night = TODAY + timedelta(days=2)
    row = house.reserve(arrival=2, prices={night: Money(80, "EUR")})
    at(monkeypatch, AFTER)

    assert fee_preview(row).amount == Money(80, "EUR")
    result = reservation_cancel(reservation=row, actor=cast.bo)

    assert result.fees[0].amount == Money(80, "EUR")
    assert Reservation.objects.get().fee_amount == Money(80, "EUR")


def test_the_policy_is_the_one_frozen_at_booking(house, cast, monkeypatch):
    row = house.reserve(arrival=2)
    house.plan.cancellation_policy = None
    house.plan.save()
    at(monkeypatch, AFTER)

    assert reservation_cancel(reservation=row, actor=cast.bo).fees[0].amount == Money(100, "EUR")


def test_a_fee_is_waived_only_with_the_right_and_a_reason(house, cast, monkeypatch):
    row = house.reserve(arrival=2)
    at(monkeypatch, AFTER)

    with pytest.raises(NotPermitted):
        reservation_cancel(reservation=row, actor=cast.di, waiver=Waiver(reason="Nice.", is_fee_waived=True))
    with pytest.raises(RuleBroken) as refused:
        reservation_cancel(reservation=row, actor=cast.ada, waiver=Waiver(is_fee_waived=True))
    assert refused.value.code == "reason_required"
    assert Reservation.objects.get().status == "confirmed"
    assert house.counted("sold", days=5) == [0, 0, 1, 1, 0]

    result = reservation_cancel(
        reservation=row, actor=cast.ada, waiver=Waiver(reason="Flood.", is_fee_waived=True)
    )
    assert result.fees[0].amount == Money(0, "EUR")


def test_a_stale_version_is_refused(house, cast):
    row = house.reserve()

    with pytest.raises(VersionConflict) as refused:
        reservation_cancel(reservation=row, actor=cast.bo, expected_version=7)

    assert refused.value.extra == {"version": 1}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_cancelling_twice_is_refused_and_gives_nothing_back_twice(house, cast):
    row = house.reserve()
    house.reserve()
    reservation_cancel(reservation=row, actor=cast.bo)

    with pytest.raises(Conflict) as refused:
        reservation_cancel(reservation=row, actor=cast.bo)

    assert refused.value.code == "status_forbids"
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_an_inquiry_is_cancelled_without_fee_and_without_counters(house, cast, monkeypatch):
    row = house.reserve(arrival=2, status=ReservationStatus.INQUIRY)
    at(monkeypatch, AFTER)

    assert reservation_cancel(reservation=row, actor=cast.bo).fees[0].amount == Money(0, "EUR")
    assert house.counted("sold") == [0] * 8


def test_a_no_show_owes_by_policy_and_frees_all_nights(house, cast):
    row = house.reserve(arrival=1, nights=3)

    with pytest.raises(Conflict) as refused:
        reservation_no_show(reservation=row, actor=cast.bo)
    assert refused.value.code == "arrival_not_reached"

    move_business_date(house, 1)
    result = reservation_no_show(reservation=row, actor=cast.bo)

    assert result.reservation.status == "no_show"
    assert result.fees[0].amount == Money(300, "EUR")
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    assert OutboxMessage.objects.filter(topic="NoShowMarked").count() == 1


def test_reinstating_takes_the_nights_anew_and_takes_the_fee_back(house, cast, monkeypatch):
    row = house.reserve(arrival=2)
    at(monkeypatch, AFTER)
    reservation_cancel(reservation=row, actor=cast.bo)

    result = reservation_reinstate(reservation=row, actor=cast.bo, reason="A mistake.")

    stored = Reservation.objects.get()
    assert (stored.status, stored.version, stored.fee_amount, stored.cancelled_at) == (
        "confirmed",
        3,
        None,
        None,
    )
    assert stored.cancellation_number == ""
    assert [(f.kind, f.amount) for f in result.fees] == [("cancellation", Money(-100, "EUR"))]
    assert house.counted("sold", days=5) == [0, 0, 1, 1, 0]
    assert OutboxMessage.objects.get(topic="ReservationReinstated").payload["reversed_amount"] == "100.000"


def test_reinstating_is_refused_when_the_room_is_sold(house, cast):
    row = house.reserve()
    reservation_cancel(reservation=row, actor=cast.bo)
    house.book(house.stay(), house.stay())

    with pytest.raises(RoomTypeSoldOut):
        reservation_reinstate(reservation=row, actor=cast.bo)

    assert Reservation.objects.get(pk=row.pk).status == "cancelled"
    assert house.counted("sold", days=4) == [0, 2, 2, 0]


def test_a_guest_who_comes_a_day_late_gets_the_nights_that_are_left(house, cast):
    row = house.reserve(arrival=1, nights=3)
    move_business_date(house, 1)
    reservation_no_show(reservation=row, actor=cast.bo)
    move_business_date(house, 2)

    result = reservation_reinstate(reservation=row, actor=cast.bo)

    stored = Reservation.objects.get()
    assert stored.arrival == TODAY + timedelta(days=2)
    assert stored.total_amount == Money(200, "EUR")
    assert ReservationNight.objects.count() == 2
    assert house.counted("sold", days=4) == [1, 1, 0, 0]  # from the business date on
    assert result.fees[0].amount == Money(-300, "EUR")


def test_a_booking_is_cancelled_and_reinstated_as_a_whole(house, cast):
    booking = house.book(house.stay(), house.stay(), house.stay(room_type=house.suite)).booking
    other = house.reserve(arrival=5)

    results = booking_cancel(booking=booking, actor=cast.bo)

    assert [r.reservation.status for r in results] == ["cancelled"] * 3
    assert house.house_counted("sold", days=8) == [0, 0, 0, 0, 0, 1, 1, 0]
    with pytest.raises(Conflict) as refused:
        booking_cancel(booking=booking, actor=cast.bo)
    assert refused.value.code == "nothing_to_cancel"

    reservation_cancel(reservation=other, actor=cast.bo)
    booking_reinstate(booking=booking, actor=cast.bo)
    assert house.house_counted("sold", days=8) == [0, 3, 3, 0, 0, 0, 0, 0]


def test_a_booking_is_reinstated_whole_or_not_at_all(house, cast):
    booking = house.book(house.stay(), house.stay()).booking
    booking_cancel(booking=booking, actor=cast.bo)
    house.reserve(arrival=2, nights=1)

    with pytest.raises(RoomTypeSoldOut):
        booking_reinstate(booking=booking, actor=cast.bo)

    assert set(booking.reservations.values_list("status", flat=True)) == {"cancelled"}
    assert house.counted("sold", days=4) == [0, 0, 1, 0]


def test_a_booking_with_a_guest_in_house_is_not_cancelled(house, cast):
    booking = house.book(house.stay(), house.stay()).booking
    Reservation.objects.filter(number__endswith="-2").update(status="in_house")

    with pytest.raises(Conflict) as refused:
        booking_cancel(booking=booking, actor=cast.bo)

    assert refused.value.code == "status_forbids"
    assert booking.reservations.filter(status="confirmed").count() == 1
    assert house.counted("sold", days=4) == [0, 2, 2, 0]
