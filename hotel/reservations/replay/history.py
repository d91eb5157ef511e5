"""Reads a booking history in the layout of the public hotel booking demand files (32 columns).

One row is one booking; the identifiers were removed, so equal rows are separate bookings and the row number is
the only key. The traps of the file are read as they are: ``NULL`` for missing, empty children, bookings without
guests, zero nights (day use), a negative average rate.
"""

import calendar
import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

MONTHS = list(calendar.month_name)[1:]


@dataclass(frozen=True)
class PastBooking:
    """One recorded booking.

    Attributes:
        line: row number in the file, header is 1.
        booked_on: ``lead_time`` days before the arrival.
        confirmed_on: when it left the waiting list; equals ``booked_on`` when it never was on it.
        nights: slept nights as recorded; 0 is day use.
        outcome: ``Check-Out``, ``Canceled`` or ``No-Show``.
        ended_on: when it was cancelled, missed or left.
        rate: average daily rate, all-in, may be negative.
    """

    line: int
    booked_on: date
    confirmed_on: date
    arrival: date
    nights: int
    outcome: str
    ended_on: date
    room_type: str
    adults: int
    children: int
    babies: int
    rate: Decimal
    changes: int
    market: str
    channel: str
    agent: str
    company: str
    country: str
    meal: str
    deposit: str
    customer_type: str

    @property
    def departure(self) -> date:
        """The day after the last night; the arrival itself for day use."""
        return self.arrival + timedelta(days=self.nights)


def read_history(path: Path) -> Iterator[PastBooking]:
    """Yield the bookings of a ``.csv`` or ``.csv.gz`` file in its order.

    Raises:
        ValueError: a row does not follow the layout; the message names its line.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", newline="") as file:  # type: ignore[operator]
        for line, row in enumerate(csv.DictReader(file), 2):
            try:
                yield _booking(line, row)
            except (KeyError, ValueError, ArithmeticError) as error:
                raise ValueError(f"line {line}: {error!r}") from error


def _booking(line: int, row: dict[str, str]) -> PastBooking:
    arrival = date(
        int(row["arrival_date_year"]),
        MONTHS.index(row["arrival_date_month"]) + 1,
        int(row["arrival_date_day_of_month"]),
    )
    booked_on = arrival - timedelta(days=int(row["lead_time"]))
    return PastBooking(
        line=line,
        booked_on=booked_on,
        confirmed_on=booked_on + timedelta(days=int(row["days_in_waiting_list"])),
        arrival=arrival,
        nights=int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"]),
        outcome=row["reservation_status"],
        ended_on=date.fromisoformat(row["reservation_status_date"]),
        room_type=row["reserved_room_type"].strip(),
        adults=_count(row["adults"]),
        children=_count(row["children"]),
        babies=_count(row["babies"]),
        rate=Decimal(row["adr"]),
        changes=int(row["booking_changes"]),
        market=_text(row["market_segment"]),
        channel=_text(row["distribution_channel"]),
        agent=_text(row["agent"]),
        company=_text(row["company"]),
        country=_text(row["country"]),
        meal=_text(row["meal"]),
        deposit=_text(row["deposit_type"]),
        customer_type=_text(row["customer_type"]),
    )


def _count(text: str) -> int:
    """A number of people; empty and NULL mean that nobody was recorded."""
    cleaned = _text(text)
    return int(Decimal(cleaned)) if cleaned and cleaned != "NA" else 0


def _text(text: str) -> str:
    cleaned = text.strip()
    return "" if cleaned == "NULL" else cleaned
