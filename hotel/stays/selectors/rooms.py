"""Rooms that a guest could be given now, the best ones first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment
from hotel.rooms.models import Room
from hotel.rooms.selectors.rooms import room_ties, rooms_free
from hotel.stays.selectors.actions import READY


@dataclass(frozen=True)
class RoomOffer:
    """A room that is free for the time asked for.

    Attributes:
        is_ready: as clean as the property asks before a guest gets it.
        is_vacant: nobody is in it at the moment.
    """

    room: Room
    is_ready: bool
    is_vacant: bool


def rooms_offered(
    place: Property, room_type_ids: Collection[int], start: datetime, end: datetime
) -> list[RoomOffer]:
    """Rooms of some types that nobody takes between two instants: ready and vacant ones first, then by number.

    Five queries, whatever the size.

    Args:
        room_type_ids: of physical types.
        start, end: instants; the room is needed from the first until the second.
    """
    wanted = setting_value(place.pk, SettingKey.ROOM_READY, place.business_date)
    taken = rooms_with_guests(place)
    rooms = rooms_free(place.pk, room_type_ids, start, end).select_related("room_type")
    offers = [
        RoomOffer(room, room.housekeeping_status in READY[wanted], room.pk not in taken) for room in rooms
    ]
    return sorted(offers, key=lambda offer: not (offer.is_ready and offer.is_vacant))


def rooms_with_guests(place: Property) -> frozenset[int]:
    """Ids of the rooms that guests in house have now, with the parts of suites and the suites of parts; two queries."""
    today = place.business_date
    still = Q(departure__gt=today) | Q(departure=F("reservation__departure"))
    rows = RoomAssignment.objects.at(place.pk).filter(
        still, released_at=None, arrival__lte=today, reservation__status=ReservationStatus.IN_HOUSE
    )
    here, ties = frozenset(rows.values_list("room_id", flat=True)), room_ties(place.pk)
    return here.union(*(ties[pk] for pk in here if pk in ties))
