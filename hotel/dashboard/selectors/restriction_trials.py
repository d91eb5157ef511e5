"""A restriction tried on stays that were booked and on requests that were turned away; nothing is written."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from moneyed import Money

from hotel.core.clock import now
from hotel.core.money import total as sum_of
from hotel.properties.models import Property
from hotel.rates.domain.restriction_words import refusal
from hotel.rates.domain.restrictions import Wish
from hotel.rates.domain.sheet import RateSheet
from hotel.rates.domain.terms import RestrictionRow
from hotel.rates.models import Restriction
from hotel.rates.selectors.wording import plans_of, restriction_row
from hotel.reservations.choices import NEVER_SOLD, ReservationStatus
from hotel.reservations.models import Reservation, Turnaway

MOST = 50
UNASKED = (
    "is_taken_over",
    "is_walk_in",
    "is_complimentary",
    "is_house_use",
)  # as reservations.services.guarantees
GONE = (ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW)


@dataclass(frozen=True)
class StayRefused:
    """A stay that was sold, and what the rule says against it."""

    reservation: Reservation
    because: str


@dataclass(frozen=True)
class RequestRefused:
    """A request that was turned away, and what the rule says against it."""

    turnaway: Turnaway
    because: str


@dataclass(frozen=True, kw_only=True)
class RestrictionTried:
    """What one restriction would have refused.

    Attributes:
        looked_at: stays booked in the days, or asleep here in the nights to come, that were tried.
        stays: those refused, by arrival; at most ``MOST`` of ``refused``.
        worth: all that are refused, in the currency of the hotel.
        requests: turned away in the days and refused by this rule too; at most ``MOST``, the newest first.
    """

    looked_at: int
    refused: int
    stays: list[StayRefused]
    worth: Money
    requests: list[RequestRefused]


def restriction_tried(row: Restriction, place: Property, *, days: int, nights: int) -> RestrictionTried:
    """A restriction by itself on real stays and requests of a hotel; a constant number of queries.

    Each stay is judged as it is now, on the day it was booked, as if it had been sold here if it was taken over. A rule
    on guarantees is asked of those alone that need one: no walk-ins, nothing free of charge, nothing taken over.

    Args:
        row: the restriction.
        place: its hotel.
        days: back from now, in which a stay was booked or a request turned away.
        nights: from the business date on, in one of which a stay sleeps here.
    """
    sheet, rule = plans_of(place), restriction_row(row)
    start, end = place.business_date, place.business_date + timedelta(days=nights)
    lately = Q(booked_at__gt=now() - timedelta(days=days))
    coming = Q(arrival__lt=end, departure__gt=start) & ~Q(status__in=GONE)
    found = Reservation.objects.at(place.pk).filter(lately | coming)
    found = found.exclude(status__in=NEVER_SOLD).select_related("room_type", "rate_plan", "primary_guest")
    if row.guarantee:
        found = found.filter(**dict.fromkeys(UNASKED, False))
    looked_at, refused = 0, []
    for stay in found.order_by("arrival", "pk"):
        looked_at += 1
        if because := _of_stay(rule, stay, sheet):
            refused.append(StayRefused(stay, because))
    return RestrictionTried(
        looked_at=looked_at,
        refused=len(refused),
        stays=refused[:MOST],
        worth=sum_of((one.reservation.total_amount for one in refused), str(place.currency)),
        requests=_requests(rule, place, days, sheet),
    )


def _of_stay(rule: RestrictionRow, stay: Reservation, sheet: RateSheet) -> str:
    wish = Wish(
        stay.arrival,
        stay.departure,
        stay.booked_on,
        stay.adults + max(sum(stay.children.values()), len(stay.child_ages)),
        is_day_use=stay.is_day_use,
    )
    named = (stay.room_type_id, stay.room_type.name)
    lineage = sheet.restricting(stay.rate_plan_id)
    return refusal(rule, wish, lineage=lineage, room_type=named, guarantee=stay.guarantee)


def _requests(rule: RestrictionRow, place: Property, days: int, sheet: RateSheet) -> list[RequestRefused]:
    """No plan is known of a request, so what a plan says is not asked of it; nor is what stands behind a stay."""
    if rule.rate_plan_id is not None or rule.guarantee:
        return []
    since = place.business_date - timedelta(days=days)
    rows = Turnaway.objects.at(place.pk).filter(business_date__gt=since, departure__gt=F("arrival"))
    found = []
    for row in rows.select_related("room_type").order_by("-business_date", "-pk")[: 20 * MOST]:
        wish = Wish(row.arrival, row.departure, row.business_date, (row.adults or 1) + row.children)
        named = (row.room_type_id, sheet.types[row.room_type_id].name) if row.room_type_id else None
        if because := refusal(rule, wish, lineage=[], room_type=named):
            found.append(RequestRefused(row, because))
    return found[:MOST]
