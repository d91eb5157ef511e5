"""The rooms of the day with their status, their hold and whether someone is in."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from hotel.rooms.choices import OccupancyKind
from hotel.rooms.models import Room, RoomBlock, RoomOccupancy


def housekeeping_rooms(rooms: QuerySet[Room], moment: datetime) -> QuerySet[Room]:
    """Those of the rooms that count on their property's business date, suites included; one query.

    Args:
        rooms: rooms of any properties.
        moment: now; decides who is in.

    Returns:
        Rooms with ``is_occupied`` (a stay or day use at this moment), ``hold`` (kind of the hold on tonight's night, or
        None) and ``hold_ends_on``.
    """
    today = F("property__business_date")
    taken = RoomOccupancy.objects.filter(room=OuterRef("pk"), during__contains=moment)
    held = RoomBlock.objects.filter(
        room=OuterRef("pk"),
        released_at=None,
        start_on__lte=OuterRef("property__business_date"),
        end_on__gt=OuterRef("property__business_date"),
    ).order_by("kind", "pk")
    return (
        rooms.filter(Q(closed_on=None) | Q(closed_on__gt=today), opened_on__lte=today)
        .annotate(
            is_occupied=Exists(taken.exclude(kind=OccupancyKind.BLOCK)),
            hold=Subquery(held.values("kind")[:1]),
            hold_ends_on=Subquery(held.values("end_on")[:1]),
        )
        .select_related("property", "room_type")
    )
