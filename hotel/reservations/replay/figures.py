"""Figures of each day, counted straight from the file.

Independent of everything else on purpose: it opens the file itself, knows no model, no service and no other
reader, so that an error there cannot hide here.
"""

import csv
import datetime
import gzip
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple


class DayFigures(NamedTuple):
    """What happened on one calendar day: counts, and the booked room revenue of its night."""

    booked: int = 0
    cancelled: int = 0
    no_shows: int = 0
    arrivals: int = 0
    nights_sold: int = 0
    revenue: Decimal = Decimal(0)


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
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", newline="") as file:  # type: ignore[operator]
        for row in csv.reader(file):
            if row[0] == "hotel":
                column = {name: place for place, name in enumerate(row)}
                continue
            text = f"{row[column['arrival_date_day_of_month']]} {row[column['arrival_date_month']]} "
            text += row[column["arrival_date_year"]]
            arrival = datetime.datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007
            if not first <= arrival <= last:
                continue
            booked = arrival - datetime.timedelta(int(row[column["lead_time"]]))
            counters["booked"][booked] += 1
            status = row[column["reservation_status"]]
            ended = datetime.date.fromisoformat(row[column["reservation_status_date"]])
            if status == "Canceled":
                counters["cancelled"][ended] += 1
                continue
            if status == "No-Show":
                counters["no_shows"][arrival] += 1
                continue
            counters["arrivals"][arrival] += 1
            nights = int(row[column["stays_in_weekend_nights"]]) + int(row[column["stays_in_week_nights"]])
            rate = Decimal(row[column["adr"]])
            revenue[arrival] += rate if nights == 0 else 0
            for offset in range(nights):
                night = arrival + datetime.timedelta(offset)
                counters["nights_sold"][night] += 1
                revenue[night] += rate
    days = sorted({day for counter in counters.values() for day in counter} | set(revenue))
    return {
        day: DayFigures(
            booked=counters["booked"][day],
            cancelled=counters["cancelled"][day],
            no_shows=counters["no_shows"][day],
            arrivals=counters["arrivals"][day],
            nights_sold=counters["nights_sold"][day],
            revenue=revenue.get(day, Decimal(0)),
        )
        for day in days
    }
