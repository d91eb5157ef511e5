"""Dates of a stay: nights, and what the front desk calls it on a business date."""

from collections.abc import Iterable
from datetime import date, timedelta

from hotel.reservations.choices import FrontDeskStatus, ReservationStatus

MAX_NIGHTS = 366
MUST_HAVE = 100  # the weight of a room wish that binds


def nights_between(arrival: date, departure: date) -> list[date]:
    """The nights of ``[arrival, departure)``, ascending; empty when they are equal."""
    return [arrival + timedelta(days=n) for n in range((departure - arrival).days)]


def nights_of(arrival: date, departure: date, *, is_day_use: bool) -> list[date]:
    """The days that carry a price: the nights, or the one day of a day-use stay."""
    return [arrival] if is_day_use else nights_between(arrival, departure)


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Group days into half-open runs without gaps, ascending.

    Args:
        days: any order, no day twice.
    """
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] == day:
            found[-1] = (found[-1][0], day + timedelta(days=1))
        else:
            found.append((day, day + timedelta(days=1)))
    return found


def front_desk_status(status: str, arrival: date, departure: date, business_date: date) -> FrontDeskStatus:
    """What the front desk calls a stay on a business date; computed, never stored.

    Source: features reference §1.1.
    """
    if status == ReservationStatus.CONFIRMED:
        return _expected(arrival, business_date)
    if status == ReservationStatus.IN_HOUSE:
        return _staying(arrival, departure, business_date)
    if status == ReservationStatus.CHECKED_OUT:
        return FrontDeskStatus.DEPARTED
    return FrontDeskStatus.NOT_EXPECTED


def _expected(arrival: date, business_date: date) -> FrontDeskStatus:
    if arrival == business_date:
        return FrontDeskStatus.DUE_IN
    return FrontDeskStatus.OVERDUE_IN if arrival < business_date else FrontDeskStatus.EXPECTED


def _staying(arrival: date, departure: date, business_date: date) -> FrontDeskStatus:
    if departure < business_date:
        return FrontDeskStatus.OVERDUE_OUT
    if arrival == departure:
        return FrontDeskStatus.DAY_USE
    if departure == business_date:
        return FrontDeskStatus.DUE_OUT
    return FrontDeskStatus.ARRIVED_TODAY if arrival == business_date else FrontDeskStatus.STAYOVER
