"""Offers: what a stay costs in each plan and type, and whether it can be sold now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from hotel.properties.models import Property
from hotel.rates.domain.quotes import Occupancy, StayQuote
from hotel.rates.selectors.quotes import quotes_search
from hotel.reservations.selectors.availability import takes, types_sold
from hotel.reservations.selectors.day_use import day_use_sellable
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import sellable_min


@dataclass(frozen=True, kw_only=True)
class OfferQuestion:
    """What somebody looks for; ``hours`` of day use are on the property's clock, None for nights."""

    place: Property
    arrival: date
    departure: date
    occupancy: Occupancy
    room_type_ids: Collection[int] | None = None
    rate_plan_ids: Collection[int] | None = None
    promo_code: str = ""
    company_id: int | None = None
    rooms: int = 1
    include_closed: bool = False
    hours: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One plan in one type: the explained quote, and how many rooms are left for the whole stay."""

    quote: StayQuote
    sellable: int
    is_bookable: bool


def offers(question: OfferQuestion) -> list[Offer]:
    """All offers for a stay, cheapest first; a constant number of queries.

    Args:
        question: ``include_closed`` also returns what cannot be booked, with the rules that forbid it.
    """
    place = question.place
    types = [row for row in types_sold(place.pk, question.room_type_ids) if takes(row, question.occupancy)]
    if not types:
        return []
    quotes = quotes_search(
        place=place,
        arrival=question.arrival,
        departure=question.departure,
        occupancy=question.occupancy,
        booked_on=place.business_date,
        room_type_ids=[row.pk for row in types],
        rate_plan_ids=question.rate_plan_ids,
        promo_code=question.promo_code,
        company_id=question.company_id,
        include_broken=question.include_closed,
        hours=question.hours,
    )
    free = _free(question, types)
    found = [_offer(quote, free.get(quote.room_type_id, 0), question.rooms) for quote in quotes]
    kept = [offer for offer in found if offer.is_bookable or question.include_closed]
    return sorted(
        kept, key=lambda offer: (not offer.is_bookable, offer.quote.total.amount, offer.quote.rate_plan_id)
    )


def _free(question: OfferQuestion, types: Sequence[RoomType]) -> dict[int, int]:
    if question.hours is not None:
        return day_use_sellable(question.place, question.arrival, question.hours, types)
    ids = [row.pk for row in types]
    return sellable_min(question.place.pk, question.arrival, question.departure, ids)


def _offer(quote: StayQuote, free: int, rooms: int) -> Offer:
    return Offer(quote, free, quote.is_sellable and free >= rooms)
