from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hotel.reservations.replay.figures import DayFigures, figures_of_file
from hotel.reservations.replay.history import read_history

OWN = Path(__file__).parents[3] / "data" / "own_bookings.csv"
HEAD = OWN.read_text().splitlines()[0]


def line(day, weekend, week, status, ended, adr, lead=3):
    return (
        f"H,{int(status != 'Check-Out')},{lead},2027,March,10,{day},{weekend},{week},2,,0,BB,AUT,Direct,Direct,0,0,0,A,A,0,"
        f"No Deposit,NULL,NULL,0,Transient,{adr},0,0,{status},{ended}"
    )


def test_days_are_counted_from_the_file(tmp_path):
    path = tmp_path / "h.csv"
    rows = [
        line(5, 1, 1, "Check-Out", "2027-03-07", "80.5"),
        line(6, 0, 0, "Check-Out", "2027-03-06", "30"),
        line(6, 1, 0, "Canceled", "2027-03-04", "99"),
        line(6, 1, 0, "No-Show", "2027-03-06", "70"),
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n")

    assert figures_of_file(path, date(2027, 3, 1), date(2027, 3, 31)) == {
        date(2027, 3, 2): DayFigures(booked=1),
        date(2027, 3, 3): DayFigures(booked=3),
        date(2027, 3, 4): DayFigures(cancelled=1),
        date(2027, 3, 5): DayFigures(arrivals=1, nights_sold=1, revenue=Decimal("80.5")),
        date(2027, 3, 6): DayFigures(no_shows=1, arrivals=1, nights_sold=1, revenue=Decimal("110.5")),
    }
    assert figures_of_file(path, date(2027, 4, 1), date(2027, 4, 30)) == {}


def test_the_reader_takes_the_traps_as_they_are():
    bookings = list(read_history(OWN))

    assert len(bookings) == len(OWN.read_text().splitlines()) - 1
    assert {booking.children for booking in bookings} == {0}
    assert min(booking.rate for booking in bookings) == Decimal("-6.38")
    assert [b.adults for b in bookings].count(0) == 1
    assert [b.nights for b in bookings].count(0) == 2
    assert sorted(b.confirmed_on - b.booked_on for b in bookings)[-1].days == 25


def test_a_broken_row_names_its_line(tmp_path):
    path = tmp_path / "h.csv"
    path.write_text(HEAD + "\n" + line("x", 1, 1, "Check-Out", "2027-03-07", "80.5") + "\n")

    with pytest.raises(ValueError, match="line 2"):
        list(read_history(path))
