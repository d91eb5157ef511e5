"""Do not rent: a guest the house does not take any more, with the reason and who said so."""

from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.guests.services.guests import guest_locked, guest_write


@transaction.atomic
def guest_restrict(*, guest: Guest, reason: str, by: Any) -> Guest:
    """Mark a guest as not to be taken; locks the guest. Running stays are not touched.

    Args:
        guest: the profile.
        reason: for colleagues, 1–400 characters.
        by: the user who decides.

    Raises:
        InvalidInput: no reason.
        Conflict: restricted already, or merged.
    """
    if not reason.strip():
        text = _("Say why this guest is not to be taken.")
        raise InvalidInput(text, fields={"reason": [text]})
    guest = guest_locked(guest.pk)
    if guest.is_do_not_rent:
        raise Conflict(_("The guest is restricted already. Lift that first."), code="restricted_already")
    guest_write(
        guest,
        {
            "is_do_not_rent": True,
            "do_not_rent_reason": reason.strip()[:400],
            "do_not_rent_at": now(),
            "do_not_rent_by": by,
        },
    )
    return guest


@transaction.atomic
def guest_unrestrict(*, guest: Guest, by: Any) -> Guest:
    """Welcome a guest again; locks the guest. The audit trail keeps reason, time and person of the past.

    Raises:
        Conflict: not restricted, or merged.
    """
    guest = guest_locked(guest.pk)
    if not guest.is_do_not_rent:
        raise Conflict(_("The guest is not restricted."), code="not_restricted")
    guest_write(guest, RESTRICTION_LIFTED)
    return guest


RESTRICTION_LIFTED = {
    "is_do_not_rent": False,
    "do_not_rent_reason": "",
    "do_not_rent_at": None,
    "do_not_rent_by": None,
}
