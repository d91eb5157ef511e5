"""In which rooms guests are now."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment
from hotel.rooms.models import Room


def assignment_held(rows: Sequence[RoomAssignment], day: date) -> RoomAssignment | None:
    """Which of the rooms of a stay its guest has on a day; None before the first.

    On the day of a planned move he has the old one until he has moved.

    Args:
        rows: the active ones, in date order.
        day: business date.
    """
    begun = [row for row in rows if row.arrival <= day]
    staying = [row for row in begun[:-1] if row.departure == day and row.left_at is None]
    return next(reversed(staying or begun), None)


def rooms_in_house(rooms: "QuerySet[Room]") -> "QuerySet[Room]":
    """The rooms that guests in house have on the business date, of the properties of ``rooms``; not evaluated.

    A stay that moves has the room of the assignment whose nights go on, or its last one on the departure day; on the
    day of a planned move the old one until the guest has moved.
    """
    today = F("reservation__property__business_date")
    leaves_today = Q(departure=today, left_at=None)
    before = RoomAssignment.objects.filter(
        leaves_today, released_at=None, reservation=OuterRef("reservation"), departure=OuterRef("arrival")
    )
    held = RoomAssignment.objects.filter(
        Q(departure__gt=today) | Q(departure=F("reservation__departure")) | leaves_today,
        ~Exists(before),
        arrival__lte=today,
        released_at=None,
        reservation__status=ReservationStatus.IN_HOUSE,
        reservation__property__in=rooms.order_by().values("property"),
    )
    return Room.objects.filter(pk__in=held.values("room"))
