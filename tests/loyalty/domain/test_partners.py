"""Contracts with partners, by the page and to the edge."""

from datetime import date
from decimal import Decimal

import pytest

from loyalty.domain.partners import Contract, holds_on, in_words, points_of, room_below
from tests.pages import worked_table

AIR = Contract(
    unit="mile", rate=Decimal("0.5000"), price=Decimal("0.006000"), currency="EUR", first_day=date(2027, 1, 1),
    last_day=date(2027, 12, 31), month_cap=5000, year_cap=20_000,
)  # fmt: skip
BARE = Contract(unit="EUR", rate=Decimal(2), price=Decimal(0), currency="EUR", first_day=date(2027, 1, 1))


def test_as_the_page_says():
    rows = worked_table("points", "Half a point a mile, at most 5,000 points a month and 20,000 a year")
    got = []
    for row in rows:
        points = points_of(AIR, Decimal(row["Miles"]))
        room = room_below(AIR, month=int(row["Had this month"]), year=int(row["Had this year"]))
        got.append((str(points), "yes" if points <= room else f"no, {room} are left"))
    assert got == [(row["Points"], row["Given"]) for row in rows]


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2026-12-31", False), ("2027-01-01", True), ("2027-12-31", True), ("2028-01-01", False)],
)
def test_it_holds_from_its_first_to_its_last_day(day, holds):
    assert holds_on(AIR, date.fromisoformat(day)) is holds


def test_without_a_last_day_it_goes_on():
    assert holds_on(BARE, date(2099, 1, 1))


def test_without_caps_there_is_room_for_any_number():
    assert room_below(BARE, month=10**9, year=10**9) is None


def test_it_is_read_back():
    assert in_words(AIR) == (
        "0.5 points for each mile, rounded down; at most 5,000 points a member and month; at most 20,000 points a member "
        "and year; from 2027-01-01 to 2027-12-31; the partner pays EUR 0.006 a point."
    )
    assert in_words(BARE) == (
        "2 points for each EUR, rounded down; from 2027-01-01 on; the partner pays nothing."
    )
