"""What rooms gives to the house."""

from hotel.core.plugs import AdminGroup, ComponentPlug, Schedule

PLUG = ComponentPlug(
    area="rooms",
    verbs=("view", "manage", "status", "block"),
    admin=(
        AdminGroup(
            "Rooms, types and where they are",
            30,
            models=(
                "rooms.RoomType",
                "rooms.Room",
                "rooms.RoomFeature",
                "properties.Building",
                "properties.Floor",
                "properties.Section",
            ),
            desk=("dashboard:board",),
        ),
        AdminGroup("Rooms: what was counted, held and cleaned", 110),
    ),
    demo="hotel.rooms.services.demo.demo_seed",
    schedules=(
        Schedule("rooms: open nights for sale", "hotel.rooms.tasks.inventory_open_due", cron="5 * * * *"),
        Schedule(
            "rooms: return rooms from holds", "hotel.rooms.tasks.blocks_return_due", cron="*/15 * * * *"
        ),
    ),
    invariants=("hotel.rooms.invariants.invariants",),
    audit_excluded={
        "rooms.InventoryNight": "counters that change with every booking; the reservations' history says why",
        "rooms.RoomTypeConsumption": "derived from the structure of room types, which is audited",
        "rooms.RoomOccupancy": "claims that follow stays and holds, whose own histories say who and why",
        "rooms.RoomStatusChange": "a history itself",
    },
    impersonal={
        "rooms.RoomType.description": "the hotel's own words",
        "rooms.Room.notes": "about the room",
        "rooms.RoomStatusChange.note": "about the room",
    },
    trail_excluded={
        "rooms.InventoryNight": "counters recomputed from claims and stays, which the trail has; very high volume",
        "rooms.RoomTypeConsumption": "derived from the structure of room types, which the trail has",
    },
)
