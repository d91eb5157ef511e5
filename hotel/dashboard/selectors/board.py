"""The status board: every room of the business date by floor, with what housekeeping has to know of tonight."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from django.db.models import Q

from hotel.properties.models import Floor, Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment
from hotel.rooms.choices import HousekeepingStatus, RoomTypeKind
from hotel.rooms.models import Room
from hotel.rooms.selectors.housekeeping import housekeeping_rooms


@dataclass(frozen=True)
class Tile:
    """A room on the board.

    Attributes:
        room: with ``is_occupied`` and ``hold``, see ``housekeeping_rooms``.
        arrives: somebody is due in tonight and has not come.
        eta: when, if he said so.
        leaves: the guest in it is due out today.
    """

    room: Room
    arrives: bool = False
    eta: time | None = None
    leaves: bool = False


@dataclass
class BoardFloor:
    """The rooms of a floor by number; ``floor`` is None for rooms that have none."""

    floor: Floor | None
    tiles: list[Tile] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """What is shown, and how many rooms there are in each state whatever is shown."""

    floors: list[BoardFloor]
    counts: Mapping[str, int]


def board(place: Property, status: str = "") -> Board:
    """The board of a property on its business date; two queries whatever the size.

    Args:
        status: only rooms of this status; all of them when empty.
    """
    rooms = Room.objects.at(place.pk).exclude(room_type__kind=RoomTypeKind.PSEUDO)
    found = list(
        housekeeping_rooms(rooms)
        .select_related("room_type", "floor__building")
        .order_by("floor__building", "floor__level", "number")
    )
    coming, going = due_today(place)
    floors: dict[int | None, BoardFloor] = {}
    for room in found:
        if status in {"", room.housekeeping_status}:
            tile = Tile(room, room.pk in coming, coming.get(room.pk), room.pk in going)
            floors.setdefault(room.floor_id, BoardFloor(room.floor)).tiles.append(tile)
    counts = Counter(room.housekeeping_status for room in found)
    return Board(list(floors.values()), {one: counts[one] for one in HousekeepingStatus.values})


def due_today(place: Property) -> tuple[dict[int, time | None], set[int]]:
    """Rooms that somebody is due into, with the time he named, and rooms that somebody is due out of; one query."""
    today = place.business_date
    rows = (
        RoomAssignment.objects.at(place.pk)
        .filter(released_at=None)
        .filter(
            Q(reservation__status=ReservationStatus.CONFIRMED, arrival=today)
            | Q(reservation__status=ReservationStatus.IN_HOUSE, departure=today)
        )
    )
    coming: dict[int, time | None] = {}
    going: set[int] = set()
    for room, status, eta in rows.order_by().values_list(
        "room_id", "reservation__status", "reservation__eta"
    ):
        if status == ReservationStatus.CONFIRMED:
            coming[room] = eta
        else:
            going.add(room)
    return coming, going
