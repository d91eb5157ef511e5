"""Rooms as lines, and what a sheet would change of them."""

from datetime import date, timedelta

import pytest

from hotel.properties.models import Building, Floor, Section
from hotel.rooms.domain.room_sheet import TAKEN
from hotel.rooms.models import Room
from hotel.rooms.selectors.room_sheet import line_of, places_of, room_lines, rooms_compared
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rooms import room_feature_make, room_make, room_type_make


@pytest.fixture
def place(cast):
    """Alpha: rooms 101 and 102, a building with a ground floor, a section, a feature."""
    main = Building.objects.create(property=cast.alpha, code="MAIN", name="Main house")
    floor = Floor.objects.create(property=cast.alpha, building=main, level=0)
    Section.objects.create(property=cast.alpha, code="EAST", name="East")
    room_feature_make(cast.alpha)
    room = room_make(cast.alpha, floor=floor)
    room.features.set(places_of(cast.alpha).features.values())
    room_make(cast.alpha, room.room_type, "102")
    return cast.alpha


def cells_of(line, **over):
    return {**dict(zip(TAKEN, line.cells(), strict=True)), **over}


def test_a_room_is_a_line_with_its_place_and_features(place, cast):
    room_make(cast.beta)
    room_make(
        place, Room.objects.filter(property=place)[0].room_type, "999", closed_on=TODAY + timedelta(days=9)
    )
    (first, _), (second, _) = room_lines(place)
    assert (first.number, first.type, first.building, first.level, first.features, first.opened_on) == (
        "101", "DBL", "MAIN", 0, ("BALCONY",), date(2020, 1, 1),
    )  # fmt: skip
    assert (second.number, second.building, second.level, second.features) == ("102", "", None, ())


def test_each_line_is_added_changed_unchanged_or_refused(place, cast):
    room_type_make(cast.beta, "THEIRS")
    room_type_make(place, "PM", kind="pseudo")
    double = Room.objects.get(property=place, number="101").room_type
    room_make(place, double, "300", closed_on=TODAY + timedelta(days=9))
    one, two = (line for line, _ in room_lines(place))
    rows = [
        (2, cells_of(one)),
        (3, cells_of(two, building="MAIN", level="0", features="BALCONY")),
        (4, cells_of(two, number="201", opened_on="")),
        (5, cells_of(two, number="201", opened_on="")),
        (6, cells_of(two, number="202", type="THEIRS", opened_on="")),
        (7, cells_of(two, number="203", type="PM", opened_on="")),
        (8, cells_of(two, number="300", opened_on="")),
        (9, cells_of(two, number="204", opened_on="2027-03-13")),
        (10, cells_of(one, type="PM", opened_on="2027-03-13")),
        (
            11,
            cells_of(
                two, number="205", building="MAIN", level="7", section="WEST", features="POOL", opened_on=""
            ),
        ),
        (12, cells_of(two, number="206", building="ANNEX", opened_on="")),
        (13, cells_of(two, number="207", smoking="?")),
    ]
    before = list(Room.objects.order_by("pk").values())
    found = rooms_compared(place, rows)
    assert [(line.number, line.code, line.outcome) for line in found[:4]] == [
        (2, "101", "unchanged"),
        (3, "102", "changed"),
        (4, "201", "added"),
        (5, "201", "refused"),
    ]
    assert (found[1].differences, found[2].summary) == (
        (("building", "–", "MAIN"), ("level", "–", "0"), ("features", "–", "BALCONY")),
        "DBL",
    )
    assert [line.reasons for line in found[3:]] == [
        ("number: stands in line 4 already",),
        ("type: the hotel has no room type THEIRS",),
        ("type: a sheet opens rooms of standard types alone",),
        ("number: a room that closes later has it until then",),
        ("opened_on: lies before the business date",),
        (
            "type: the room is a DBL; a sheet does not change that",
            "opened_on: it opened on 2020-01-01; a sheet does not change that",
            "number: stands in line 2 already",
        ),
        (
            "level: the building MAIN has no floor 7; add it first",
            "section: the hotel has no section WEST",
            "features: the hotel has no feature POOL",
        ),
        ("building: the hotel has no building ANNEX",),
        ("smoking: yes or no",),
    ]
    assert list(Room.objects.order_by("pk").values()) == before


def test_a_room_of_a_type_that_is_sold_no_more_stays_as_it_is(place):
    room = Room.objects.get(property=place, number="101")
    room.room_type.is_active = False
    room.room_type.save()
    (line,) = rooms_compared(place, [(2, cells_of(line_of(room)))])
    assert line.outcome == "unchanged"


def test_many_lines_cost_what_few_do(place):
    one, two = (line for line, _ in room_lines(place))
    few = queries_of(lambda: rooms_compared(place, [(2, cells_of(one)), (3, cells_of(two, number="200"))]))
    many = [(number, cells_of(two, number=str(number))) for number in range(200, 240)]
    assert_constant(few, queries_of(lambda: rooms_compared(place, many)))
