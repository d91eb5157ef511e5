"""What stays know of one guest: given out and erased on request."""

from typing import Any

from django.db import transaction

from hotel.core.personal import declared_rows
from hotel.guests.services.privacy import profiles_of
from hotel.stays.models import FixedCharge

ERASED = "erased"


def guest_charges_export(*, guest_id: int) -> list[dict[str, Any]]:
    """What this app declares of a guest's recurring charges, as plain values."""
    return declared_rows("stays", profiles_of(guest_id))


@transaction.atomic
def guest_charges_erase(*, guest_id: int) -> int:
    """Erase the words of recurring charges; what was posted of them is a fiscal record. Repeatable.

    Returns:
        How many rows were emptied.
    """
    rows = FixedCharge.objects.filter(reservation__primary_guest__in=profiles_of(guest_id))
    return rows.exclude(description__in=("", ERASED)).update(description=ERASED)
