"""Things that were found: what is kept, what is due to go, and whose it may be."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from hotel.operations.choices import LostItemState
from hotel.operations.models import LostItem
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation

LOOKED_BACK = timedelta(days=3)


def lost_items(place: Property, *, wanted: str = "kept", text: str = "") -> QuerySet[LostItem]:
    """Things of a property, the newest first.

    Args:
        wanted: ``kept``; ``due``: kept and their time is over; ``gone``.
        text: in what it is, where it was found or where it lies.
    """
    rows = LostItem.objects.at(place.pk).select_related("room", "found_by", "ended_by")
    kept = Q(state=LostItemState.KEPT)
    rows = rows.filter(~kept if wanted == "gone" else kept)
    if wanted == "due":
        rows = rows.filter(keep_until__lte=place.business_date)
    if text:
        rows = rows.filter(
            Q(description__icontains=text)
            | Q(location__icontains=text)
            | Q(storage__icontains=text)
            | Q(room__number__istartswith=text)
        )
    return rows.order_by("-pk")


def possible_owners(item: LostItem) -> list[Reservation]:
    """Stays that had the room when a thing was found in it, or left it a little before, the latest first; one query."""
    if item.room_id is None:
        return []
    rows = Reservation.objects.at(item.property_id).filter(
        status__in=(ReservationStatus.IN_HOUSE, ReservationStatus.CHECKED_OUT),
        assignments__released_at=None,
        assignments__room=item.room_id,
        assignments__arrival__lte=item.found_on,
        assignments__departure__gte=item.found_on - LOOKED_BACK,
    )
    return list(rows.select_related("primary_guest").order_by("-departure", "-pk").distinct())
