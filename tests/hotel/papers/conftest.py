"""A house with somebody in it, somebody who comes and somebody who leaves."""

from datetime import time, timedelta

import pytest

from hotel.papers.domain.words import words
from hotel.reservations.models import Reservation
from hotel.reservations.services.details import note_add
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.stays.conftest import noon  # noqa: F401


@pytest.fixture
def w():
    return words("en")


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=12)


@pytest.fixture
def full(house):
    """Ana Gruber is in 101 until tomorrow night, Ben Huber leaves 102 today, Cleo Ibrahim comes at 17:30."""
    ana = house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Ana", last_name="Gruber"))
    check_in(reservation=ana, actor=None, room=house.rooms[0])
    ben = house.reserve(0, 1, primary_guest=guest_make(house.place, first_name="Ben", last_name="Huber"))
    check_in(reservation=ben, actor=None, room=house.rooms[1])
    day = timedelta(days=1)
    Reservation.objects.filter(pk=ben.pk).update(
        arrival=TODAY - day, policy_arrival=TODAY - day, departure=TODAY
    )
    ben.assignments.update(arrival=TODAY - day, departure=TODAY)
    ben.nights.all().delete()
    cleo = house.reserve(0, 3, primary_guest=guest_make(house.place, first_name="Cleo", last_name="Ibrahim"))
    Reservation.objects.filter(pk=cleo.pk).update(eta=time(17, 30))
    note_add(reservation=cleo, actor=None, kind="alert", text="Allergic to nuts", screen="check_in")
    house.ana, house.ben, house.cleo = (Reservation.objects.get(pk=one.pk) for one in (ana, ben, cleo))
    return house
