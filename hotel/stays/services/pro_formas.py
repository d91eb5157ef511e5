"""The pro forma invoice of a stay with its coming nights, as the night audits will post them."""

from hotel.core.exceptions import Conflict
from hotel.core.words import _
from hotel.folios.domain.documents import Draft
from hotel.folios.services.nights import SOURCE as NIGHT
from hotel.folios.services.nights import nights_foreseen
from hotel.folios.services.pro_formas import MAIN, folio_foreseen, stay_pro_forma
from hotel.reservations.choices import OPEN
from hotel.reservations.models import Reservation, ReservationNight
from hotel.stays.services.charges import night_of
from hotel.stays.services.fixed_charges import SOURCE as FIXED_CHARGE
from hotel.stays.services.fixed_charges import fixed_charges_foreseen


def pro_forma_of_stay(*, reservation: Reservation, window: int = MAIN, language: str = "") -> Draft:
    """What a stay will owe at its end: what is on its window, and the nights and fixed charges to come.

    Nights are those from the open business date on that were not posted, at the prices agreed. Nothing is stored.

    Args:
        window: number of the window of its folio.
        language: of the document; else that of the guest, of the property, or English.

    Raises:
        Conflict: the stay is over (``status_forbids``).
        NotFound: no such window.
    """
    if reservation.status not in OPEN:
        raise Conflict(_("The stay is over."), code="status_forbids", extra={"status": reservation.status})
    place, folio = reservation.property, folio_foreseen(reservation)
    nights = [
        night_of(folio, night, price)
        for night, price in ReservationNight.objects.at(place.pk)
        .filter(reservation=reservation, night__gte=place.business_date)
        .order_by("night")
        .values_list("night", "price_detail")
    ]
    coming = {
        NIGHT: nights_foreseen(place=place, nights=nights),
        FIXED_CHARGE: fixed_charges_foreseen(folio=folio, nights=[night.price.night for night in nights]),
    }
    return stay_pro_forma(folio=folio, coming=coming, window=window, language=language)
