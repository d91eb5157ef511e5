"""What operations know of one guest: given out and erased on request."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from hotel.core.locks import lock_rows
from hotel.core.personal import declared_rows
from hotel.core.words import _
from hotel.guests.services.privacy import profiles_of
from hotel.operations.choices import LostItemState
from hotel.operations.models import LostItem

ERASED = "erased"


def guest_things_export(*, guest_id: int) -> list[dict[str, Any]]:
    """What is declared of things that the guest left behind, as plain values."""
    return declared_rows("operations", profiles_of(guest_id))


def erasure_blockers(*, guest_id: int) -> list[str]:
    """What the house still keeps of the guest, and has to give back first."""
    kept = LostItem.objects.filter(reservation__primary_guest__in=profiles_of(guest_id))
    rows = kept.filter(state=LostItemState.KEPT).order_by("pk")
    return [
        _("A found thing of the guest is kept until %(keep_until)s: %(storage)s.")
        % {"keep_until": row.keep_until, "storage": row.storage}
        for row in rows
    ]


@transaction.atomic
def guest_things_erase(*, guest_id: int) -> int:
    """Erase what things of the guest were, who signed for them and where they were sent. Repeatable.

    Returns:
        How many rows were emptied.

    Locks: the items.
    """
    mine = LostItem.objects.filter(reservation__primary_guest__in=profiles_of(guest_id))
    full = ~Q(description=ERASED) | ~Q(signed_name="") | ~Q(ship_to="") | ~Q(carrier_reference="")
    rows = lock_rows(mine.filter(full))
    for row in rows:
        row.description, row.signed_name, row.ship_to, row.carrier_reference = ERASED, "", "", ""
        row.save()
    return len(rows)
