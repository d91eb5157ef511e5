"""Nights of a stay, and what the front desk calls it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.reservations.choices import FrontDeskStatus, ReservationStatus
from hotel.reservations.domain.stays import front_desk_status, nights_between, nights_of, runs

TODAY = date(2027, 3, 14)


def test_the_departure_night_is_not_slept():
    assert nights_between(date(2027, 12, 30), date(2028, 1, 2)) == [
        date(2027, 12, 30),
        date(2027, 12, 31),
        date(2028, 1, 1),
    ]


def test_a_night_of_23_hours_is_one_night():
    # Vienna's clocks spring forward on 28 March 2027.
    assert nights_between(date(2027, 3, 27), date(2027, 3, 29)) == [date(2027, 3, 27), date(2027, 3, 28)]


def test_day_use_has_one_day():
    assert nights_of(TODAY, TODAY, is_day_use=True) == [TODAY]
    assert nights_of(TODAY, TODAY, is_day_use=False) == []


@given(st.sets(st.integers(0, 60)))
def test_runs_cover_exactly_the_days(offsets):
    days = {TODAY + timedelta(days=n) for n in offsets}
    found = runs(days)
    assert {day for first, last in found for day in nights_between(first, last)} == days
    assert all(left[1] < right[0] for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("status", "arrival", "departure", "expected"),
    [
        ("confirmed", 0, 2, "due_in"),
        ("confirmed", 1, 2, "expected"),
        ("confirmed", -1, 2, "overdue_in"),
        ("in_house", 0, 2, "arrived_today"),
        ("in_house", 0, 0, "day_use"),
        ("in_house", -1, 2, "stayover"),
        ("in_house", -1, 0, "due_out"),
        ("in_house", -2, -1, "overdue_out"),
        ("checked_out", -2, 0, "departed"),
        ("cancelled", 0, 2, "not_expected"),
        ("no_show", 0, 2, "not_expected"),
        ("option", 0, 2, "not_expected"),
    ],
)
def test_front_desk_status(status, arrival, departure, expected):
    found = front_desk_status(
        ReservationStatus(status), TODAY + timedelta(days=arrival), TODAY + timedelta(days=departure), TODAY
    )
    assert found == FrontDeskStatus(expected)
