"""What tests of stays that share a room ask and see."""

from datetime import timedelta

import pytest

from hotel.core.invariants import invariants_verify
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import (
    Reservation,
    ReservationChange,
    ReservationNight,
    RoomAssignment,
    RoomShare,
)
from hotel.reservations.services.sharing import room_share
from tests.cast import TODAY

ONE, TWO = Occupancy(adults=1), Occupancy(adults=2)
DAY = timedelta(days=1)


def share(first, *others, split="full", **over):
    values = {"actor": None, **over}
    return room_share(reservation=first, others=others, split=split, **values).reservation


def nights(row):
    """Night from the business date, whether it holds the room, and its price."""
    rows = ReservationNight.objects.filter(reservation=row).order_by("night")
    return [((n.night - TODAY).days, n.holds_room, str(n.total.amount)) for n in rows]


def rooms_of(row):
    rows = RoomAssignment.objects.filter(reservation=row, released_at=None).order_by("arrival")
    return [(a.room.number, (a.arrival - TODAY).days, (a.departure - TODAY).days) for a in rows]


def broken():
    return [(f.invariant.name, f.violations[:2]) for f in invariants_verify() if f.violations]


def state():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Reservation, ReservationNight, RoomAssignment, ReservationChange, RoomShare)
    ]


def fresh(row):
    return Reservation.objects.get(pk=row.pk)


def refused(error, code, command, *args, **given):
    before = state()
    with pytest.raises(error) as found:
        command(*args, **given)
    assert found.value.code == code
    assert state() == before
    return found.value
