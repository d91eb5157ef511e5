"""The rooms of the day with their status, their hold and whether someone is in."""

from datetime import UTC, date, datetime, timedelta

from hotel.rooms.choices import BlockKind, OccupancyKind
from hotel.rooms.models import Room
from hotel.rooms.selectors.housekeeping import housekeeping_rooms
from hotel.rooms.services.occupancy import room_claim
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_block_make, room_make, room_type_make, rooms_make

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


def test_who_is_in_and_what_is_held_tonight(cast, django_assert_num_queries):
    double = room_type_make(cast.alpha)
    used, held, tomorrow, empty = rooms_make(cast.alpha, double, 4)
    inventory_ready(cast.alpha, TODAY, TODAY + timedelta(days=5))
    room_claim(
        room=used, start=NOON - timedelta(hours=2), end=NOON + timedelta(hours=2), kind=OccupancyKind.DAY_USE
    )
    until = TODAY + timedelta(days=2)
    room_block_make(cast.alpha, held, kind=BlockKind.OUT_OF_ORDER, end_on=until)
    room_block_make(cast.alpha, tomorrow, start_on=TODAY + timedelta(days=1), end_on=until)
    with django_assert_num_queries(1):
        found = list(housekeeping_rooms(Room.objects.at(cast.alpha.pk), NOON + timedelta(hours=1)))
    assert [(r.number, r.is_occupied, r.hold, r.hold_ends_on) for r in found] == [
        (used.number, True, None, None),
        (held.number, False, "out_of_order", until),
        (tomorrow.number, False, None, None),
        (empty.number, False, None, None),
    ]


def test_rooms_that_do_not_count_today_are_left_out(cast):
    double = room_type_make(cast.alpha)
    room_make(cast.alpha, double, "1", closed_on=TODAY)
    room_make(cast.alpha, double, "2", opened_on=TODAY + timedelta(days=1))
    room_make(cast.alpha, double, "3", opened_on=date(2027, 3, 14))
    assert [r.number for r in housekeeping_rooms(Room.objects.all(), NOON)] == ["3"]
