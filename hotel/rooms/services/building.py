"""Many rooms of one type made at once, with the floors that their numbers tell."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from hotel.core.locks import LockSpace, advisory_lock
from hotel.properties.business_date import business_date_of
from hotel.properties.choices import SettingKey
from hotel.properties.models import Building, Floor, Property
from hotel.properties.selectors.settings import setting_value
from hotel.rooms.domain.numbers import level_of
from hotel.rooms.models import Room, RoomType
from hotel.rooms.selectors.rooms import numbers_taken
from hotel.rooms.services.inventory import inventory_open
from hotel.rooms.services.rooms import RoomContents, RoomNumberTaken, rooms_create

MAIN = "MAIN"


@transaction.atomic
def rooms_build(*, place: Property, room_type: RoomType, numbers: Sequence[str]) -> list[Room]:
    """Open rooms of a type from the business date on, all of them or none, and the nights for sale.

    They stand in the property's first building, which is made when there is none; floors that are missing are made.

    Args:
        place: the property.
        room_type: of the property; one that has rooms of its own.
        numbers: as ``domain.numbers`` gives them.

    Raises:
        RoomNumberTaken: a number has a room already; ``extra`` names them.
        RoomRefused: the type has no rooms of its own.

    Locks: the property's setting-up, so that two who make the same rooms make them once.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"rooms {place.pk}")
    taken = numbers_taken(place.pk, numbers)
    if taken:
        text = _("There are rooms with these numbers already: %(numbers)s. No room was made.")
        raise RoomNumberTaken(text % {"numbers": ", ".join(taken)}, extra={"numbers": taken})
    building = Building.objects.at(place.pk).order_by("pk").first() or Building.objects.create(
        property=place, code=MAIN, name=_("Main house")
    )
    floors = {floor.level: floor for floor in Floor.objects.at(place.pk).filter(building=building)}
    for level in sorted({level_of(number) for number in numbers} - floors.keys()):
        floors[level] = Floor.objects.create(property=place, building=building, level=level)
    made = rooms_create(
        place=place,
        contents=[
            RoomContents(
                values={
                    "room_type": room_type,
                    "number": number,
                    "building": building,
                    "floor": floors[level_of(number)],
                }
            )
            for number in numbers
        ],
    )
    today = business_date_of(place.pk)
    days = setting_value(place.pk, SettingKey.SELLING_DAYS, today)
    inventory_open(place=place, until=today + timedelta(days=days))
    return made
