"""The rooms of the day with their status, their hold and whether someone is in."""

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from hotel.rooms.models import Room, RoomBlock, RoomPart
from hotel.rooms.presence_ports import rooms_with_guests


def housekeeping_rooms(rooms: QuerySet[Room]) -> QuerySet[Room]:
    """Those of the rooms that count on their property's business date, suites included; one query.

    Args:
        rooms: rooms of any properties.

    Returns:
        Rooms with ``is_occupied`` (a guest in house has it now, or the suite it is part of), ``hold`` (kind of the hold
        on tonight's night, or None) and ``hold_ends_on``.
    """
    today = F("property__business_date")
    inside = rooms_with_guests(rooms).values("pk")
    somebody_in = Q(pk__in=inside) | Q(pk__in=RoomPart.objects.filter(room__in=inside).values("part"))
    held = RoomBlock.objects.filter(
        room=OuterRef("pk"),
        released_at=None,
        start_on__lte=OuterRef("property__business_date"),
        end_on__gt=OuterRef("property__business_date"),
    ).order_by("kind", "pk")
    return (
        rooms.filter(Q(closed_on=None) | Q(closed_on__gt=today), opened_on__lte=today)
        .annotate(
            is_occupied=ExpressionWrapper(somebody_in, output_field=BooleanField()),
            hold=Subquery(held.values("kind")[:1]),
            hold_ends_on=Subquery(held.values("end_on")[:1]),
        )
        .select_related("property", "room_type")
    )
