"""The demo's rooms: two houses opened two years ago, with statuses and a few rooms being repaired today."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.locks import LockSpace, advisory_lock
from hotel.properties.choices import SettingKey
from hotel.properties.models import AgeBand, Building, Floor, Property, Section
from hotel.properties.selectors.settings import setting_value
from hotel.properties.services.demo import demo_places
from hotel.rooms.choices import BlockKind, HousekeepingStatus
from hotel.rooms.domain.demo import HousePlan, TypePlan, city_house, resort_house
from hotel.rooms.models import Room, RoomFeature, RoomType
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.inventory import inventory_open, overbooking_set
from hotel.rooms.services.room_types import RoomTypeContents, room_type_create
from hotel.rooms.services.rooms import RoomContents, room_create
from hotel.rooms.services.status import rooms_status_set

DAYS_BACK = 731
# Property code to holds: room number, kind, first night from today, nights, reason.
HOLDS: Mapping[str, tuple[tuple[str, BlockKind, int, int, str], ...]] = {
    "VIENNA": (
        ("402", BlockKind.OUT_OF_ORDER, 0, 4, "Bathroom: new tiles"),
        ("C13", BlockKind.OUT_OF_SERVICE, 1, 2, "Curtain rail is loose"),
        ("505", BlockKind.OUT_OF_INVENTORY, 10, 21, "Renovation of the junior suite"),
    ),
    "IZU": (
        ("105", BlockKind.OUT_OF_ORDER, 0, 6, "Tatami mats are being replaced"),
        ("V1", BlockKind.OUT_OF_SERVICE, 2, 1, "Hot spring pump: yearly check"),
    ),
}
OVERBOOKED = {"VIENNA": ("STD", 2), "IZU": ("GDN", 1)}


def demo_seed(*, say: Callable[[str], None], days_back: int = DAYS_BACK) -> None:
    """Build both houses and open their nights, past and coming. Repeatable: a house with types is left alone.

    Args:
        say: prints progress.
        days_back: how long before today the houses opened.
    """
    for place, plan in zip(demo_places(), (city_house(), resort_house()), strict=True):
        if _built(place, plan, days_back):
            say(f"{place.code}: {len(plan.rooms)} rooms of {len(plan.types)} types")


@transaction.atomic
def _built(place: Property, plan: HousePlan, days_back: int) -> bool:
    advisory_lock(LockSpace.DEMO, f"rooms:{place.pk}")
    if RoomType.objects.at(place.pk).exists():
        return False
    today = place.business_date
    features = {
        code: RoomFeature.objects.create(property=place, code=code, name=name)
        for code, name in plan.features.items()
    }
    types: dict[str, RoomType] = {}
    # Standard types first: the others are made of them.
    for row in sorted(plan.types, key=lambda row: row.kind != "standard"):
        position = 10 * (1 + plan.types.index(row))
        types[row.code] = _type_made(place, row, types, features, position)
    where, sections = _floors(place), {row.code: row for row in Section.objects.at(place.pk)}
    rooms: dict[str, Room] = {}
    for room in plan.rooms:
        values: dict[str, Any] = {**where[room.building, room.level], "section": sections[room.section]}
        values |= {"room_type": types[room.type_code], "number": room.number}
        values |= {"opened_on": today - timedelta(days=days_back), "is_accessible": room.is_accessible}
        contents = RoomContents(
            values=values,
            features=[features[code] for code in room.features],
            beds=room.beds,
            connects_to=[rooms[room.door_to]] if room.door_to else None,
            parts=[rooms[number] for number in room.parts],
        )
        rooms[room.number] = room_create(place=place, contents=contents)
    days = setting_value(place.pk, SettingKey.SELLING_DAYS, today)
    inventory_open(place=place, since=today - timedelta(days=days_back), until=today + timedelta(days=days))
    code, quantity = OVERBOOKED[place.code]
    overbooking_set(
        place=place, room_type=types[code], start=today, end=today + timedelta(days=90), quantity=quantity
    )
    _statuses(rooms)
    _holds(place, rooms)
    return True


def _type_made(
    place: Property,
    plan: TypePlan,
    types: Mapping[str, RoomType],
    features: Mapping[str, RoomFeature],
    position: int,
) -> RoomType:
    bands = {band.code: band for band in AgeBand.objects.at(place.pk)}
    values = {
        "code": plan.code,
        "name": plan.name,
        "kind": plan.kind,
        "room_class": plan.room_class,
        "description": plan.description,
        "standard_occupancy": plan.standard,
        "max_occupancy": plan.most,
        "max_adults": plan.adults,
        "max_children": plan.children,
        "base_type": types[plan.base] if plan.base else None,
        "housekeeping_credits": Decimal(plan.credits),
        "day_use_limit": plan.day_use,
        "sort_order": position,
    }
    contents = RoomTypeContents(
        values=values,
        parts={types[code]: quantity for code, quantity in plan.parts.items()} or None,
        features=[features[code] for code in plan.features],
        occupancies={bands["adult"]: plan.adults, bands["child"]: plan.children} if plan.children else None,
    )
    return room_type_create(place=place, contents=contents)


def _floors(place: Property) -> dict[tuple[str, int], dict[str, Building | Floor]]:
    """Building code and level to the columns of a room that say where it is."""
    floors = Floor.objects.at(place.pk).select_related("building")
    return {(row.building.code, row.level): {"building": row.building, "floor": row} for row in floors}


def _statuses(rooms: Mapping[str, Room]) -> None:
    """A morning: most rooms are clean, every fifth is dirty, some are inspected or want a light tidy."""
    wanted = {0: HousekeepingStatus.DIRTY, 2: HousekeepingStatus.INSPECTED, 4: HousekeepingStatus.PICKUP}
    ids = [room.pk for room in rooms.values() if not room.number.startswith("PM")]
    for offset, status in wanted.items():
        rooms_status_set(room_ids=ids[offset :: 5 if offset == 0 else 9], status=status)


def _holds(place: Property, rooms: Mapping[str, Room]) -> None:
    by = User.objects.filter(role_assignments__role__code="maintenance").order_by("pk").first()
    for number, kind, start, nights, reason in HOLDS[place.code]:
        first = place.business_date + timedelta(days=start)
        data = BlockData(kind=kind, start_on=first, end_on=first + timedelta(days=nights), reason=reason)
        block_create(room=rooms[number], data=data, user=by)
