"""Terms of deposits and of not coming, tried on real stays as if they had been sold under them; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from moneyed import Money

from hotel.core.clock import now
from hotel.core.money import total as sum_of
from hotel.core.money import zero
from hotel.properties.models import Property
from hotel.rates.domain.cancellation import Instalment, deposit_schedule, no_show_fee
from hotel.rates.models import DepositPolicy, NoShowPolicy
from hotel.rates.selectors.policies import deposit_snapshot, no_show_snapshot
from hotel.reservations.choices import NEVER_SOLD, Guarantee, ReservationStatus
from hotel.reservations.models import Reservation

MOST = 50


@dataclass(frozen=True)
class DepositTried:
    """A stay that was booked: what its own terms ask for before arrival, and what these would, by due date."""

    reservation: Reservation
    asked: Money
    would_ask: Money
    instalments: Sequence[Instalment]


@dataclass(frozen=True)
class NoShowTried:
    """A stay whose guest did not come: what was owed, waivers counted, and what these terms would ask for."""

    reservation: Reservation
    owed: Money
    would_owe: Money
    because: str


def deposits_tried(policy: DepositPolicy, place: Property, days: int) -> list[DepositTried]:
    """Stays that were booked at a hotel in so many days, the newest first, at most ``MOST``; three queries."""
    rows = Reservation.objects.at(place.pk).filter(booked_at__gt=now() - timedelta(days=days))
    rows = rows.exclude(status__in=NEVER_SOLD).filter(is_taken_over=False)
    terms = deposit_snapshot(policy, place)
    found = []
    for row in rows.prefetch_related("nights").order_by("-booked_at", "-pk")[:MOST]:
        own, these = _schedule(row.policies.get("deposit") or {}, row), _schedule(terms, row)
        found.append(DepositTried(row, _sum(own, place), _sum(these, place), these))
    return found


def no_shows_tried(policy: NoShowPolicy, place: Property, days: int) -> list[NoShowTried]:
    """Stays whose guests did not come in so many days, the newest first, at most ``MOST``; two queries.

    A stay whose room was held until the evening only owes nothing, as the desk reckons it.
    """
    rows = Reservation.objects.at(place.pk).filter(
        status=ReservationStatus.NO_SHOW, no_show_at__gt=now() - timedelta(days=days)
    )
    terms, nothing = no_show_snapshot(policy, place), zero(str(place.currency))
    found = []
    for row in rows.prefetch_related("nights").order_by("-no_show_at", "-pk")[:MOST]:
        owed = row.fee_amount or nothing
        if row.guarantee == Guarantee.HOLD_6PM:
            found.append(NoShowTried(row, owed, nothing, "The room was held until the evening only."))
            continue
        fee = no_show_fee(terms, _nights(row), row.total_amount)
        found.append(NoShowTried(row, owed, fee.amount, fee.deadline_text))
    return found


def _schedule(terms: dict[str, object], row: Reservation) -> list[Instalment]:
    return deposit_schedule(
        terms, nights=_nights(row), total=row.total_amount, arrival=row.arrival, booked_on=row.booked_on
    )


def _nights(row: Reservation) -> list[Money]:
    return [night.total for night in sorted(row.nights.all(), key=lambda night: night.night)]


def _sum(instalments: Sequence[Instalment], place: Property) -> Money:
    return sum_of((one.amount for one in instalments), str(place.currency))
