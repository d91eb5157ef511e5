"""The invariants are green after everything services do, and red when somebody goes around them."""

from datetime import timedelta

import pytest
from django.db import connection

from hotel.reservations.invariants import invariants
from hotel.reservations.models import (
    Booking,
    GroupBlock,
    PriceHold,
    Reservation,
    ReservationNight,
    RoomAssignment,
)
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.rooms.models import RoomOccupancy
from tests.factories.reservations import (
    group_block_make,
    house_of,
    price_hold_make,
    room_assignment_make,
    waitlist_offer_make,
)


def violated() -> list[str]:
    found = []
    for invariant in invariants():
        with connection.cursor() as cursor:
            cursor.execute(invariant.sql)
            found += [invariant.name] if cursor.fetchall() else []
    return found


@pytest.fixture
def busy(cast):
    """A bit of everything; returns a confirmed stay in a room."""
    house = house_of(cast.alpha)
    reservation_cancel(reservation=house.reserve(), actor=None)
    reservation_no_show(reservation=house.reserve(0), actor=None)
    house.reserve(status="option")
    house.book(house.stay(), house.stay(5), channel_code="ota", external_id="X")
    price_hold_make(cast.alpha, quantity=2)
    group_block_make(cast.alpha)
    waitlist_offer_make(cast.alpha)
    return room_assignment_make(cast.alpha).reservation


def test_services_keep_them(busy):
    assert violated() == []


def cancelled_by_hand(row):
    Reservation.objects.filter(pk=row.pk).update(status="cancelled")


def day_use_by_hand(row):
    Reservation.objects.filter(pk=row.pk).update(
        is_day_use=True, departure=row.arrival, day_use_start="10:00", day_use_end="11:00"
    )


def same_room_twice(row):
    held = RoomAssignment.objects.get(reservation=row)
    other = Reservation.objects.exclude(pk=row.pk).filter(status="confirmed").first()
    RoomAssignment.objects.create(
        property=held.property,
        reservation=other,
        room=held.room,
        arrival=held.arrival,
        departure=held.departure,
    )


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("inv_sold_matches", cancelled_by_hand),
        ("inv_no_room_of_ended_stay", cancelled_by_hand),
        ("inv_day_sold_matches", day_use_by_hand),
        ("inv_held_matches", lambda row: PriceHold.objects.filter(quantity=2).update(quantity=1)),
        ("inv_blocked_matches", lambda row: GroupBlock.objects.update(status="inquiry")),
        ("inv_picked_up_matches", lambda row: Reservation.objects.filter(pk=row.pk).update(block=GroupBlock.objects.get())),
        ("inv_no_shared_room", same_room_twice),
        ("inv_assignment_claims_room", lambda row: RoomOccupancy.objects.all().delete()),
        ("inv_version_positive", lambda row: Reservation.objects.filter(pk=row.pk).update(version=7)),
        ("inv_totals", lambda row: Reservation.objects.filter(pk=row.pk).update(total_amount=7)),
        ("inv_every_night_once", lambda row: ReservationNight.objects.filter(reservation=row).first().delete()),
        ("inv_booking_has_reservations", lambda row: Booking.objects.create(
            property=row.property, confirmation_number="X", currency="EUR", booked_at=row.booked_at, booked_on=row.booked_on
        )),
        ("inv_option_expires", lambda row: Reservation.objects.filter(pk=row.pk).update(
            hold_expires_at=row.booked_at + timedelta(days=1)
        )),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_going_around_the_services_is_seen(busy, name, wrong):
    wrong(busy)
    assert name in violated()


def test_each_has_a_sentence_and_its_own_name():
    named = {invariant.name: invariant.text for invariant in invariants()}
    assert len(named) == len(list(invariants()))
    assert all(name.startswith("inv_") and text.endswith(".") for name, text in named.items())
