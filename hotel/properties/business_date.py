"""The business date of a property, and instants of its local clock."""

from datetime import date, datetime, time

from hotel.core.zones import instant_at
from hotel.properties.models import Property


def business_date_of(property_id: int) -> date:
    """The open business date, read fresh.

    Raises:
        Property.DoesNotExist: no such property.
    """
    return Property.objects.values_list("business_date", flat=True).get(pk=property_id)


def local_instant(place: Property, day: date, at: time) -> datetime:
    """The UTC instant at which the property's clocks show ``at`` on ``day``; see ``instant_at``."""
    return instant_at(place.zone, day, at)
