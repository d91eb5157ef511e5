"""Tables of rooms."""

from hotel.rooms.models.blocks import RoomBlock
from hotel.rooms.models.inventory import InventoryNight
from hotel.rooms.models.occupancy import RoomOccupancy
from hotel.rooms.models.room_types import (
    RoomFeature,
    RoomType,
    RoomTypeConsumption,
    RoomTypeOccupancy,
    RoomTypePart,
)
from hotel.rooms.models.rooms import Room, RoomBed, RoomPart
from hotel.rooms.models.status import RoomStatusChange

__all__ = [
    "InventoryNight",
    "Room",
    "RoomBed",
    "RoomBlock",
    "RoomFeature",
    "RoomOccupancy",
    "RoomPart",
    "RoomStatusChange",
    "RoomType",
    "RoomTypeConsumption",
    "RoomTypeOccupancy",
    "RoomTypePart",
]
