"""What waits for somebody: options, traces, group blocks, the waiting list."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from hotel.reservations.choices import BlockStatus, NoteKind, OfferStatus, ReservationStatus
from hotel.reservations.models import GroupBlock, Reservation, ReservationNote, WaitlistOffer
from hotel.reservations.querysets import ReservationQuerySet
from hotel.rooms.selectors.inventory import sellable

OVER = (BlockStatus.LOST, BlockStatus.REFUSED, BlockStatus.CANCELLED)


def options_open(property_id: int) -> ReservationQuerySet:
    """Stays on option, the first to expire on top."""
    rows: ReservationQuerySet = Reservation.objects.at(property_id).with_parts().with_rooms()
    return rows.filter(status=ReservationStatus.OPTION).order_by("hold_expires_at", "pk")


def traces_due(property_id: int, day: date) -> QuerySet[ReservationNote]:
    """Tasks for departments that are due on a business date or were due before, oldest first."""
    rows = ReservationNote.objects.at(property_id).filter(kind=NoteKind.TRACE, done_at=None, due_on__lte=day)
    return rows.select_related("reservation").order_by("due_on", "pk")


def blocks_ahead(property_id: int, day: date) -> QuerySet[GroupBlock]:
    """Group blocks that are not over on a business date, by arrival.

    Returns:
        Each with the sums ``contracted``, ``current`` and ``picked_up`` in room nights; one query.
    """
    return (
        GroupBlock.objects.at(property_id)
        .filter(~Q(status__in=OVER), departure__gte=day)
        .select_related("company", "rate_plan")
        .annotate(
            contracted=Sum("nights__contracted", default=0),
            current=Sum("nights__current", default=0),
            picked_up=Sum("nights__picked_up", default=0),
        )
        .order_by("arrival", "code")
    )


@dataclass(frozen=True)
class Waiting:
    """A waitlisted stay, the rooms of its type free on all its nights, and the offer it has now."""

    stay: Reservation
    left: int
    offer: WaitlistOffer | None


def waitlist(property_id: int, day: date, limit: int) -> list[Waiting]:
    """Stays waiting on a business date: highest priority first, then who waited longest; three queries."""
    stays = list(
        Reservation.objects.at(property_id)
        .with_parts()
        .filter(status=ReservationStatus.WAITLISTED, departure__gt=day)
        .order_by("-waitlist_priority", "booked_at", "pk")[:limit]
    )
    if not stays:
        return []
    offers = WaitlistOffer.objects.at(property_id).filter(status=OfferStatus.OPEN, reservation__in=stays)
    offered = {offer.reservation_id: offer for offer in offers}
    first, past = min(stay.arrival for stay in stays), max(stay.departure for stay in stays)
    free = sellable(property_id, first, past)

    def left(stay: Reservation) -> int:
        nights = free.get(stay.room_type_id, {})
        return min((n for night, n in nights.items() if stay.arrival <= night < stay.departure), default=0)

    return [Waiting(stay, left(stay), offered.get(stay.pk)) for stay in stays]
