"""Dated settings: a value is set for a business date that has not passed."""

from datetime import date
from typing import Any

from django.db import transaction

from hotel.contracts.properties import SettingChanged
from hotel.core.days import day_told
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.choices import SettingKey
from hotel.properties.domain.setting_values import checked_value
from hotel.properties.models import Property, PropertySetting


@transaction.atomic
def setting_set(*, place: Property, key: str, value: Any, valid_from: date) -> PropertySetting:
    """Let a setting have a value from a business date on; setting the same day again replaces the value.

    Args:
        place: the property.
        key: a ``SettingKey``.
        value: of the shape that ``domain.setting_values`` names for the key.
        valid_from: business date, inclusive; the open one at the earliest.

    Publishes: SettingChanged.

    Raises:
        InvalidInput: unknown key or wrong shape.
        RuleBroken: the date has passed; what was decided then stays explicable.

    Locks: the property.
    """
    if key not in SettingKey.values:
        raise InvalidInput(_("No such setting."), code="setting_unknown", extra={"known": SettingKey.values})
    try:
        stored = checked_value(key, value)
    except ValueError as error:
        raise InvalidInput(str(error), code="setting_value", fields={"value": [str(error)]}) from error
    _require_open(place, valid_from)
    row, _is_new = PropertySetting.objects.update_or_create(
        property=place, key=key, valid_from=valid_from, defaults={"value": stored}
    )
    publish(SettingChanged(property_id=place.pk, key=key, valid_from=valid_from))
    return row


@transaction.atomic
def setting_remove(*, setting: PropertySetting) -> None:
    """Take a value back that has not counted yet, or counts only since the open business date.

    Publishes: SettingChanged.

    Raises:
        RuleBroken: it has counted on a business date that is closed.

    Locks: the property.
    """
    _require_open(setting.property, setting.valid_from)
    publish(SettingChanged(property_id=setting.property_id, key=setting.key, valid_from=setting.valid_from))
    setting.delete()


def _require_open(place: Property, day: date) -> None:
    [fresh] = lock_rows(Property.objects.filter(pk=place.pk))
    if day < fresh.business_date:
        text = _("Settings change from the open business date (%(business_date)s) on, not before.") % {
            "business_date": day_told(fresh.business_date)
        }
        raise RuleBroken(text, code="setting_in_the_past")
