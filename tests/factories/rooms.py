"""Room types, rooms and opened nights for tests: the least valid ones, deterministic."""

from datetime import UTC, date, datetime, timedelta

from hotel.properties.models import Property
from hotel.rooms.choices import BlockKind, HousekeepingStatus, OccupancyKind
from hotel.rooms.models import (
    InventoryNight,
    Room,
    RoomBed,
    RoomBlock,
    RoomFeature,
    RoomOccupancy,
    RoomPart,
    RoomStatusChange,
    RoomType,
    RoomTypePart,
)
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.inventory import inventory_open, inventory_recount
from hotel.rooms.services.occupancy import room_claim
from hotel.rooms.services.room_types import structure_refresh
from hotel.rooms.services.status import room_status_set

OPENED = date(2020, 1, 1)


def room_type_make(
    place: Property, code: str = "DBL", *, parts: dict[RoomType, int] | None = None, **over
) -> RoomType:
    """A room type with its vector; ``parts`` for component types. Nights are not opened: see inventory_ready."""
    room_type = RoomType.objects.create(property=place, code=code, **{"name": code.title(), **over})
    for part, quantity in (parts or {}).items():
        RoomTypePart.objects.create(property=place, room_type=room_type, part_type=part, quantity=quantity)
    structure_refresh(room_type=room_type)
    return room_type


def room_make(
    place: Property,
    room_type: RoomType | None = None,
    number: str = "101",
    *,
    parts: tuple[Room, ...] = (),
    **over,
) -> Room:
    """A room open since long ago; ``parts`` for suites. Counters are not touched: see inventory_ready."""
    room_type = room_type or room_type_make(place)
    room = Room.objects.create(
        property=place, room_type=room_type, number=number, **{"opened_on": OPENED, **over}
    )
    for part in parts:
        RoomPart.objects.create(property=place, room=room, part=part)
    return room


def rooms_make(place: Property, room_type: RoomType, count: int, first: int = 101) -> list[Room]:
    """So many rooms of a type, numbered upwards."""
    return [room_make(place, room_type, str(first + step)) for step in range(count)]


def inventory_ready(place: Property, start: date, end: date) -> None:
    """Open the nights [start, end) for sale with what the rooms made so far say; may be called again."""
    inventory_open(place=place, since=start, until=end)
    inventory_recount(place=place, start=start, end=end)


def room_feature_make(place: Property, **over) -> RoomFeature:
    """A feature."""
    return RoomFeature.objects.create(property=place, **{"code": "BALCONY", "name": "Balcony", **over})


def room_bed_make(place: Property, **over) -> RoomBed:
    """A double bed in a new room."""
    room = over.pop("room", None) or room_make(place)
    return RoomBed.objects.create(property=place, room=room, **{"kind": "double", **over})


def room_block_make(place: Property, room: Room | None = None, **over) -> RoomBlock:
    """A room out of service tonight: it may still be sold."""
    tonight = place.business_date
    values = {"kind": BlockKind.OUT_OF_SERVICE, "start_on": tonight, "end_on": tonight + timedelta(days=1)}
    data = BlockData(**{**values, "reason": "Painting", **over})
    return block_create(room=room or room_make(place), data=data)


def room_status_change_make(place: Property) -> RoomStatusChange:
    """A new room is dirty."""
    room = room_status_set(room=room_make(place), status=HousekeepingStatus.DIRTY)
    return RoomStatusChange.objects.get(room=room)


def room_occupancy_make(place: Property, **over) -> RoomOccupancy:
    """Someone is in a new room for a day."""
    start = datetime(2027, 3, 14, 14, tzinfo=UTC)
    values = {"start": start, "end": start + timedelta(hours=20), "kind": OccupancyKind.STAY, **over}
    return room_claim(room=room_make(place), **values)


def inventory_night_make(place: Property) -> InventoryNight:
    """The counter of tonight, of the whole house."""
    inventory_ready(place, place.business_date, place.business_date + timedelta(days=1))
    return InventoryNight.objects.get(property=place, night=place.business_date, room_type=None)
