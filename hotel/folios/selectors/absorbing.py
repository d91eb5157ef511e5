"""Whether a stay can become part of another without leaving money behind."""

from hotel.core.words import _
from hotel.folios.choices import Ledger
from hotel.folios.models import Folio, LedgerEntry, Payment
from hotel.reservations.models import Reservation


def money_left_behind(reservation: Reservation) -> str:
    """What there is of the stay in the books, in one sentence; nothing when there is nothing. Three queries at most."""
    if Folio.objects.at(reservation.property_id).filter(reservation=reservation).exists():
        return _("It has a folio.")
    payments = Payment.objects.at(reservation.property_id).filter(reservation=reservation)
    deposits = LedgerEntry.objects.at(reservation.property_id).filter(
        ledger=Ledger.DEPOSIT, reservation=reservation
    )
    if payments.exists() or deposits.exists():
        return _("A deposit was taken for it.")
    return ""
