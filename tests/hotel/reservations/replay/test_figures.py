from datetime import date
from decimal import Decimal

from hotel.reservations.replay.figures import DayFigures, figures_of_file
from tests.factories.imports import OWN_BOOKINGS

HEAD = OWN_BOOKINGS.read_text().splitlines()[0]


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
