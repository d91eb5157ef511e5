"""Facts that rates publishes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class RateChanged(Fact):
    """Prices, restrictions or terms of a plan have changed for some nights.

    Attributes:
        rate_plan_id: the plan; None when every plan of the property is concerned (house restrictions, taxes).
        room_type_id: the type; None when every type of the plan is concerned.
        first_night: first night concerned; None for no beginning.
        last_night: last night concerned, inclusive; None for no end.
    """

    aggregate_name: ClassVar[str] = "rates"
    aggregate_field: ClassVar[str] = "property_id"

    rate_plan_id: int | None
    room_type_id: int | None = None
    first_night: date | None = None
    last_night: date | None = None
