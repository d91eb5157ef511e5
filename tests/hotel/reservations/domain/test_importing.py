from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from hotel.reservations.domain.imported import STATUSES, ImportedStay, RowError
from hotel.reservations.domain.importing import (
    Column,
    FileMapping,
    mapping_errors,
    read_row,
)

MAPPING = FileMapping(
    fields={
        "arrival": Column(("day", "month", "year"), form="%d %B %Y"),
        "nights": Column(("weekend", "week")),
        "lead_days": Column(("lead",)),
        "status": Column(("state",), values={"Out": "checked_out", "Cancelled": "cancelled"}),
        "ended_on": Column(("ended",)),
        "room_type": Column(("type",)),
        "adults": Column(("adults",)),
        "children": Column(("children",)),
        "rate_per_night": Column(("adr",)),
        "agent": Column(("agent",)),
    }
)
HEADER = [
    "day",
    "month",
    "year",
    "weekend",
    "week",
    "lead",
    "state",
    "ended",
    "type",
    "adults",
    "children",
    "adr",
    "agent",
]
ROW = {
    "day": "3", "month": "March", "year": "2027", "weekend": "1", "week": "2", "lead": "10", "state": "Out",
    "ended": "2027-03-06", "type": "A", "adults": "2", "children": "NULL", "adr": "81.50", "agent": "240",
}  # fmt: skip


def test_a_row_becomes_a_stay():
    assert read_row(MAPPING, 7, ROW) == ImportedStay(
        line=7,
        external_id="",
        status="checked_out",
        arrival=date(2027, 3, 3),
        departure=date(2027, 3, 6),
        booked_on=date(2027, 2, 21),
        ended_on=date(2027, 3, 6),
        room_type="A",
        rate_plan="",
        adults=2,
        children=0,
        infants=0,
        rate_per_night=Decimal("81.50"),
        currency="",
        waitlist_days=0,
        changes=0,
        texts={"agent": "240"},
    )


@pytest.mark.parametrize(
    ("case", "change", "error"),
    [
        ("no such day", {"day": "31", "month": "February"}, ("arrival", "'31 February 2027': expected a date like %d %B %Y")),
        ("unknown status", {"state": "Gone"}, ("status", "'Gone': expected one of Cancelled, Out")),
        ("half a guest", {"adults": "1.5"}, ("adults", "'1.5': expected a whole number from 0 to 10000")),
        ("words for a rate", {"adr": "cheap"}, ("rate_per_night", "'cheap': expected a number")),
        ("infinite rate", {"adr": "Infinity"}, ("rate_per_night", "'Infinity': expected a number")),
        ("a rate too large", {"adr": "1e12"}, ("rate_per_night", "'1e12': an amount has at most nine digits before the point")),
        ("too long", {"week": "5000"}, ("departure", "5001 nights: expected 0 to 730")),
        ("no type", {"type": "NULL"}, ("room_type", "is missing")),
        ("no price", {"adr": ""}, ("rate_per_night", "neither a rate nor a total is given")),
        ("no nights", {"weekend": "", "week": "NULL"}, ("departure", "neither a departure nor a number of nights is given")),
        ("a null character", {"agent": "a\0b"}, ("agent", "'a\\x00b': a text must not hold the character NUL")),
        ("no arrival", {"day": "", "month": "", "year": ""}, ("arrival", "is missing")),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_field(case, change, error):
    assert read_row(MAPPING, 9, ROW | change) == [RowError(9, *error)]


def test_a_status_without_a_translation_must_be_one_of_ours():
    mapping = replace(MAPPING, fields={**MAPPING.fields, "status": Column(("state",))})
    assert read_row(mapping, 9, ROW | {"state": "Gone"}) == [
        RowError(9, "status", f"'Gone': map it to one of {', '.join(STATUSES)}")
    ]


def test_all_errors_of_a_row_are_told_at_once():
    errors = read_row(MAPPING, 9, ROW | {"adults": "two", "adr": "cheap"})

    assert [error.field for error in errors] == ["adults", "rate_per_night"]


def test_a_booking_after_its_own_arrival_is_refused():
    mapping = FileMapping(fields={**MAPPING.fields, "booked_on": Column(("booked",))})

    assert read_row(mapping, 3, ROW | {"booked": "2027-03-04"}) == [
        RowError(3, "booked_on", "2027-03-04 is after the arrival 2027-03-03")
    ]


def test_spreadsheet_cells_keep_their_types_and_keep_totals():
    mapping = FileMapping(
        fields={
            "arrival": Column(("from",)),
            "departure": Column(("to",)),
            "status": Column(("state",), values={"*": "confirmed"}),
            "room_type": Column(("type",)),
            "adults": Column(("pax",)),
            "total": Column(("total",)),
            "external_id": Column(("number",)),
        },
        decimal_sign=",",
    )
    row = {
        "from": datetime(2027, 3, 3, 14), "to": date(2027, 3, 5), "state": "x", "type": "DBL", "pax": 2,
        "total": "1.250,50", "number": "R-1",
    }  # fmt: skip

    stay = read_row(mapping, 2, row)

    assert (stay.arrival, stay.departure, stay.total) == (
        date(2027, 3, 3),
        date(2027, 3, 5),
        Decimal("1250.50"),
    )
    assert (stay.external_id, stay.status, stay.is_day_use) == ("R-1", "confirmed", False)


def test_a_binary_number_of_a_spreadsheet_loses_its_dust():
    assert read_row(MAPPING, 2, ROW | {"adr": 0.1 + 0.2}).rate_per_night == Decimal("0.3")


def test_without_a_day_of_booking_nobody_knows_when():
    assert read_row(MAPPING, 2, ROW | {"lead": ""}).booked_on is None


def test_a_mapping_is_checked_against_the_header():
    broken = FileMapping(fields={"arrival": Column(("when",)), "colour": Column(("adr",))})

    assert mapping_errors(MAPPING, HEADER) == []
    assert mapping_errors(broken, HEADER) == [
        "Unknown field 'colour'.",
        "The field 'room_type' must be mapped.",
        "The field 'adults' must be mapped.",
        "The field 'status' must be mapped.",
        "Map departure or nights.",
        "Map rate_per_night or total.",
        "arrival: the file has no column 'when'.",
    ]
