"""Stays as another system recorded them, and the file of own bookings."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hotel.reservations.domain.imported import ImportedStay
from tests.cast import TODAY

OWN_BOOKINGS = Path(__file__).parents[1] / "data" / "own_bookings.csv"


def imported_stay(line: int = 2, arrival: int = 3, nights: int = 2, **over) -> ImportedStay:
    """A confirmed stay of two in a double, so many days after the business date, at 80 a night."""
    start = TODAY + timedelta(days=arrival)
    values = {
        "status": "confirmed",
        "arrival": start,
        "departure": start + timedelta(days=nights),
        "booked_on": date(2027, 3, 1),
        "room_type": "DBL",
        "rate_plan": "BAR",
        "adults": 2,
        "rate_per_night": Decimal(80),
        "external_id": f"R-{line}",
    }
    return ImportedStay(line=line, **{**values, **over})
