"""Rules tried without anything being written: terms on the stays that were cancelled, codes on a stay to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from moneyed import Money

from hotel.core.clock import now
from hotel.core.money import zero
from hotel.properties.models import Property
from hotel.rates.domain.cancellation import cancellation_fee
from hotel.rates.domain.quotes import Occupancy, StayQuote
from hotel.rates.models import CancellationPolicy, PromoCode, RatePlan
from hotel.rates.selectors.policies import cancellation_snapshot
from hotel.rates.selectors.quotes import quotes_search
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.rooms.models import RoomType

MOST = 50


@dataclass(frozen=True)
class CancellationTried:
    """A stay that was cancelled: what was owed then, waivers counted, and what these terms would ask for."""

    reservation: Reservation
    owed: Money
    would_owe: Money
    because: str


def cancellations_tried(policy: CancellationPolicy, place: Property, days: int) -> list[CancellationTried]:
    """Stays that were cancelled at a hotel in so many days, the newest first, at most ``MOST``; three queries.

    What they were sold under is left aside: each is reckoned as if it had been sold under these terms.
    """
    rows = Reservation.objects.at(place.pk).filter(
        status=ReservationStatus.CANCELLED, cancelled_at__gt=now() - timedelta(days=days)
    )
    terms = cancellation_snapshot(policy, place)
    return [
        _tried(row, place, terms)
        for row in rows.prefetch_related("nights").order_by("-cancelled_at", "-pk")[:MOST]
    ]


def _tried(row: Reservation, place: Property, terms: dict[str, object]) -> CancellationTried:
    nights = sorted(row.nights.all(), key=lambda night: night.night)
    fee = cancellation_fee(
        terms,
        nights=[night.total for night in nights],
        total=row.total_amount,
        arrival=row.policy_arrival,
        zone=place.time_zone,
        cancelled_at=row.cancelled_at or now(),
        booked_at=row.booked_at,
    )
    return CancellationTried(row, row.fee_amount or zero(str(place.currency)), fee.amount, fee.deadline_text)


@dataclass(frozen=True)
class PromoTried:
    """One plan in one type: its price without the code and with it; None where it cannot be sold, with the reasons."""

    rate_plan: RatePlan
    room_type: RoomType
    without: Money | None
    with_code: Money | None
    why: tuple[str, ...]

    @property
    def saved(self) -> Money | None:
        """What the code takes off; None where one of the prices is missing."""
        if self.without is None or self.with_code is None:
            return None
        return self.without - self.with_code


def promo_tried(
    promo: PromoCode, place: Property, *, arrival: date, departure: date, adults: int
) -> list[PromoTried]:
    """A stay in every plan and type, as it would be sold now without the code and with it; rooms left do not matter.

    Raises:
        InvalidInput: impossible dates.
    """

    def asked(code: str) -> dict[tuple[int, int], StayQuote]:
        found = quotes_search(
            place=place,
            arrival=arrival,
            departure=departure,
            occupancy=Occupancy(adults),
            booked_on=place.business_date,
            promo_code=code,
            include_broken=True,
        )
        return {(quote.rate_plan_id, quote.room_type_id): quote for quote in found}

    before, after = asked(""), asked(promo.code)
    plans = RatePlan.objects.at(place.pk).in_bulk({plan for plan, _type in after})
    types = RoomType.objects.at(place.pk).in_bulk({room_type for _plan, room_type in after})
    return [
        PromoTried(
            plans[plan],
            types[room_type],
            _price(before.get((plan, room_type))),
            _price(quote),
            tuple(rule.text for rule in quote.broken),
        )
        for (plan, room_type), quote in after.items()
        if quote.is_sellable or not (old := before.get((plan, room_type))) or old.is_sellable
    ]


def _price(quote: StayQuote | None) -> Money | None:
    return quote.total if quote is not None and quote.is_sellable else None
