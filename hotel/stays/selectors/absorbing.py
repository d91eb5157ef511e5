"""Whether a stay can become part of another without leaving what is charged for it behind."""

from hotel.core.words import _
from hotel.reservations.models import Reservation
from hotel.stays.models import FixedCharge


def charges_left_behind(reservation: Reservation) -> str:
    """What is charged for the stay again and again, in one sentence; nothing when nothing is. One query."""
    charges = FixedCharge.objects.at(reservation.property_id).filter(reservation=reservation)
    return _("It has fixed charges.") if charges.exists() else ""
