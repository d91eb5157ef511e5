"""The business date of a property, and instants of its local clock."""

from datetime import UTC, date, datetime, time, timedelta

from hotel.properties.models import Property


def business_date_of(property_id: int) -> date:
    """The open business date, read fresh.

    Raises:
        Property.DoesNotExist: no such property.
    """
    return Property.objects.values_list("business_date", flat=True).get(pk=property_id)


def local_instant(place: Property, day: date, at: time) -> datetime:
    """The UTC instant at which the property's clocks show ``at`` on ``day``.

    A time that the clocks skip (spring forward, midnight in some zones) becomes the first instant after the
    gap; a time that comes twice means the first of the two.
    """
    naive = datetime.combine(day, at)
    early, late = (naive.replace(tzinfo=place.zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if early >= late or late.astimezone(place.zone).replace(tzinfo=None) == naive:
        return late
    return _clock_change(place, early, late)


def _clock_change(place: Property, before: datetime, after: datetime) -> datetime:
    """The instant between two others at which the zone's offset changes, to the second."""
    new_offset = after.astimezone(place.zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(place.zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
