"""Which arrivals held until the evening may be let go now, by the clock of each property."""

from datetime import date, datetime, time

from hotel.properties.business_date import local_instant
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.models import Reservation

BY_HAND = -1


def release_days(place: Property, moment: datetime) -> list[tuple[date, datetime]]:
    """Days with arrivals held until the evening whose hour has struck, ascending.

    Args:
        place: the property.
        moment: the instant asked for.

    Returns:
        The day and the instant its hour struck: the setting of that day, on the property's clock; none where it is
        done by hand.
    """
    held = Reservation.objects.at(place.pk).held_until_evening()
    days = held.filter(arrival__lte=moment.astimezone(place.zone).date())
    found = []
    for day in list(days.order_by("arrival").values_list("arrival", flat=True).distinct()):
        hour = int(setting_value(place.pk, SettingKey.RELEASE_HOUR, day))
        if hour != BY_HAND and (struck := local_instant(place, day, time(hour))) <= moment:
            found.append((day, struck))
    return found
