"""Why a plan cannot be sold: the rule, its level and its date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from hotel.properties.models import Property
from hotel.rates.domain.quotes import BrokenRule, Occupancy
from hotel.rates.selectors.quotes import quotes_search


@dataclass(frozen=True, slots=True)
class PlanExplained:
    """A plan in a type with the rules that close it for a stay; none means that it is open."""

    room_type: int
    rate_plan: int
    rules: tuple[BrokenRule, ...]


def closed_plans(
    place: Property,
    arrival: date,
    departure: date,
    room_type_ids: Collection[int] | None = None,
    rate_plan_ids: Collection[int] | None = None,
) -> list[PlanExplained]:
    """Every plan in every type for one adult, open or closed, with the rules that close it.

    Returns:
        One entry per plan and type; a constant number of queries.
    """
    quotes = quotes_search(
        place=place,
        arrival=arrival,
        departure=departure,
        occupancy=Occupancy(adults=1),
        booked_on=place.business_date,
        room_type_ids=room_type_ids,
        rate_plan_ids=rate_plan_ids,
        include_broken=True,
    )
    return [PlanExplained(quote.room_type_id, quote.rate_plan_id, quote.broken) for quote in quotes]
