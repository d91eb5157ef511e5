"""A house on the business date, at its noon; a guest who arrives today and has a room."""

from datetime import UTC, datetime

import pytest
import time_machine

from hotel.reservations.services.assignment import room_assign
from tests.factories.reservations import house_make

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    """13:00 at Alpha: after check-out time, before check-in time."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def arrival(house):
    """Two nights from today in room 101."""
    row = house.reserve(0, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return row
