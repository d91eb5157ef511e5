"""Revenue: what closed days earned, what is on the books, what came in lately, and the same a year before.

Each night is compared with the night 364 days earlier, which is the same weekday. Source: docs/guide/revenue.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from moneyed import Money

from hotel.core.money import zero
from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.models import ReservationChange, ReservationNight
from hotel.reservations.selectors.availability import types_sold
from hotel.rooms.selectors.inventory import night_counts_foreseen
from hotel.stays.domain.statistics import per_room, share
from hotel.stays.models import DailyStatistic
from hotel.stays.selectors.days import STAYED, rooms_taken

AHEAD = 90
YEAR = timedelta(days=364)
PICKUP_DAYS = 7
HISTORY_NIGHTS = 14  # fewer known nights of last year compare with nothing
DEFINITE = (ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE)


@dataclass
class Nights:
    """Room nights sold, and what rooms earn without taxes, summed up; ``supply`` is None where it is not known."""

    sold: int = 0
    revenue: Decimal = Decimal(0)
    supply: int | None = 0

    def add(self, other: "Nights") -> None:
        """Add a night or a period."""
        self.sold += other.sold
        self.revenue += other.revenue
        self.supply = None if self.supply is None or other.supply is None else self.supply + other.supply


@dataclass(frozen=True)
class Figures:
    """A sum as people read it: ratios of sums, None without a denominator."""

    sold: int
    revenue: Money
    occupancy: Decimal | None
    rate: Money | None
    by_room: Money | None


@dataclass(frozen=True)
class Period:
    """A run of nights, and the same nights a year before.

    Attributes:
        code: ``month``, or the number of nights ahead.
        now: what is known today.
        then: the same a year before: closed nights, or what was booked by the same day; None when too little is known.
        ended: what the nights of last year came to in the end; None for the month, whose ``then`` is just that.
        nights_change, revenue_change: shares of ``then``; None when it is nothing.
    """

    code: str
    first: date
    past: date
    now: Figures
    then: Figures | None = None
    ended: Figures | None = None

    @property
    def last(self) -> date:
        """The last night."""
        return self.past - timedelta(days=1)

    @property
    def nights_change(self) -> Decimal | None:
        """By how much more or less room nights were sold than a year before."""
        return None if self.then is None else share(self.now.sold - self.then.sold, self.then.sold)

    @property
    def revenue_change(self) -> Decimal | None:
        """The same of the revenue."""
        if self.then is None or not self.then.revenue.amount:
            return None
        ratio = (self.now.revenue.amount - self.then.revenue.amount) / self.then.revenue.amount
        return ratio.quantize(Decimal("0.0001"))


@dataclass
class Night:
    """A night ahead: on the books, the same day last year by now and in the end, and what lately came and went."""

    date: date
    books: Nights = field(default_factory=Nights)
    then: int | None = None
    ended: int | None = None
    came: int = 0
    came_today: int = 0
    went: int = 0

    @property
    def occupancy(self) -> Decimal | None:
        """Rooms sold of rooms open."""
        return share(self.books.sold, self.books.supply or 0)


@dataclass(frozen=True)
class Part:
    """A segment, a source or a room type, of the nights ahead."""

    name: str
    sold: int
    share: Decimal | None
    revenue: Money
    rate: Money | None


@dataclass(frozen=True)
class Revenue:
    """All that the page shows; ``history`` is how many nights of last year are known of those compared with."""

    month: Period | None
    periods: list[Period]
    nights: list[Night]
    segments: list[Part]
    sources: list[Part]
    types: list[Part]
    history: int
    frozen: int

    @property
    def is_compared(self) -> bool:
        """Whether enough of last year is known."""
        return self.history >= HISTORY_NIGHTS


def revenue(place: Property) -> Revenue:
    """The figures of a property on its business date; ten queries, whatever the number of stays."""
    today = place.business_date
    past = today + timedelta(days=AHEAD)
    takes = rooms_taken(place)
    began = _history_began(place)
    stays = _books(place, takes, today, past)
    ahead = {today + timedelta(days=step): Night(today + timedelta(days=step)) for step in range(AHEAD)}
    for count in night_counts_foreseen(place.pk, today, past):
        if count.room_type_id is None:
            ahead[count.night].books.supply = count.capacity
    _sum_up(ahead, stays, takes)
    _went(place, ahead, takes)
    first = today.replace(day=1)
    ended, frozen = _ended(place, takes, (first - YEAR, past - YEAR), began)
    then = _then(place, takes, today - YEAR, past - YEAR, began)
    for night in ahead.values():
        night.then = then[night.date - YEAR].sold if night.date - YEAR in then else None
        night.ended = ended[night.date - YEAR].sold if night.date - YEAR in ended else None
    known = sum(1 for night in ahead if night - YEAR in ended)
    is_compared = known >= HISTORY_NIGHTS
    currency = str(place.currency)
    return Revenue(
        month=_month(place, first, ended if is_compared else {}),
        periods=[
            _period(ahead, days, then if is_compared else {}, ended if is_compared else {}, currency)
            for days in (30, 60, 90)
        ],
        nights=list(ahead.values()),
        segments=_parts(stays, takes, currency, lambda row: row["market"] or row["plan_market"]),
        sources=_parts(stays, takes, currency, lambda row: row["source"] or row["channel"]),
        types=_parts(stays, takes, currency, _type_names(place)),
        history=known,
        frozen=sum(1 for night in ahead if night - YEAR in frozen),
    )


def _paid(place: Property) -> QuerySet[ReservationNight, Any]:
    """Nights that sell a room: neither day use nor house use nor complimentary."""
    return (
        ReservationNight.objects.at(place.pk)
        .filter(
            reservation__is_day_use=False,
            reservation__is_house_use=False,
            reservation__is_complimentary=False,
        )
        .order_by()
    )


SUMS = {"held": Count("pk", filter=Q(holds_room=True)), "net": Sum("room_net")}


def _books(place: Property, takes: dict[int, int], first: date, past: date) -> list[dict[str, Any]]:
    """The definite nights of [first, past), those that are alike together."""
    rows = _paid(place).filter(night__gte=first, night__lt=past, reservation__status__in=DEFINITE)
    since = first - timedelta(days=PICKUP_DAYS)
    alike = (
        rows.annotate(
            is_late=Q(reservation__booked_on__gt=since),
            is_today=Q(reservation__booked_on=first),
            market=F("reservation__booking__market"),
            plan_market=F("rate_plan__market"),
            source=F("reservation__booking__source"),
            channel=F("reservation__booking__channel_code"),
        )
        .values("night", "room_type_id", "is_late", "is_today", "market", "plan_market", "source", "channel")
        .annotate(**SUMS)
    )
    return [dict(row) for row in alike]


def _sum_up(ahead: dict[date, Night], stays: Iterable[dict[str, Any]], takes: dict[int, int]) -> None:
    for row in stays:
        night, rooms = ahead[row["night"]], row["held"] * takes.get(row["room_type_id"], 0)
        night.books.add(Nights(rooms, row["net"]))
        night.came += rooms if row["is_late"] else 0
        night.came_today += rooms if row["is_today"] else 0


def _went(place: Property, ahead: dict[date, Night], takes: dict[int, int]) -> None:
    """Nights of stays that were cancelled lately and had been booked before."""
    since = place.business_date - timedelta(days=PICKUP_DAYS)
    gone = ReservationChange.objects.at(place.pk).filter(kind=ChangeKind.CANCELLED, business_date__gt=since)
    rows = _paid(place).filter(
        night__gte=place.business_date,
        night__in=list(ahead),
        reservation__in=gone.values("reservation_id"),
        reservation__status=ReservationStatus.CANCELLED,
        reservation__confirmed_at__isnull=False,
        reservation__booked_on__lte=since,
    )
    for row in rows.values("night", "room_type_id").annotate(**SUMS):
        ahead[row["night"]].went += row["held"] * takes.get(row["room_type_id"], 0)


def _history_began(place: Property) -> date | None:
    """The first night that anything is known of: closed here, or of a stay taken over."""
    closed = DailyStatistic.objects.at(place.pk).aggregate(first=Min("business_date"))["first"]
    slept = ReservationNight.objects.at(place.pk).aggregate(first=Min("night"))["first"]
    return min((day for day in (closed, slept) if day is not None), default=None)


def _ended(
    place: Property, takes: dict[int, int], run: tuple[date, date], began: date | None
) -> tuple[dict[date, Nights], set[date]]:
    """What nights that are over came to: frozen where they were closed here, else by the stays that came.

    Returns:
        The nights that are known, and those of them that are frozen.
    """
    first, past = run
    closed = DailyStatistic.objects.at(place.pk).filter(business_date__gte=first, business_date__lt=past)
    frozen = {
        row.business_date: Nights(row.rooms_sold, row.room_revenue.amount, row.rooms_available)
        for row in closed
    }
    found = {night: Nights(supply=None) for night in _known(first, past, began)}
    slept = _paid(place).filter(night__gte=first, night__lt=past, reservation__status__in=STAYED)
    for row in slept.values("night", "room_type_id").annotate(**SUMS):
        if row["night"] in found:
            rooms = row["held"] * takes.get(row["room_type_id"], 0)
            found[row["night"]].add(Nights(rooms, row["net"]))
    return found | frozen, set(frozen)


def _then(
    place: Property, takes: dict[int, int], as_of: date, past: date, began: date | None
) -> dict[date, Nights]:
    """What of the nights [as_of, past) was booked by the end of ``as_of`` and not cancelled by then."""
    instant = local_instant(place, as_of + timedelta(days=1), time())
    later = Q(
        reservation__status=ReservationStatus.CANCELLED,
        reservation__cancelled_at__gte=instant,
        reservation__confirmed_at__isnull=False,
    )
    stood = Q(reservation__status__in=(*STAYED, ReservationStatus.NO_SHOW)) | later
    rows = _paid(place).filter(stood, night__gte=as_of, night__lt=past, reservation__booked_on__lte=as_of)
    found = {night: Nights(supply=None) for night in _known(as_of, past, began)}
    for row in rows.values("night", "room_type_id").annotate(**SUMS):
        if row["night"] in found:
            found[row["night"]].add(Nights(row["held"] * takes.get(row["room_type_id"], 0), row["net"]))
    return found


def _known(first: date, past: date, began: date | None) -> list[date]:
    if began is None:
        return []
    start = max(first, began)
    return [start + timedelta(days=step) for step in range(max((past - start).days, 0))]


def _month(place: Property, first: date, ended: dict[date, Nights]) -> Period | None:
    """The closed days of the month so far; None when none is closed."""
    today, currency = place.business_date, str(place.currency)
    rows = DailyStatistic.objects.at(place.pk).filter(business_date__gte=first, business_date__lt=today)
    total, days = Nights(), []
    for row in rows.order_by("business_date"):
        days.append(row.business_date)
        total.add(Nights(row.rooms_sold, row.room_revenue.amount, row.rooms_available))
    if not days:
        return None
    then = _total(ended, [day - YEAR for day in days], currency)
    return Period("month", days[0], days[-1] + timedelta(days=1), _figures(total, currency), then)


def _period(
    ahead: dict[date, Night],
    days: int,
    then: dict[date, Nights],
    ended: dict[date, Nights],
    currency: str,
) -> Period:
    nights = list(ahead)[:days]
    total = Nights()
    for night in nights:
        total.add(ahead[night].books)
    before = [night - YEAR for night in nights]
    return Period(
        str(days),
        nights[0],
        nights[-1] + timedelta(days=1),
        _figures(total, currency),
        _total(then, before, currency),
        _total(ended, before, currency),
    )


def _total(known: dict[date, Nights], nights: Sequence[date], currency: str) -> Figures | None:
    """The sum of the nights when all of them are known."""
    if not all(night in known for night in nights):
        return None
    total = Nights()
    for night in nights:
        total.add(known[night])
    return _figures(total, currency)


def _figures(total: Nights, currency: str) -> Figures:
    earned = zero(currency) + Money(total.revenue, currency)
    supply = total.supply or 0
    return Figures(
        total.sold, earned, share(total.sold, supply), per_room(earned, total.sold), per_room(earned, supply)
    )


def _parts(stays: Iterable[dict[str, Any]], takes: dict[int, int], currency: str, name: Any) -> list[Part]:
    """The nights ahead by what ``name`` calls a row, the largest first; what has no name comes last."""
    sums: dict[str, Nights] = defaultdict(Nights)
    for row in stays:
        sums[name(row)].add(Nights(row["held"] * takes.get(row["room_type_id"], 0), row["net"]))
    everything = sum(one.sold for one in sums.values())
    ordered = sorted(sums.items(), key=lambda item: (not item[0], -item[1].sold, item[0]))
    return [
        Part(key, one.sold, share(one.sold, everything), figures.revenue, figures.rate)
        for key, one in ordered
        for figures in [_figures(one, currency)]
    ]


def _type_names(place: Property) -> Any:
    names = {row.pk: row.name for row in types_sold(place.pk)}
    return lambda row: names.get(row["room_type_id"], "")
