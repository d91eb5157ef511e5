"""Rooms as a Django app."""

from hotel.core.component import ComponentConfig


class RoomsConfig(ComponentConfig):
    """Room types, rooms, their status, holds, inventory counters and physical occupancy."""

    name = "hotel.rooms"
    label = "rooms"
