"""Which rooms there are and which are free, physically."""

from datetime import UTC, date, datetime

import pytest

from hotel.rooms.choices import OccupancyKind
from hotel.rooms.selectors.rooms import rooms_free, rooms_open
from hotel.rooms.services.occupancy import room_claim
from tests.factories.rooms import room_make, room_type_make, rooms_make

D14, D16 = datetime(2027, 3, 14, 14, tzinfo=UTC), datetime(2027, 3, 16, 10, tzinfo=UTC)


@pytest.fixture
def double(cast):
    return room_type_make(cast.alpha)


def numbers(rooms) -> list[str]:
    return [room.number for room in rooms]


def free(place, *types, start=D14, end=D16) -> list[str]:
    return numbers(rooms_free(place.pk, [kind.pk for kind in types], start, end))


def test_a_room_counts_from_its_opening_to_the_day_before_its_closing(cast, double):
    room_make(cast.alpha, double, "1", opened_on=date(2027, 3, 14), closed_on=date(2027, 3, 16))
    room_make(cast.beta, room_type_make(cast.beta), "9")
    shown = [numbers(rooms_open(cast.alpha.pk, date(2027, 3, day))) for day in (13, 14, 15, 16)]
    assert shown == [[], ["1"], ["1"], []]


def test_taken_rooms_are_left_out_half_open(cast, double):
    one, _ = rooms_make(cast.alpha, double, 2)
    room_claim(room=one, start=D14, end=D16, kind=OccupancyKind.STAY)
    assert free(cast.alpha, double) == ["102"]
    assert free(cast.alpha, double, start=D16, end=datetime(2027, 3, 17, 10, tzinfo=UTC)) == ["101", "102"]


def test_a_virtual_type_means_the_rooms_of_its_base(cast, double):
    rooms_make(cast.alpha, double, 1)
    view = room_type_make(cast.alpha, "DBV", kind="virtual", base_type=double)
    assert free(cast.alpha, view) == ["101"]
    assert free(cast.alpha, room_type_make(cast.alpha, "SGL")) == []


def test_a_suite_is_free_while_all_its_parts_are(cast, double):
    one, two = rooms_make(cast.alpha, double, 2)
    suite = room_type_make(cast.alpha, "STE", kind="component", parts={double: 2})
    room_make(cast.alpha, suite, "1+2", parts=(one, two))
    assert free(cast.alpha, suite) == ["1+2"]
    room_claim(room=one, start=D14, end=D16, kind=OccupancyKind.STAY)
    assert free(cast.alpha, suite) == []


def test_a_room_must_be_open_on_every_night(cast, double):
    room_make(cast.alpha, double, "1", closed_on=date(2027, 3, 15))
    room_make(cast.alpha, double, "2", closed_on=date(2027, 3, 16))
    room_make(cast.alpha, double, "3", opened_on=date(2027, 3, 15))
    assert free(cast.alpha, double) == ["2"]
