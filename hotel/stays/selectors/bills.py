"""What the bill of a stay says to those who let its guest come and go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hotel.folios.choices import CodeKind
from hotel.folios.models import FolioWindow, Posting
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services.nights import SOURCE as NIGHT
from hotel.rates.domain.postings import ROOM
from hotel.reservations.models import Reservation

CHARGED = (CodeKind.CHARGE, CodeKind.ADJUSTMENT, CodeKind.PACKAGE, CodeKind.NON_REVENUE)


@dataclass(frozen=True)
class Bill:
    """A stay's folios in three words.

    Attributes:
        is_settled: every window is at zero; also when there is none.
        has_charges: something stands on it; or a night was posted, even if it was taken back: it is not posted again.
            Asked of whoever came on the open business date; who came earlier has had his nights.
        is_tonight_charged: the room of the open business date was posted; asked of the same.
    """

    is_settled: bool
    has_charges: bool
    is_tonight_charged: bool


def nights_billed(property_id: int, reservation_ids: Collection[int], night: date) -> set[int]:
    """Which stays have a night on their folio, also one that was taken back: it is not posted again."""
    keys = {f"{pk}:{night.isoformat()}:{ROOM}": pk for pk in reservation_ids}
    rows = Posting.objects.at(property_id).filter(source=NIGHT, source_key__in=list(keys))
    return {keys[key] for key in rows.values_list("source_key", flat=True)}


def deposits_used(reservation: Reservation) -> list[Posting]:
    """The transfers of deposits to the folio of a stay that stand, in order."""
    rows = Posting.objects.at(reservation.property_id).filter(
        window__folio__reservation=reservation, code__kind=CodeKind.DEPOSIT, reverses=None, reversals=None
    )
    return list(rows.select_related("property", "code", "window__folio").order_by("pk"))


def bill_of(reservation: Reservation, today: date) -> Bill:
    """The bill of a stay on the open business date; four queries at most."""
    place_id = reservation.property_id
    windows = list(
        FolioWindow.objects.at(place_id).filter(folio__reservation=reservation).values_list("pk", flat=True)
    )
    if not windows:
        return Bill(is_settled=True, has_charges=False, is_tonight_charged=False)
    balances = window_balances(place_id, windows)
    is_settled = not any(amount.amount for amount in balances.values())
    if reservation.arrival != today:
        return Bill(is_settled, has_charges=True, is_tonight_charged=False)
    postings = Posting.objects.at(place_id)
    standing = Q(code__kind__in=CHARGED, reverses=None, reversals=None) | Q(source=NIGHT)
    return Bill(
        is_settled=is_settled,
        has_charges=postings.filter(standing, window__in=windows).exists(),
        is_tonight_charged=bool(nights_billed(place_id, [reservation.pk], today)),
    )
