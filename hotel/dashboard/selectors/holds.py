"""Holds on the rooms of the rack and of the tape chart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from hotel.properties.models import Property
from hotel.reservations.selectors.front_desk import RackRow
from hotel.rooms.choices import BlockKind
from hotel.rooms.models import RoomBlock


def holds_on(
    place: Property, rows: Iterable[RackRow], first: date, past: date
) -> Mapping[int, list[RoomBlock]]:
    """Holds of the days ``[first, past)`` by id of the room; one query.

    With those on the room itself come the ones that claim it with its suite or its parts.
    """
    found = RoomBlock.objects.at(place.pk).filter(released_at=None, start_on__lt=past, end_on__gt=first)
    own: dict[int, list[RoomBlock]] = defaultdict(list)
    for block in found.select_related("room"):
        own[block.room_id].append(block)
    return {
        row.room.pk: [
            *own[row.room.pk],
            *(one for pk in row.tied for one in own[pk] if one.kind != BlockKind.OUT_OF_SERVICE),
        ]
        for row in rows
        if row.room is not None
    }
