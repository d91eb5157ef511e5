"""Room types, rooms and opened nights for tests: the least valid ones, deterministic."""

from datetime import date

from hotel.properties.models import Property
from hotel.rooms.models import Room, RoomPart, RoomType, RoomTypePart
from hotel.rooms.services.inventory import inventory_open, inventory_recount
from hotel.rooms.services.room_types import structure_refresh

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
    place: Property, room_type: RoomType, number: str, *, parts: tuple[Room, ...] = (), **over
) -> Room:
    """A room open since long ago; ``parts`` for suites. Counters are not touched: see inventory_ready."""
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
