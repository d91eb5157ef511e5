"""Figures of each day, counted straight from the file.

Independent of everything else on purpose: it opens the file itself, knows no model, no service and no other
reader, so that an error there cannot hide here.
"""

import csv
import datetime
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

CENT = Decimal("0.01")
# What the replayed hotel charges on top of its record, or takes out of it: see ``terms.py``, said again here.
VAT_PER_CENT = 6
CITY_TAX, CITY_TAX_NIGHTS = Decimal("2.00"), 7


class DayFigures(NamedTuple):
    """What happened on one calendar day: counts, and the booked room revenue of its night."""

    booked: int = 0
    cancelled: int = 0
    no_shows: int = 0
    arrivals: int = 0
    nights_sold: int = 0
    revenue: Decimal = Decimal(0)


class AuditedFigures(NamedTuple):
    """What the night audit of one day must have frozen, and the city tax of its night; amounts without taxes."""

    room_nights: int = 0
    arrivals: int = 0
    departures: int = 0
    cancellations: int = 0
    no_shows: int = 0
    room_revenue: Decimal = Decimal(0)
    no_show_revenue: Decimal = Decimal(0)
    average_daily_rate: Decimal = Decimal(0)
    city_tax: Decimal = Decimal(0)


class Row(NamedTuple):
    """What a line of the file says, read anew."""

    status: str
    booked: datetime.date
    arrival: datetime.date
    ended: datetime.date
    nights: int
    adults: int
    rate: Decimal

    @property
    def is_sold_here(self) -> bool:
        """Not so without adults or at a price below zero: taken over as recorded, without city tax and policies."""
        return self.adults > 0 and self.rate >= 0

    @property
    def net_rate(self) -> Decimal:
        """The price of a night without the VAT that it contains; one below zero contains none."""
        vat = max(self.rate, Decimal(0)) * VAT_PER_CENT / (100 + VAT_PER_CENT)
        return self.rate - vat.quantize(CENT, ROUND_HALF_UP)

    @property
    def city_tax(self) -> Decimal:
        """What all its adults owe for a night, as long as they owe it."""
        return CITY_TAX * self.adults if self.is_sold_here and self.nights else Decimal(0)


def figures_of_file(path: Path, first: datetime.date, last: datetime.date) -> dict[datetime.date, DayFigures]:
    """Count the file.

    Args:
        path: ``.csv`` or ``.csv.gz``.
        first: bookings arriving before this day are left out.
        last: bookings arriving after this day are left out.

    Returns:
        One entry per day on which anything happened, ascending.
    """
    counters: dict[str, Counter[datetime.date]] = defaultdict(Counter)
    revenue: dict[datetime.date, Decimal] = defaultdict(Decimal)
    for row in _rows(path, first, last):
        counters["booked"][row.booked] += 1
        if row.status == "Canceled":
            counters["cancelled"][row.ended] += 1
        elif row.status == "No-Show":
            counters["no_shows"][row.arrival] += 1
        else:
            counters["arrivals"][row.arrival] += 1
            revenue[row.arrival] += row.rate if row.nights == 0 else 0
            for offset in range(row.nights):
                night = row.arrival + datetime.timedelta(offset)
                counters["nights_sold"][night] += 1
                revenue[night] += row.rate
    return {
        day: DayFigures(
            booked=counters["booked"][day],
            cancelled=counters["cancelled"][day],
            no_shows=counters["no_shows"][day],
            arrivals=counters["arrivals"][day],
            nights_sold=counters["nights_sold"][day],
            revenue=revenue.get(day, Decimal(0)),
        )
        for day in _days(counters, revenue)
    }


def audited_figures_of_file(
    path: Path, first: datetime.date, last: datetime.date
) -> dict[datetime.date, AuditedFigures]:
    """Count and tax the file as a night audit should have done; see ``figures_of_file``.

    From the first day on which anybody was expected: before it there is no night to audit. A guest who did not come
    owes his first night with its taxes; day use is charged on its day and sells no night.
    The average daily rate is all room revenue, that of no-shows too, by room night; zero without one.
    """
    counters: dict[str, Counter[datetime.date]] = defaultdict(Counter)
    net: dict[datetime.date, Decimal] = defaultdict(Decimal)
    missed: dict[datetime.date, Decimal] = defaultdict(Decimal)
    city: dict[datetime.date, Decimal] = defaultdict(Decimal)
    opening = last
    for row in _rows(path, first, last):
        opening = min(opening, row.arrival)
        if row.status == "Canceled":
            counters["cancellations"][row.ended] += 1
        elif row.status == "No-Show":
            counters["no_shows"][row.arrival] += 1
            missed[row.arrival] += row.rate + row.city_tax if row.is_sold_here else 0
        else:
            counters["arrivals"][row.arrival] += 1
            counters["departures"][row.arrival + datetime.timedelta(row.nights)] += 1
            net[row.arrival] += row.net_rate if row.nights == 0 else 0
            for offset in range(row.nights):
                night = row.arrival + datetime.timedelta(offset)
                counters["room_nights"][night] += 1
                net[night] += row.net_rate
                city[night] += row.city_tax if offset < CITY_TAX_NIGHTS else 0
    found = {}
    for day in _days(counters, net):
        if day < opening:
            continue
        sold, earned = counters["room_nights"][day], net[day] + missed[day]
        found[day] = AuditedFigures(
            room_nights=sold,
            arrivals=counters["arrivals"][day],
            departures=counters["departures"][day],
            cancellations=counters["cancellations"][day],
            no_shows=counters["no_shows"][day],
            room_revenue=earned,
            no_show_revenue=missed[day],
            average_daily_rate=(earned / sold).quantize(CENT, ROUND_HALF_UP) if sold else Decimal(0),
            city_tax=city[day],
        )
    return found


def _rows(path: Path, first: datetime.date, last: datetime.date) -> Iterator[Row]:
    """The lines that arrive in [first, last]; the header may come again."""
    opener = gzip.open if path.suffix == ".gz" else open
    column: dict[str, int] = {}
    with opener(path, "rt", newline="") as file:  # type: ignore[operator]
        for row in csv.reader(file):
            if row[0] == "hotel":
                column = {name: place for place, name in enumerate(row)}
                continue
            read = _row({name: row[place] for name, place in column.items()})
            if first <= read.arrival <= last:
                yield read


def _row(cells: Mapping[str, str]) -> Row:
    text = f"{cells['arrival_date_day_of_month']} {cells['arrival_date_month']} {cells['arrival_date_year']}"
    arrival = datetime.datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007
    return Row(
        status=cells["reservation_status"],
        booked=arrival - datetime.timedelta(int(cells["lead_time"])),
        arrival=arrival,
        ended=datetime.date.fromisoformat(cells["reservation_status_date"]),
        nights=int(cells["stays_in_weekend_nights"]) + int(cells["stays_in_week_nights"]),
        adults=int(cells["adults"]),
        rate=Decimal(cells["adr"]),
    )


def _days(
    counters: Mapping[str, Counter[datetime.date]], amounts: Mapping[datetime.date, Decimal]
) -> list[datetime.date]:
    return sorted({day for counter in counters.values() for day in counter} | set(amounts))
