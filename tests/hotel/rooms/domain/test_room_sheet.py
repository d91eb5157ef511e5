"""Lines of a sheet of rooms are read strictly, and what a line changes is told."""

from datetime import date

import pytest

from hotel.core.exports import neutral
from hotel.rooms.domain.room_sheet import TAKEN, RoomLine, differences, notes_plain, room_line

EMPTY = dict.fromkeys(TAKEN, "")
GOOD = {**EMPTY, "number": "101", "type": "DBL", "accessible": "no", "smoking": "no"}
ROOM = RoomLine(number="101", type="DBL")


def read(**over):
    return room_line({**GOOD, **over})


@pytest.mark.parametrize(
    ("over", "field", "value"),
    [
        ({"number": 101.0}, "number", "101"),
        ({"type": " dbl"}, "type", "DBL"),
        ({"building": "main", "level": "-1"}, "level", -1),
        ({"building": "main", "level": 2.0}, "level", 2),
        ({"features": "sea,bath"}, "features", ("BATH", "SEA")),
        ({"section": "east"}, "section", "EAST"),
        ({"accessible": "YES"}, "accessible", True),
        ({"notes": " a \r\nb "}, "notes", "a\nb"),
        ({"opened_on": "2027-04-01"}, "opened_on", date(2027, 4, 1)),
        ({}, "opened_on", None),
    ],
)
def test_a_cell_is_read(over, field, value):
    line, wrong = read(**over)
    assert (wrong, getattr(line, field)) == ([], value)


@pytest.mark.parametrize(
    ("over", "reasons"),
    [
        ({"number": ""}, ["number: up to 16 signs"]),
        ({"number": "1" * 17}, ["number: up to 16 signs"]),
        ({"type": ""}, ["type: code of a room type"]),
        ({"building": "MAIN", "level": "two"}, ["level: a whole number"]),
        ({"level": "2"}, ["level: a floor needs its building"]),
        ({"notes": "x" * 2001}, ["notes: up to 2000 signs"]),
        ({"notes": "a\x07b"}, ["notes: up to 2000 signs"]),
        ({"accessible": "", "smoking": "?"}, ["accessible: yes or no", "smoking: yes or no"]),
        ({"opened_on": "1.4.2027"}, ["opened_on: a day is written as 2027-04-30"]),
    ],
)
def test_every_cell_that_says_something_else_is_refused_with_its_reason(over, reasons):
    assert read(**over) == (None, reasons)


def test_a_line_is_read_back_from_its_own_cells():
    line = RoomLine(
        number="=1",
        type="DBL",
        building="MAIN",
        level=0,
        features=("BATH", "SEA"),
        smoking=True,
        notes="=sea\nview",
        opened_on=date(2020, 1, 1),
    )
    cells = [neutral(cell) for cell in line.cells()]
    assert room_line(dict(zip(TAKEN, cells, strict=True))) == (line, [])


def test_what_a_line_changes_is_told_column_by_column_but_not_what_it_cannot_change():
    after = RoomLine(
        number="101", type="DBL", building="MAIN", level=1, features=("SEA",), accessible=True, notes="New"
    )
    before = RoomLine(number="101", type="DBL", opened_on=date(2020, 1, 1))
    assert differences(before, after) == [
        ("building", "–", "MAIN"),
        ("level", "–", "1"),
        ("features", "–", "SEA"),
        ("accessible", "no", "yes"),
        ("notes", "–", "New"),
    ]
    assert differences(before, ROOM) == []


def test_notes_end_their_lines_alike():
    assert notes_plain(" a \r\n\r\nb\t\n") == "a\n\nb"
