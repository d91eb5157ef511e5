"""Which rooms the tape chart draws."""

from collections.abc import Mapping
from dataclasses import dataclass

from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room


@dataclass(frozen=True)
class ChartFilter:
    """What a room must be to be drawn; what is not asked for leaves all.

    Attributes:
        room_type, floor, feature: ids; 0 for any.
        status: of housekeeping; empty for any.
        number: how the number begins.
    """

    room_type: int = 0
    floor: int = 0
    feature: int = 0
    status: str = ""
    number: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return self != EVERY_ROOM

    def rooms_featured(self, property_id: int) -> set[int] | None:
        """The rooms that have the feature themselves or by their type; None when none is asked for."""
        if not self.feature:
            return None
        rooms = Room.objects.at(property_id)
        return {
            *rooms.filter(features=self.feature).values_list("pk", flat=True),
            *rooms.filter(room_type__features=self.feature).values_list("pk", flat=True),
        }

    def keeps(self, room: Room, featured: set[int] | None = None) -> bool:
        """Whether a room is drawn.

        Args:
            room: of the property.
            featured: from ``rooms_featured``.
        """
        return (
            (not self.room_type or room.room_type_id == self.room_type)
            and (not self.floor or room.floor_id == self.floor)
            and (not self.status or room.housekeeping_status == self.status)
            and room.number.lower().startswith(self.number.lower())
            and (featured is None or room.pk in featured)
        )


EVERY_ROOM = ChartFilter()


def chart_filter(asked: Mapping[str, str]) -> ChartFilter:
    """What an address asks for; what it says wrong is not asked for."""
    ids = {name: asked.get(name, "") for name in ("room_type", "floor", "feature")}
    status = asked.get("status", "")
    return ChartFilter(
        **{name: int(text) for name, text in ids.items() if text.isdecimal() and len(text) < 19},
        status=status if status in HousekeepingStatus.values else "",
        number=asked.get("number", "").strip()[:16],
    )
