"""The house on its open business date: what tonight will have been when everybody is in."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from moneyed import Money

from hotel.core.money import zero
from hotel.folios.choices import CodeKind, Ledger
from hotel.folios.models import LedgerEntry, Posting
from hotel.folios.services.nights import SOURCE as NIGHT
from hotel.properties.models import Property
from hotel.rates.domain.postings import ROOM
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import ReservationNight
from hotel.rooms.selectors.inventory import night_counts_foreseen
from hotel.stays.domain.statistics import DayCounts, counted_as, per_room
from hotel.stays.models import DailyStatistic
from hotel.stays.selectors.days import NO_SHOW, STAYED, rooms_taken


@dataclass(frozen=True)
class HouseFigures:
    """The open business date as it will be closed if all come who are expected and nothing else is posted.

    Attributes:
        counts: rooms; persons, arrivals and departures are not counted here.
        room_revenue: without taxes: the price of tonight as sold, and what else rooms have earned today.
        last: the figures of the day closed last; None before the first night audit.
    """

    counts: DayCounts
    room_revenue: Money
    last: DailyStatistic | None

    @property
    def average_daily_rate(self) -> Money | None:
        """ADR: room revenue by room sold; None when nothing is sold."""
        return per_room(self.room_revenue, self.counts.rooms_sold)

    @property
    def revenue_per_available_room(self) -> Money | None:
        """RevPAR: room revenue by room available; None without supply."""
        return per_room(self.room_revenue, self.counts.rooms_available)


def house_figures(place: Property) -> HouseFigures:
    """The figures of tonight; six queries, whatever the size.

    The nights are posted by the night audit, so until then their prices come from the reservations. When everybody
    has come, these are the figures that the audit freezes.

    Source: docs/algorithms/statistics.md, "Before the day is closed".
    """
    day = place.business_date
    supply = next(
        row
        for row in night_counts_foreseen(place.pk, day, day + timedelta(days=1))
        if row.room_type_id is None
    )
    slept = _nights(place).values("room_type_id", "is_day_use", "is_house_use", "is_complimentary")
    takes, rooms, revenue = rooms_taken(place), dict[str, Any](), _posted(place)
    for row in slept.annotate(held=Count("pk", filter=Q(holds_room=True)), net=Sum("room_net")):
        name = counted_as(
            is_day_use=row["is_day_use"],
            is_house_use=row["is_house_use"],
            is_complimentary=row["is_complimentary"],
        )
        rooms[name] = rooms.get(name, 0) + row["held"] * takes.get(row["room_type_id"], 0)
        revenue += row["net"]
    counts = DayCounts(rooms_available=supply.capacity, rooms_out_of_order=supply.out_of_order, **rooms)
    currency = str(place.currency)
    last = DailyStatistic.objects.at(place.pk).order_by("-business_date").first()
    return HouseFigures(counts, zero(currency) + Money(revenue, currency), last)


def _nights(place: Property) -> QuerySet[ReservationNight, Any]:
    """Tonight's nights of guests who are here, were here, or are expected today."""
    here = Q(reservation__status__in=STAYED)
    due = Q(reservation__status=ReservationStatus.CONFIRMED, reservation__arrival=place.business_date)
    return (
        ReservationNight.objects.at(place.pk)
        .filter(here | due, night=place.business_date)
        .order_by()
        .annotate(
            is_day_use=F("reservation__is_day_use"),
            is_house_use=F("reservation__is_house_use"),
            is_complimentary=F("reservation__is_complimentary"),
        )
    )


def _posted(place: Property) -> Decimal:
    """What rooms have earned today, without taxes, beside the nights of today."""
    day = place.business_date
    is_room = Q(code__group=ROOM) | Q(code__code__in=NO_SHOW)
    postings = Posting.objects.at(place.pk).filter(
        is_room, business_date=day, code__kind__in=(CodeKind.CHARGE, CodeKind.ADJUSTMENT)
    )
    beside = postings.exclude(source=NIGHT, revenue_date=day).aggregate(net=Sum("net"))
    entries = LedgerEntry.objects.at(place.pk).filter(
        is_room, business_date=day, ledger=Ledger.REVENUE, posting=None
    )
    on_no_folio = entries.aggregate(amount=Sum("amount"))
    return (beside["net"] or Decimal(0)) - (on_no_folio["amount"] or Decimal(0))
