from datetime import date
from decimal import Decimal

from hotel.stays.replay.figures import (
    AuditedFigures,
    DayFigures,
    audited_figures_of_file,
    figures_of_file,
)
from tests.factories.imports import OWN_BOOKINGS

HEAD = OWN_BOOKINGS.read_text().splitlines()[0]


def line(day, weekend, week, status, ended, adr, lead=3, adults=2):
    return (
        f"H,{int(status != 'Check-Out')},{lead},2027,March,10,{day},{weekend},{week},{adults},,0,BB,AUT,Direct,Direct,0,0,0,A,A,0,"
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


def test_an_audited_day_has_room_revenue_without_vat_and_its_city_tax(tmp_path):
    path = tmp_path / "h.csv"
    rows = [
        line(5, 2, 6, "Check-Out", "2027-03-13", "106"),
        line(5, 1, 0, "Check-Out", "2027-03-06", "50", adults=0),
        line(6, 0, 0, "Check-Out", "2027-03-06", "53"),
        line(7, 1, 0, "No-Show", "2027-03-07", "70"),
        line(8, 1, 0, "Canceled", "2027-03-02", "99"),
        line(8, 1, 0, "Canceled", "2027-03-08", "99"),
        line(8, 1, 0, "Check-Out", "2027-03-09", "-6.38"),
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n")

    found = audited_figures_of_file(path, date(2027, 3, 1), date(2027, 3, 31))

    night = AuditedFigures(
        room_nights=1, room_revenue=Decimal(100), average_daily_rate=Decimal(100), city_tax=Decimal(4)
    )
    assert found == {
        date(2027, 3, 5): night._replace(
            room_nights=2, arrivals=2, room_revenue=Decimal("147.17"), average_daily_rate=Decimal("73.59")
        ),
        date(2027, 3, 6): night._replace(
            arrivals=1, departures=2, room_revenue=Decimal(150), average_daily_rate=Decimal(150)
        ),
        date(2027, 3, 7): night._replace(
            no_shows=1,
            room_revenue=Decimal(174),
            no_show_revenue=Decimal(74),
            average_daily_rate=Decimal(174),
        ),
        date(2027, 3, 8): night._replace(
            arrivals=1,
            cancellations=1,
            room_nights=2,
            room_revenue=Decimal("93.62"),
            average_daily_rate=Decimal("46.81"),
        ),
        date(2027, 3, 9): night._replace(departures=1),
        date(2027, 3, 10): night,
        date(2027, 3, 11): night,
        # The city tax is owed for seven nights.
        date(2027, 3, 12): night._replace(city_tax=Decimal(0)),
        date(2027, 3, 13): AuditedFigures(departures=1),
    }
