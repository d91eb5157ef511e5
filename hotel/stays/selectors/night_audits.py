"""Which night audits are due by themselves."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value


def audits_due() -> list[int]:
    """The ids of active properties whose business date is over by their own clock and setting, ascending.

    The audit starts by itself at the hour that ``stays.night_audit_hour`` names, on the calendar day after the open
    business date; a property that closes its days by hand is never due. One that takes no changes waits.
    """
    return [
        place.pk
        for place in Property.objects.filter(is_active=True).writable().order_by("pk")
        if _is_due(place)
    ]


def _is_due(place: Property) -> bool:
    hour = setting_value(place.pk, SettingKey.NIGHT_AUDIT_HOUR, place.business_date)
    if hour < 0:
        return False
    local, next_day = now().astimezone(place.zone), place.business_date + timedelta(days=1)
    return local.date() > next_day or (local.date() == next_day and local.hour >= hour)
