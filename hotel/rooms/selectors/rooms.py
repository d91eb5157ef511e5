"""Which rooms there are and which are free, physically."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hotel.properties.models import Property
from hotel.rooms.models import Room, RoomOccupancy, RoomPart, RoomType


def rooms_open(property_id: int, day: date) -> QuerySet[Room]:
    """Rooms that count on the night of a business date, by number; suites included."""
    return (
        Room.objects.at(property_id)
        .filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)
        .order_by("number")
    )


def numbers_taken(property_id: int, numbers: Collection[str]) -> list[str]:
    """Those of some numbers that belong to a room which is open or will be, in order; one query."""
    today = Property.objects.filter(pk=property_id).values("business_date")
    rows = Room.objects.at(property_id).filter(number__in=numbers)
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=today[:1]))
    return sorted(set(rows.values_list("number", flat=True)))


def room_ties(property_id: int) -> Mapping[int, frozenset[int]]:
    """Rooms to those that are taken with them: a suite to its parts, a part to its suites; one query."""
    ties: dict[int, frozenset[int]] = defaultdict(frozenset)
    for suite, part in RoomPart.objects.at(property_id).values_list("room_id", "part_id"):
        ties[suite] |= {part}
        ties[part] |= {suite}
    return ties


def rooms_free(
    property_id: int, room_type_ids: Collection[int], start: datetime, end: datetime
) -> QuerySet[Room]:
    """Rooms of the types that nobody takes between two instants and that are open all the time between.

    Args:
        property_id: the property.
        room_type_ids: types sold; a virtual type means the rooms of its base.
        start: UTC instant, inclusive.
        end: UTC instant, exclusive.

    Returns:
        Rooms by number; suites only while all their parts are free.
    """
    types = RoomType.objects.at(property_id).filter(
        Q(pk__in=room_type_ids) | Q(virtual_types__in=room_type_ids)
    )
    taken = RoomOccupancy.objects.at(property_id).touching(start, end)
    zone = Property.objects.get(pk=property_id).zone
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    past = max(last, first + timedelta(days=1))
    return (
        Room.objects.at(property_id)
        .filter(room_type__in=types.values("pk"))
        .filter(Q(closed_on=None) | Q(closed_on__gte=past), opened_on__lte=first)
        .exclude(Exists(taken.filter(room=OuterRef("pk"))))
        .exclude(Exists(taken.filter(room__part_of__room=OuterRef("pk"))))
        .order_by("number")
    )
