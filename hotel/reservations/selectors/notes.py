"""Notes of a stay as a page shows them."""

from hotel.reservations.choices import NoteKind
from hotel.reservations.models import Reservation, ReservationNote


def alerts_open(reservation: Reservation, *screens: str) -> list[ReservationNote]:
    """The alerts for these screens that nobody has ticked off, oldest first; one query."""
    rows = ReservationNote.objects.at(reservation.property_id).filter(
        reservation=reservation, kind=NoteKind.ALERT, screen__in=screens, done_at=None
    )
    return list(rows.select_related("author").order_by("pk"))
