"""Which properties there are, for people and for schedules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hotel.core.clock import now
from hotel.properties.models import Property


@dataclass(frozen=True)
class PropertyEntry:
    """One line of the directory.

    Attributes:
        business_date: the open business date.
        local_day: the calendar day on the property's own clocks now.
    """

    property_id: int
    code: str
    name: str
    chain_id: int
    currency: str
    time_zone: str
    business_date: date
    local_day: date


def properties_active(user: Any = None) -> list[PropertyEntry]:
    """Active properties, one entry each, by name.

    Args:
        user: only those where he holds any right; all of them when None.
    """
    rows = Property.objects.filter(is_active=True)
    if user is not None:
        rows = rows.any_right(user)
    return [
        PropertyEntry(
            property_id=place.pk,
            code=place.code,
            name=place.name,
            chain_id=place.chain_id,
            currency=str(place.currency),
            time_zone=place.time_zone,
            business_date=place.business_date,
            local_day=local_day(place),
        )
        for place in rows
    ]


def local_day(place: Property) -> date:
    """The calendar day on the property's own clocks now; not the business date, which the audit moves."""
    return now().astimezone(place.zone).date()
