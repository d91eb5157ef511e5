"""What rooms gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="rooms",
    verbs=("view", "manage", "status", "block"),
    audit_excluded={
        "rooms.InventoryNight": "counters that change with every booking; the reservations' history says why",
        "rooms.RoomTypeConsumption": "derived from the structure of room types, which is audited",
        "rooms.RoomStatusChange": "a history itself",
    },
)
