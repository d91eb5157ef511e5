"""Figures of each day from the database, and where they differ from those counted straight from the file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate

from hotel.folios.choices import Ledger
from hotel.folios.models import LedgerEntry
from hotel.properties.models import Property
from hotel.reservations.choices import TAKES_INVENTORY, ChangeKind, ReservationStatus
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.rooms.models import InventoryNight
from hotel.stays.models import DailyStatistic
from hotel.stays.replay.figures import AuditedFigures, DayFigures
from hotel.stays.replay.terms import CITY_TAX

Days = dict[date, dict[str, int | Decimal]]
F = TypeVar("F", DayFigures, AuditedFigures)


@dataclass(frozen=True)
class Difference:
    """A figure of a day that is not the same in the file and in the house."""

    day: date
    figure: str
    in_file: int | Decimal
    in_house: int | Decimal


def figures_of_property(place: Property) -> dict[date, DayFigures]:
    """What the house says of each day: reservations and prices, and nights sold from the counters.

    Returns:
        One entry per day on which anything happened, ascending.
    """
    stays = Reservation.objects.at(place.pk)
    standing = stays.filter(status__in=TAKES_INVENTORY)
    days: Days = defaultdict(dict)
    _count(days, "booked", stays, "booked_on")
    _count(days, "arrivals", standing, "arrival")
    cancelled = stays.filter(status=ReservationStatus.CANCELLED)
    _count(days, "cancelled", cancelled.annotate(day=TruncDate("cancelled_at", tzinfo=place.zone)), "day")
    missed = ReservationChange.objects.at(place.pk).filter(kind=ChangeKind.NO_SHOW)
    _count(days, "no_shows", missed.filter(reservation__status=ReservationStatus.NO_SHOW), "business_date")
    house = InventoryNight.objects.at(place.pk).filter(room_type=None, sold__gt=0)
    for night, sold in house.values_list("night", "sold"):
        days[night]["nights_sold"] = sold
    nights = ReservationNight.objects.at(place.pk).filter(reservation__status__in=TAKES_INVENTORY)
    for night, revenue in (
        nights.order_by().values("night").annotate(paid=Sum("room_gross")).values_list("night", "paid")
    ):
        days[night]["revenue"] = revenue
    return {day: DayFigures(**figures) for day, figures in sorted(days.items())}  # type: ignore[arg-type]


def audited_figures(place: Property) -> dict[date, AuditedFigures]:
    """What the night audits of a property have frozen, and the city tax in the ledger of each day.

    Returns:
        One entry per closed day, ascending.
    """
    entries = LedgerEntry.objects.at(place.pk).filter(ledger=Ledger.TAX, code__code=CITY_TAX)
    city = dict(entries.order_by().values_list("business_date").annotate(Sum("amount")))
    found = {}
    for row in DailyStatistic.objects.at(place.pk).order_by("business_date"):
        rate = row.figures.average_daily_rate
        found[row.business_date] = AuditedFigures(
            room_nights=row.rooms_sold,
            arrivals=row.arrivals,
            departures=row.departures,
            cancellations=row.cancellations,
            no_shows=row.no_shows,
            room_revenue=row.room_revenue.amount,
            no_show_revenue=row.no_show_revenue.amount,
            average_daily_rate=Decimal(0) if rate is None else rate.amount,
            city_tax=-city.get(row.business_date, Decimal(0)),
        )
    return found


def differences(in_file: Mapping[date, F], in_house: Mapping[date, F]) -> list[Difference]:
    """Every figure of every day that is not equal, by day; a day that one side does not name is empty there."""
    found: list[Difference] = []
    if not in_file and not in_house:
        return found
    nothing = type(next(iter([*in_file.values(), *in_house.values()])))()
    for day in sorted({*in_file, *in_house}):
        ours, theirs = in_house.get(day, nothing), in_file.get(day, nothing)
        found += [
            Difference(day, figure, getattr(theirs, figure), getattr(ours, figure))
            for figure in nothing._fields
            if getattr(ours, figure) != getattr(theirs, figure)
        ]
    return found


def _count(days: Days, figure: str, rows: QuerySet[Any], column: str) -> None:
    counted = rows.order_by().values(column).annotate(rows=Count("pk"))
    for day, count in counted.values_list(column, "rows"):
        days[day][figure] = count
