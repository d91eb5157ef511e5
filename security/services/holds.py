"""Legal holds: placed and lifted."""

from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.properties.models import Property
from security.models import LegalHold


@transaction.atomic
def hold_place(
    *, place: Property, guest: Guest, kind: str, reason: str, by: Any, reference: str = ""
) -> LegalHold:
    """Forbid to erase a guest, until it is lifted.

    Raises:
        InvalidInput: no reason. RuleBroken: the guest belongs to another chain.
    """
    if not reason.strip():
        text = _("Say why his data must be kept.")
        raise InvalidInput(text, fields={"reason": [text]})
    if guest.chain_id != place.chain_id:
        raise RuleBroken(_("A profile is known within its own chain only."), code="other_chain")
    return LegalHold.objects.create(
        property=place, guest=guest, kind=kind, reason=reason.strip(), reference=reference, placed_by=by
    )


@transaction.atomic
def hold_lift(*, hold: LegalHold, by: Any) -> LegalHold:
    """End a hold; what was due meanwhile is due at once.

    Raises:
        Conflict: lifted already.
    """
    (row,) = lock_rows(LegalHold.objects.filter(pk=hold.pk))
    if row.lifted_at is not None:
        raise Conflict(_("This hold is lifted already."), code="hold_lifted")
    row.lifted_at, row.lifted_by = now(), by
    row.save(update_fields=["lifted_at", "lifted_by", "updated_at"])
    return row
