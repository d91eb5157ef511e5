"""The demo's chain: a city hotel in Vienna and a seaside resort in Japan, with buildings, floors and settings."""

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import RuleBroken
from hotel.core.locks import LockSpace, advisory_lock
from hotel.properties.choices import SettingKey
from hotel.properties.models import Building, Chain, Floor, Property, PropertyGroup, Section
from hotel.properties.services.groups import group_create
from hotel.properties.services.properties import chain_create, property_create
from hotel.properties.services.settings import setting_set

CHAIN_CODE = "LINDEN"
GROUP_NAME = "All houses"
CITY: Mapping[str, Any] = {
    "code": "VIENNA",
    "name": "Hotel Lindenhof Wien",
    "time_zone": "Europe/Vienna",
    "currency": "EUR",
    "country": "AT",
    "language": "de",
    "check_in_time": time(15),
    "check_out_time": time(11),
    "brand_name": "Lindenhof",
    "brand_colour": "#2f5d50",
    "address": "Lindengasse 12\n1070 Wien",
    "phone": "+43 1 555 0100",
    "email": "hallo@lindenhof.example",
    "tax_number": "ATU00000000",
}
RESORT: Mapping[str, Any] = {
    "code": "IZU",
    "name": "Izu Bay Resort",
    "time_zone": "Asia/Tokyo",
    "currency": "JPY",
    "country": "JP",
    "language": "en",
    "check_in_time": time(14),
    "check_out_time": time(12),
    "fiscal_year_start_month": 4,
    "brand_name": "Izu Bay",
    "brand_colour": "#1d6fa3",
    "address": "3-1 Shirahama\nShimoda, Shizuoka 415-0012",
    "phone": "+81 558 22 0100",
    "email": "stay@izubay.example",
}
# Property code to buildings: code, name, lowest and highest level.
BUILDINGS: Mapping[str, tuple[tuple[str, str, int, int], ...]] = {
    "VIENNA": (("MAIN", "Main house", 0, 5), ("COURT", "Courtyard wing", 0, 3)),
    "IZU": (("MAIN", "Main house", 0, 3), ("BAY", "Bay villas", 0, 0)),
}
SECTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "VIENNA": (
        ("LOW", "Main house, floors 1–3"),
        ("HIGH", "Main house, floors 4–5"),
        ("COURT", "Courtyard wing"),
    ),
    "IZU": (("MAIN", "Main house"), ("BAY", "Bay villas")),
}
SETTINGS: Mapping[SettingKey, int] = {
    SettingKey.OVERBOOKING_HOUSE: 2,
    SettingKey.OPTION_HOURS: 48,
    SettingKey.SELLING_DAYS: 540,
}


DAYS_PLAYED = 3


@transaction.atomic
def demo_seed(*, say: Callable[[str], None], days_played: int = DAYS_PLAYED) -> None:
    """Make the chain with its two properties. Repeatable: a chain that is there is left alone.

    Args:
        say: prints progress.
        days_played: the first business date of each is its local calendar day that long ago; higher floors close the
            days up to today.

    Raises:
        RuleBroken: the database holds hotels that are not the demo's.
    """
    advisory_lock(LockSpace.DEMO, "properties")
    if Chain.objects.exclude(code=CHAIN_CODE).exists():
        raise RuleBroken("There are other hotels in this database: the demo is for an empty one.")
    if Chain.objects.filter(code=CHAIN_CODE).exists():
        return
    chain = chain_create(code=CHAIN_CODE, name="Linden Hotels")
    places = [
        property_create(chain=chain, values=values, business_date=_first_day(values, days_played))
        for values in (CITY, RESORT)
    ]
    for place in places:
        _furnish(place)
        say(f"{place.code}: {place.name}, business date {place.business_date}")
    group_create(chain=chain, name=GROUP_NAME, properties=places)


def demo_places() -> tuple[Property, Property]:
    """The city hotel and the resort.

    Raises:
        Property.DoesNotExist: the demo is not loaded.
    """
    return Property.objects.get(code=CITY["code"]), Property.objects.get(code=RESORT["code"])


def demo_group() -> PropertyGroup:
    """The group of both.

    Raises:
        PropertyGroup.DoesNotExist: the demo is not loaded.
    """
    return PropertyGroup.objects.get(chain__code=CHAIN_CODE, name=GROUP_NAME)


def _first_day(values: Mapping[str, Any], days_played: int) -> date:
    return now().astimezone(ZoneInfo(values["time_zone"])).date() - timedelta(days=days_played)


def _furnish(place: Property) -> None:
    for code, name, lowest, highest in BUILDINGS[place.code]:
        building = Building.objects.create(property=place, code=code, name=name)
        Floor.objects.bulk_create(
            Floor(property=place, building=building, level=level) for level in range(lowest, highest + 1)
        )
    Section.objects.bulk_create(
        Section(property=place, code=code, name=name) for code, name in SECTIONS[place.code]
    )
    for key, value in SETTINGS.items():
        setting_set(place=place, key=key, value=value, valid_from=place.business_date)
