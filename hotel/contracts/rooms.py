"""What rooms tells the house."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class AvailabilityChanged(Fact):
    """What can be sold on these nights may have changed; ask again instead of adding up.

    Attributes:
        room_type_id: the type; None when the whole house may be concerned.
        first_night: business date, inclusive.
        last_night: business date, inclusive.
    """

    aggregate_name: ClassVar[str] = "availability"
    aggregate_field: ClassVar[str] = "property_id"

    room_type_id: int | None
    first_night: date
    last_night: date


@dataclass(frozen=True, kw_only=True)
class RoomStatusChanged(Fact):
    """A room's housekeeping status changed.

    Attributes:
        from_status, to_status: clean, dirty, pickup or inspected.
        source: who did it: housekeeping, front_desk, hold, stay or device.
        occurred_at: UTC instant.
    """

    aggregate_name: ClassVar[str] = "room"
    aggregate_field: ClassVar[str] = "room_id"

    room_id: int
    from_status: str
    to_status: str
    source: str
    occurred_at: datetime
