"""A business day as the night audit looks at it: who is where, what was slept, what was posted.

The number of queries never depends on the number of stays.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from moneyed import Money

from hotel.core.money import zero
from hotel.folios.choices import CodeKind, Ledger, SessionStatus
from hotel.folios.models import CashierSession, LedgerEntry, Posting, PostingTax
from hotel.folios.selectors.trial_balance import trial_balance
from hotel.folios.services.nights import SOURCE as NIGHT
from hotel.properties.choices import RestraintKind
from hotel.properties.models import Property
from hotel.properties.restraints import standing
from hotel.properties.selectors.directory import local_day
from hotel.rates.domain.postings import ROOM
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.reservations.selectors.front_desk import moves_due
from hotel.rooms.models import RoomTypeConsumption
from hotel.rooms.selectors.inventory import night_counts_foreseen
from hotel.stays.domain.night_audit import Blocker, DayBefore, blockers
from hotel.stays.domain.proof import Claim
from hotel.stays.domain.statistics import DayCounts, DayRevenue, counted_as
from hotel.stays.models import DailyStatistic

STAYED = (ReservationStatus.IN_HOUSE, ReservationStatus.CHECKED_OUT)
NO_SHOW = frozenset({"no_show_fee", "no_show_fee_rebate"})


def day_before(place: Property) -> DayBefore:
    """What the pre-checks look at; three queries."""
    today = place.business_date
    rows = Reservation.objects.at(place.pk).filter(departure__lte=today, status=ReservationStatus.IN_HOUSE)
    tills = CashierSession.objects.at(place.pk).filter(status=SessionStatus.OPEN)
    held = standing.at(place.pk, RestraintKind.READ_ONLY)
    return DayBefore(
        business_date=today,
        held="" if held is None else held.sentence,
        local_day=local_day(place),
        staying_over=tuple(rows.order_by("pk").values_list("pk", flat=True)),
        moving=tuple(moves_due(place.pk, today).order_by("pk").values_list("pk", flat=True)),
        open_cashiers=tuple(tills.order_by("cashier").values_list("cashier__username", flat=True)),
    )


def missing_arrivals(place: Property) -> list[Reservation]:
    """Confirmed stays whose arrival day has come and whose guest has not, ascending by id."""
    rows = Reservation.objects.at(place.pk).filter(
        status=ReservationStatus.CONFIRMED, arrival__lte=place.business_date
    )
    return list(rows.order_by("pk"))


@dataclass(frozen=True)
class Checklist:
    """What stands against closing a business date, and who would be marked as a no-show."""

    business_date: date
    blockers: list[Blocker]
    missing_arrivals: list[int]


def checklist(place: Property) -> Checklist:
    """What the night audit of the open business date would find now; four queries."""
    missing = [stay.pk for stay in missing_arrivals(place)]
    return Checklist(place.business_date, blockers(day_before(place)), missing)


def guests_tonight(place: Property) -> list[int]:
    """The ids of the stays in house that sleep on the open business date, ascending."""
    rows = ReservationNight.objects.at(place.pk).filter(
        night=place.business_date,
        reservation__status=ReservationStatus.IN_HOUSE,
        reservation__is_day_use=False,
    )
    return list(rows.order_by("reservation_id").values_list("reservation_id", flat=True))


def day_counts(place: Property, day: date) -> DayCounts:
    """What is counted of a business day; five queries. Source: docs/algorithms/statistics.md."""
    supply = next(
        row
        for row in night_counts_foreseen(place.pk, day, day + timedelta(days=1))
        if row.room_type_id is None
    )
    return DayCounts(
        rooms_available=supply.capacity,
        rooms_out_of_order=supply.out_of_order,
        **_slept(place, day),
        **_came_and_went(place, day),
    )


def day_revenue(place: Property, day: date) -> DayRevenue:
    """What a business day earned: from its postings, and from events that are on no folio; four queries."""
    currency = str(place.currency)
    by_code = _revenue_posted(place, day)
    room = sum((net for (group, _), net in by_code.items() if group == ROOM), Decimal(0))
    missed = sum((net for (_, code), net in by_code.items() if code in NO_SHOW), Decimal(0))
    everything = sum(by_code.values(), Decimal(0))
    taxes = PostingTax.objects.at(place.pk).filter(posting__property=place.pk, posting__business_date=day)
    others = LedgerEntry.objects.at(place.pk).filter(business_date=day, ledger=Ledger.TAX, posting=None)
    tax = _sum(taxes) - _sum(others)
    return DayRevenue(
        room=_money(room + missed, currency),
        no_show=_money(missed, currency),
        other=_money(everything - room - missed, currency),
        tax=_money(tax, currency),
    )


def claims_of(place: Property, day: date) -> list[Claim]:
    """What the proof compares: nights sold and posted, figures and ledger, debits and credits; seven queries."""
    slept = ReservationNight.objects.at(place.pk).filter(night=day, reservation__status__in=STAYED)
    sold = slept.aggregate(nights=Count("pk"), amount=Sum("total"))
    first = slept.filter(reservation__arrival=day).aggregate(taxes=Sum("reservation__stay_tax_amount"))
    posted = Posting.objects.at(place.pk).filter(business_date=day, revenue_date=day, source=NIGHT)
    rooms = posted.filter(code__code=ROOM, source_key__endswith=f":{day.isoformat()}:{ROOM}").count()
    ledgers = dict(
        LedgerEntry.objects.at(place.pk)
        .filter(business_date=day)
        .order_by()
        .values_list("ledger")
        .annotate(Sum("amount"))
    )
    row = DailyStatistic.objects.at(place.pk).get(business_date=day)
    nothing = Decimal(0)
    return [
        Claim("nights", Decimal(sold["nights"]), Decimal(rooms)),
        Claim(
            "nights_amount",
            (sold["amount"] or nothing) + (first["taxes"] or nothing),
            posted.aggregate(gross=Sum("gross"))["gross"] or nothing,
        ),
        Claim("revenue", row.figures.revenue.revenue.amount, -ledgers.get(Ledger.REVENUE, nothing)),
        Claim("tax", row.tax.amount, -ledgers.get(Ledger.TAX, nothing)),
        Claim("trial_balance", nothing, trial_balance(place, day).difference.amount),
    ]


def rooms_taken(place: Property) -> dict[int, int]:
    """How many rooms of the house one of each type is, by id of the type; one query."""
    rows = RoomTypeConsumption.objects.at(place.pk).filter(counter_type=None)
    return dict(rows.values_list("room_type_id", "quantity"))


def _slept(place: Property, day: date) -> dict[str, Any]:
    """Rooms and persons of the night, and day use; a type counts as the rooms it takes, a shared room once."""
    takes = rooms_taken(place)
    slept = ReservationNight.objects.at(place.pk).filter(night=day, reservation__status__in=STAYED)
    kinds = ("is_day_use", "is_house_use", "is_complimentary")
    alike = slept.order_by().values_list(
        *(f"reservation__{kind}" for kind in kinds), "room_type_id", "adults", "children"
    )
    rooms: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    held = Count("pk", filter=Q(holds_room=True))
    for *flags, room_type, adults, children, count, rooms_held in alike.annotate(Count("pk"), held=held):
        stay = dict(zip(kinds, flags, strict=True))
        rooms[counted_as(**stay)] += rooms_held * takes.get(room_type, 0)
        if not stay["is_day_use"]:
            persons.update({band: count * number for band, number in {"adult": adults, **children}.items()})
    return {
        **{
            name: rooms[name]
            for name in ("rooms_sold", "rooms_complimentary", "rooms_house_use", "rooms_day_use")
        },
        "persons": {band: count for band, count in sorted(persons.items()) if count},
    }


def _came_and_went(place: Property, day: date) -> dict[str, Any]:
    rows = Reservation.objects.at(place.pk).filter(Q(arrival=day) | Q(departure=day))
    came = Q(arrival=day, status__in=STAYED)
    counted = rows.aggregate(
        arrivals=Count("pk", filter=came),
        walk_ins=Count("pk", filter=came & Q(is_walk_in=True)),
        departures=Count("pk", filter=Q(departure=day, status=ReservationStatus.CHECKED_OUT)),
        no_shows=Count("pk", filter=Q(arrival=day, status=ReservationStatus.NO_SHOW)),
    )
    cancelled = ReservationChange.objects.at(place.pk).filter(business_date=day, kind=ChangeKind.CANCELLED)
    return {**counted, "cancellations": cancelled.count()}


def _revenue_posted(place: Property, day: date) -> dict[tuple[str, str], Decimal]:
    """Net revenue of the day by group and code: of postings, and of events that are on no folio."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    postings = Posting.objects.at(place.pk).filter(
        business_date=day, code__kind__in=(CodeKind.CHARGE, CodeKind.ADJUSTMENT)
    )
    for group, code, net in postings.order_by().values_list("code__group", "code__code").annotate(Sum("net")):
        found[group, code] += net
    others = LedgerEntry.objects.at(place.pk).filter(
        business_date=day, ledger=Ledger.REVENUE, posting=None, code__isnull=False
    )
    for group, code, amount in (
        others.order_by().values_list("code__group", "code__code").annotate(Sum("amount"))
    ):
        found[group, code] -= amount
    return found


def _sum(rows: QuerySet[Any]) -> Decimal:
    return rows.aggregate(amount=Sum("amount"))["amount"] or Decimal(0)


def _money(amount: Decimal, currency: str) -> Money:
    return zero(currency) + Money(amount, currency)
