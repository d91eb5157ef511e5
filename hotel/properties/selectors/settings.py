"""The value of a dated setting on a business date."""

from datetime import date
from typing import Any

from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting

DEFAULTS: dict[str, Any] = {
    SettingKey.OVERBOOKING_HOUSE: 0,
    SettingKey.OPTION_HOURS: 24,
    SettingKey.HOLD_MINUTES: 15,
    SettingKey.TURN_MINUTES: 60,
    SettingKey.SELLING_DAYS: 730,
    SettingKey.WAITLIST_OFFER_HOURS: 24,
    SettingKey.RELEASE_HOUR: 18,
    SettingKey.ROOM_READY: "clean",
    SettingKey.REGISTRATION: "none",
    SettingKey.NIGHT_AUDIT_HOUR: -1,
    SettingKey.LATE_POSTING_DAYS: 30,
    SettingKey.PIN_HOURS: 12,
    SettingKey.FISCAL_CALENDAR: "months",
    SettingKey.STAYOVER_NIGHTS: 1,
    SettingKey.LINEN_NIGHTS: 3,
    SettingKey.ARRIVAL_CHECK: "yes",
    SettingKey.INSPECTION: "none",
    SettingKey.DND_TRIES: 3,
    SettingKey.CREDIT_MINUTES: 30,
    SettingKey.LOST_DAYS: 90,
    SettingKey.AUDIT_PACK_TO: [],
    SettingKey.DOWNTIME_PACK_TO: [],
    SettingKey.DEPOSIT_VAT: "at_invoice",
}


def setting_value(property_id: int, key: SettingKey, day: date) -> Any:
    """The value that counts on a business date: the latest at or before it, else the house default."""
    row = (
        PropertySetting.objects.at(property_id)
        .filter(key=key, valid_from__lte=day)
        .order_by("-valid_from")
        .values_list("value", flat=True)
        .first()
    )
    return DEFAULTS[key] if row is None else row


def settings_at(property_id: int, day: date) -> dict[str, Any]:
    """The value of every setting on a business date, by key, in the order of ``SettingKey``; one query."""
    rows = (
        PropertySetting.objects.at(property_id)
        .filter(valid_from__lte=day)
        .order_by("key", "-valid_from")
        .distinct("key")
        .values_list("key", "value")
    )
    found = dict(rows)
    return {key.value: found.get(key.value, DEFAULTS[key]) for key in SettingKey}
