"""Offers end with the waiting: a stay confirmed, changed or cancelled some other way gives its held room back."""

from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.reservations.choices import HoldStatus, OfferStatus, ReservationStatus
from hotel.reservations.models import PriceHold, Reservation, WaitlistOffer
from hotel.reservations.services.holds import holds_end
from hotel.rooms.services.inventory import Move


def offers_end(reservation: Reservation) -> list[Move]:
    """Decline the open offer of a locked stay, in the caller's transaction.

    Returns:
        The moves that give the held room back; none when the stay does not wait or has no open offer.

    Locks: the offer, then its hold.
    """
    if reservation.status != ReservationStatus.WAITLISTED:
        return []
    rows = WaitlistOffer.objects.at(reservation.property_id).filter(
        reservation=reservation, status=OfferStatus.OPEN
    )
    offers = lock_rows(rows)
    if not offers:
        return []
    held = PriceHold.objects.filter(pk__in=[offer.hold_id for offer in offers], status=HoldStatus.ACTIVE)
    for offer in offers:
        offer_answer(offer, OfferStatus.DECLINED)
    return holds_end(lock_rows(held), HoldStatus.RELEASED, None)


def offer_answer(offer: WaitlistOffer, status: OfferStatus) -> None:
    """Write what became of an offer, and when."""
    offer.status, offer.answered_at = status, now()
    offer.save(update_fields=["status", "answered_at", "updated_at"])
