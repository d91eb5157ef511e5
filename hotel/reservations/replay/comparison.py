"""Figures of each day from the database, and where they differ from those counted straight from the file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate

from hotel.properties.models import Property
from hotel.reservations.choices import TAKES_INVENTORY, ReservationStatus
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.replay.figures import DayFigures
from hotel.rooms.models import InventoryNight

Days = dict[date, dict[str, int | Decimal]]


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
    for figure, status, instant in (
        ("cancelled", ReservationStatus.CANCELLED, "cancelled_at"),
        ("no_shows", ReservationStatus.NO_SHOW, "no_show_at"),
    ):
        rows = stays.filter(status=status).annotate(local_day=TruncDate(instant, tzinfo=place.zone))
        _count(days, figure, rows, "local_day")
    house = InventoryNight.objects.at(place.pk).filter(room_type=None, sold__gt=0)
    for night, sold in house.values_list("night", "sold"):
        days[night]["nights_sold"] = sold
    nights = ReservationNight.objects.at(place.pk).filter(reservation__status__in=TAKES_INVENTORY)
    for night, revenue in (
        nights.order_by().values("night").annotate(paid=Sum("total")).values_list("night", "paid")
    ):
        days[night]["revenue"] = revenue
    return {day: DayFigures(**figures) for day, figures in sorted(days.items())}  # type: ignore[arg-type]


def differences(in_file: Mapping[date, DayFigures], in_house: Mapping[date, DayFigures]) -> list[Difference]:
    """Every figure of every day that is not equal, by day."""
    nothing = DayFigures()
    found = []
    for day in sorted({*in_file, *in_house}):
        ours, theirs = in_house.get(day, nothing), in_file.get(day, nothing)
        found += [
            Difference(day, figure, getattr(theirs, figure), getattr(ours, figure))
            for figure in DayFigures._fields
            if getattr(ours, figure) != getattr(theirs, figure)
        ]
    return found


def _count(days: Days, figure: str, rows: QuerySet[Reservation], column: str) -> None:
    counted = rows.order_by().values(column).annotate(rows=Count("pk"))
    for day, count in counted.values_list(column, "rows"):
        days[day][figure] = count
