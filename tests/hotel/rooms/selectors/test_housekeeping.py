"""The rooms of the day with their status, their hold and whether someone is in."""

from datetime import date, timedelta

from hotel.rooms import presence_ports
from hotel.rooms.choices import BlockKind
from hotel.rooms.models import Room
from hotel.rooms.presence_ports import register_presence_source
from hotel.rooms.selectors.housekeeping import housekeeping_rooms
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_block_make, room_make, room_type_make, rooms_make


def test_who_is_in_and_what_is_held_tonight(cast, django_assert_num_queries, monkeypatch):
    double = room_type_make(cast.alpha)
    used, held, tomorrow, empty = rooms_make(cast.alpha, double, 4)
    inventory_ready(cast.alpha, TODAY, TODAY + timedelta(days=5))
    monkeypatch.setattr(presence_ports, "_sources", [lambda rooms: Room.objects.filter(number=used.number)])
    until = TODAY + timedelta(days=2)
    room_block_make(cast.alpha, held, kind=BlockKind.OUT_OF_ORDER, end_on=until)
    room_block_make(cast.alpha, tomorrow, start_on=TODAY + timedelta(days=1), end_on=until)
    with django_assert_num_queries(1):
        found = list(housekeeping_rooms(Room.objects.at(cast.alpha.pk)))
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
    assert [r.number for r in housekeeping_rooms(Room.objects.all())] == ["3"]


def test_the_parts_of_a_suite_with_a_guest_are_occupied_and_nothing_is_while_nobody_tells(cast, monkeypatch):
    double = room_type_make(cast.alpha)
    parts = rooms_make(cast.alpha, double, 2)
    family = room_type_make(cast.alpha, "FAM", kind="component", parts={double: 2})
    room_make(cast.alpha, family, "F2", parts=tuple(parts))
    room_make(cast.alpha, double, "103")

    def occupied():
        return {room.number for room in housekeeping_rooms(Room.objects.all()) if room.is_occupied}

    monkeypatch.setattr(presence_ports, "_sources", [])
    assert occupied() == set()
    register_presence_source(lambda rooms: Room.objects.filter(number="F2"))
    assert occupied() == {"101", "102", "F2"}
