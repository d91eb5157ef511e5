"""What a line of an import says, and which column cannot be read."""

from datetime import date, datetime

import pytest

from loyalty.domain.imports import COLUMNS, ToldMember, Unreadable, header_errors, told_member


def test_a_whole_line_of_text_is_read():
    told = told_member(
        {
            "number": "OLD-17", "name": "Moser, Anna", "email": "anna@example.com", "phone": "+43 1 5550100",
            "birthday": "01.05.1980", "enrolled_on": "2019-03-01", "tier": "Gold", "points": "12.600,00",
            "points_expire_on": "31.12.2027", "lifetime_nights": "310",
        }
    )  # fmt: skip
    assert told == ToldMember(
        last_name="Moser", first_name="Anna", number="OLD-17", email="anna@example.com", phone="+43 1 5550100",
        birthday=date(1980, 5, 1), enrolled_on=date(2019, 3, 1), tier="Gold", points=12_600,
        points_expire_on=date(2027, 12, 31), lifetime_nights=310,
    )  # fmt: skip
    assert ToldMember.of(told.plain()) == told


def test_cells_of_a_workbook_are_read():
    told = told_member(
        {"last_name": "Moser", "birthday": datetime(1980, 5, 1), "points": 1250.0, "number": 17}
    )
    assert told == ToldMember(last_name="Moser", birthday=date(1980, 5, 1), points=1250, number="17")
    assert ToldMember.of(told.plain()) == told


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Anna Maria Moser", "Anna Maria", "Moser"),
        ("Moser, Anna Maria", "Anna Maria", "Moser"),
        ("Moser", "", "Moser"),
    ],
)
def test_a_name_has_two_parts(name, first, last):
    told = told_member({"name": name})
    assert (told.first_name, told.last_name) == (first, last)


@pytest.mark.parametrize(
    ("text", "points"),
    [("1250", 1250), ("1,250", 1250), ("1.250", 1250), ("1 250,0", 1250), ("0", 0), ("7.00", 7)],
)
def test_whole_numbers_however_they_are_written(text, points):
    assert told_member({"name": "A", "points": text}).points == points


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("points", "-5", "-5 is no whole number from 0 to 100,000,000."),
        ("points", "12,5", "12,5 is no whole number from 0 to 100,000,000."),
        ("points", "100000001", "100000001 is no whole number from 0 to 100,000,000."),
        ("points", "=1+1", "=1+1 is no whole number from 0 to 100,000,000."),
        ("lifetime_nights", "many", "many is no whole number from 0 to 100,000."),
        ("birthday", "31.02.1980", "31.02.1980 is no day such as 2027-03-14 or 14.03.2027."),
        ("enrolled_on", "yesterday", "yesterday is no day such as 2027-03-14 or 14.03.2027."),
        ("number", "x" * 25, "Longer than 24 characters."),
        ("name", " ", "A member needs a name."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(column, value, reason):
    with pytest.raises(Unreadable) as wrong:
        told_member({"name": "Anna Moser", column: value})
    assert (wrong.value.column, wrong.value.reason) == (column, reason)


def test_headers_that_will_not_do():
    assert header_errors([*COLUMNS]) == []
    assert header_errors(["email"])[0].startswith("There is no column 'name' or 'last_name'.")
    assert header_errors(["name", "shoe"])[0].startswith("The column 'shoe' is not known.")
    assert header_errors(["name", "name"]) == ["The column 'name' comes twice."]
