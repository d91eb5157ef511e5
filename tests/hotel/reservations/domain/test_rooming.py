"""Rooming lists are read whatever their columns are called and however days are written."""

from datetime import date, datetime

import pytest

from hotel.reservations.domain.rooming import (
    Defaults,
    Fault,
    RoomingPerson,
    columns_read,
    day_read,
    parties_of,
    party_faults,
    person_read,
    repeated,
)

START, END = date(2027, 3, 15), date(2027, 3, 17)
DEFAULTS = Defaults(
    arrival=START,
    departure=END,
    room_types={"dbl": "DBL", "double room": "DBL", "sui": "SUI"},
    only_type="DBL",
)


def person(line=2, **over):
    values = {"line": line, "last_name": "Berg", "arrival": START, "departure": END, "room_type": "DBL"}
    return RoomingPerson(**{**values, **over})


@pytest.mark.parametrize(
    "header",
    [
        ["Room type", "Last Name", "first_name", "E-Mail", "Date of birth", "Check-in", "Check-out", "Sharer", "Pax"],
        ["Zimmertyp", "Nachname", "Vorname", "E-Mail-Adresse", "Geburtsdatum", "Anreise", "Abreise", "Teilt mit",
         "Personen"],
        ["Tipo de habitación", "Apellidos", "Nombre", "Correo electrónico", "Fecha de nacimiento", "Llegada", "Salida",
         "Comparte con", "Personas"],
    ],
)  # fmt: skip
def test_columns_are_known_in_three_languages_and_any_order(header):
    fields = [
        "room_type",
        "last_name",
        "first_name",
        "email",
        "birth_date",
        "arrival",
        "departure",
        "sharer",
        "adults",
    ]
    assert columns_read(header) == dict(zip(fields, header, strict=True))


def test_a_column_nobody_knows_is_left_out_and_the_first_of_two_counts():
    assert columns_read(["Shoe size", "Name", "Surname"]) == {"last_name": "Name"}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2027-03-04", date(2027, 3, 4)),
        ("4.3.2027", date(2027, 3, 4)),
        ("04.03.27", date(2027, 3, 4)),
        ("4/3/2027", date(2027, 3, 4)),
        ("4-3-2027", date(2027, 3, 4)),
        (datetime(2027, 3, 4, 0, 0), date(2027, 3, 4)),
        (date(2027, 3, 4), date(2027, 3, 4)),
        ("", None),
        (None, None),
    ],
)
def test_days_are_read_as_they_are_written(cell, day):
    assert day_read(cell) == day


def test_an_american_house_writes_the_month_first_between_slashes_alone():
    assert day_read("3/4/2027", is_month_first=True) == date(2027, 3, 4)
    assert day_read("4.3.2027", is_month_first=True) == date(2027, 3, 4)


@pytest.mark.parametrize(
    "cell", ["soon", "31.2.2027", "4.3", "4.3/2027", "123.3.2027", "4.3.202", "4.3.2027x"]
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(ValueError):
        day_read(cell)


def test_nobody_guesses_the_century_of_a_birth_date():
    read, faults = person_read(2, {"last_name": "Berg", "birth_date": "4.3.27"}, DEFAULTS)
    assert (read, faults) == (None, [Fault("no_day", "birth_date", "4.3.27")])


def test_empty_cells_mean_the_days_and_the_type_of_the_block():
    read, faults = person_read(2, {"last_name": " Berg "}, DEFAULTS)
    assert (read, faults) == (person(), [])


def test_a_line_is_read_whole():
    cells = {
        "last_name": "Berg", "first_name": "Anna", "email": "a@example.com", "birth_date": "1980-01-31",
        "arrival": "16.3.2027", "departure": "17.3.2027", "room_type": "Double Room", "sharer": 3.0, "adults": 2.0,
        "notes": "Ground\nfloor",
    }  # fmt: skip
    read, _ = person_read(7, cells, DEFAULTS)
    assert read == person(
        7, first_name="Anna", email="a@example.com", birth_date=date(1980, 1, 31), arrival=date(2027, 3, 16),
        sharer="3", adults=2, notes="Ground floor",
    )  # fmt: skip
    assert (read.full_name, read.key) == ("Anna Berg", "berg anna")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"last_name": ""}, Fault("missing", "last_name")),
        ({"last_name": "x" * 81}, Fault("too_long", "last_name", "80")),
        ({"arrival": "soon"}, Fault("no_day", "arrival", "soon")),
        ({"arrival": "2027-03-17"}, Fault("no_nights", "departure")),
        ({"room_type": "Igloo"}, Fault("no_type", "room_type", "Igloo")),
        ({"adults": "0"}, Fault("no_count", "adults", "0")),
        ({"adults": "21"}, Fault("no_count", "adults", "21")),
        ({"adults": "two"}, Fault("no_count", "adults", "two")),
    ],
)
def test_a_line_that_cannot_be_read_says_why(cells, fault):
    assert person_read(2, {"last_name": "Berg", **cells}, DEFAULTS) == (None, [fault])


def test_a_block_of_several_types_has_to_be_told_which():
    several = Defaults(arrival=START, departure=END, room_types=DEFAULTS.room_types)
    assert person_read(2, {"last_name": "Berg"}, several) == (None, [Fault("type_missing", "room_type")])


def test_lines_of_one_sharer_number_are_one_room_in_order_of_the_list():
    people = [
        person(2, sharer="1"),
        person(3),
        person(4, sharer=" 1"),
        person(5, last_name="Moser", adults=3),
    ]
    rooms = parties_of(people)
    assert [[one.line for one in room.people] for room in rooms] == [[2, 4], [3], [5]]
    assert [room.adults for room in rooms] == [2, 1, 3]


def test_who_shares_a_room_comes_and_leaves_together_in_one_type():
    (room,) = parties_of(
        [person(2, sharer="A"), person(3, sharer="A", arrival=date(2027, 3, 16), room_type="SUI")]
    )
    assert party_faults(room) == [Fault("days_differ", "sharer", "A"), Fault("types_differ", "sharer", "A")]
    (crowd,) = parties_of([person(line, sharer="A") for line in range(2, 23)])
    assert party_faults(crowd) == [Fault("too_many", "sharer", "A")]


def test_the_same_name_and_days_twice_is_told_with_the_line_before():
    people = [
        person(2, first_name="Jörg"),
        person(3, first_name="JORG"),
        person(4, first_name="Jörg", arrival=date(2027, 3, 16)),
        person(5, first_name="Eva", sharer="1"),
        person(6, first_name="Jörg", sharer="1"),
    ]
    assert repeated(parties_of(people)) == {3: 2, 5: 2}
