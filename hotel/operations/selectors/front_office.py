"""Who is in a room for the front office."""

from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.selectors.room_days import house_today
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room


def room_occupied(place: Property, room: Room) -> Occupied:
    """Whether a guest in house has a room now, and for how many persons; of a suite also in its parts.

    Four queries at most.
    """
    rooms = {room.pk, *room.part_of.values_list("room_id", flat=True)}
    here = house_today(place, rooms, []).room_of
    stays = [pk for pk, room_id in here.items() if room_id in rooms]
    rows = Reservation.objects.filter(pk__in=stays).values_list("adults", "children") if stays else ()
    return Occupied(bool(stays), sum(adults + sum(children.values()) for adults, children in rows))
