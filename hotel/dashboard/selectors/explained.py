"""One stay in one plan and type, explained: its price step by step, what closes it, and the rooms left each night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from hotel.properties.models import Property
from hotel.rates.domain.quotes import NightPrice, Occupancy, StayQuote
from hotel.rates.models import RatePlan
from hotel.rates.selectors.quotes import quotes_search
from hotel.reservations.models import Reservation
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import NightExplained, availability_explained


@dataclass(frozen=True)
class StayExplained:
    """What speaks for and against selling a stay now.

    Attributes:
        quote: price and rules; None when the plan does not sell the type, or one of them is retired.
        nights: one per night, ascending: the rooms left, and the price where one is set.
    """

    quote: StayQuote | None
    nights: list[tuple[NightExplained, NightPrice | None]]

    @property
    def left(self) -> int:
        """Rooms left for the whole stay."""
        return min((rooms.sellable for rooms, _price in self.nights), default=0)

    @property
    def full(self) -> list[NightExplained]:
        """The nights on which nothing is left, or which are not open for sale."""
        return [rooms for rooms, _price in self.nights if not rooms.sellable]

    @property
    def is_bookable(self) -> bool:
        """Whether no rule stands against it and a room is left on every night."""
        return self.quote is not None and self.quote.is_sellable and self.left > 0


def stay_explained(
    *,
    place: Property,
    room_type: RoomType,
    rate_plan: RatePlan,
    arrival: date,
    departure: date,
    occupancy: Occupancy,
    promo_code: str = "",
    company_id: int | None = None,
) -> StayExplained:
    """Explain a stay as a quote of today; a constant number of queries.

    Args:
        arrival: first night.
        departure: the day after the last night.

    Raises:
        InvalidInput: impossible dates.
    """
    quotes = quotes_search(
        place=place,
        arrival=arrival,
        departure=departure,
        occupancy=occupancy,
        booked_on=place.business_date,
        room_type_ids=[room_type.pk],
        rate_plan_ids=[rate_plan.pk],
        promo_code=promo_code,
        company_id=company_id,
        include_broken=True,
    )
    quote = quotes[0] if quotes else None
    prices = {price.night: price for price in quote.nights} if quote else {}
    rooms = availability_explained(place.pk, arrival, departure, [room_type.pk])
    return StayExplained(quote, [(night, prices.get(night.night)) for night in rooms])


def question_of_stay(stay: Reservation) -> str:
    """The query of the page that explains what a stay would cost today; empty for day use."""
    if stay.is_day_use:
        return ""
    bands: Mapping[str, Any] = {f"band_{band}": count for band, count in stay.children.items()}
    asked = {
        "room_type": stay.room_type_id,
        "rate_plan": stay.rate_plan_id,
        "arrival": stay.arrival.isoformat(),
        "departure": stay.departure.isoformat(),
        "adults": stay.adults,
        **bands,
        "promo_code": stay.promo_code,
        "company": stay.booking.company_id or "",
    }
    return urlencode(asked)
