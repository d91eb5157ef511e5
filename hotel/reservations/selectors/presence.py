"""In which rooms guests are now."""

from django.db.models import F, Q, QuerySet

from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment
from hotel.rooms.models import Room


def rooms_in_house(rooms: "QuerySet[Room]") -> "QuerySet[Room]":
    """The rooms that guests in house have on the business date, of the properties of ``rooms``; not evaluated.

    A stay that moves has the room of the assignment whose nights go on, or its last one on the departure day.
    """
    stay = "reservation__"
    begun = Q(arrival__lte=F(f"{stay}property__business_date"))
    goes_on = Q(departure__gt=F(f"{stay}property__business_date")) | Q(departure=F(f"{stay}departure"))
    held = RoomAssignment.objects.filter(
        begun & goes_on,
        released_at=None,
        reservation__status=ReservationStatus.IN_HOUSE,
        reservation__property__in=rooms.order_by().values("property"),
    )
    return Room.objects.filter(pk__in=held.values("room"))
