"""What folios know of one guest besides his cards. Documents, postings and payments are kept by law."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from hotel.core.personal import declared_rows
from hotel.core.words import _
from hotel.folios.choices import FolioStatus
from hotel.folios.models import Folio, FolioWindow, PaymentLink
from hotel.guests.services.privacy import profiles_of


def guest_folios_export(*, guest_id: int) -> list[dict[str, Any]]:
    """What this app declares of a guest, as plain values, invoices among them."""
    return declared_rows("folios", profiles_of(guest_id))


def erasure_blockers(*, guest_id: int) -> list[str]:
    """Folios that are not settled: until then name and address are needed for the invoice."""
    ids = profiles_of(guest_id)
    his = Q(reservation__primary_guest__in=ids) | Q(windows__guest__in=ids)
    rows = Folio.objects.filter(his, status=FolioStatus.OPEN).distinct().order_by("pk")
    return [_("The folio %(number)s is open.") % {"number": row.number} for row in rows]


@transaction.atomic
def guest_folios_erase(*, guest_id: int) -> int:
    """Erase the labels of a guest's windows and the words of links he could pay by. Repeatable.

    Returns:
        How many rows were emptied.
    """
    ids = profiles_of(guest_id)
    done = FolioWindow.objects.filter(guest__in=ids).exclude(label="").update(label="")
    links = PaymentLink.objects.filter(reservation__primary_guest__in=ids).exclude(description="")
    return done + links.update(description="")
