"""A house on the business date at 13:00, whose guests and tasks follow one another."""

from datetime import UTC, datetime

import pytest
import time_machine

from hotel.operations.models import Task
from hotel.operations.services.room_days import room_days_settle
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.services.status import rooms_status_set
from hotel.stays.services.check_in import check_in
from tests.factories.reservations import House, house_make

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def noon():
    """13:00 at Alpha: after check-out time, before check-in time."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def house(cast, noon):
    return house_make(cast.alpha, doubles=4)


def guest_in(house: House, room: int = 0, nights: int = 2):
    """A guest who has come today."""
    row = house.reserve(0, nights)
    room_assign(reservation=row, room=house.rooms[room], actor=None)
    check_in(reservation=row, actor=None)
    return row


def morning(house: House, *dirty: int) -> None:
    """The next business day, whose slept-in rooms are dirty, with its tasks."""
    business_day_close(place=house.place)
    house.place.refresh_from_db()
    rooms_status_set(room_ids=[house.rooms[n].pk for n in dirty], status="dirty", source="stay")
    room_days_settle(property_id=house.place.pk)


def tasks_of(house: House, **only) -> list[tuple[str, str, str]]:
    """Room number, kind and state of each task, oldest first."""
    rows = Task.objects.filter(property=house.place, **only).order_by("pk")
    return list(rows.values_list("room__number", "kind", "state"))
