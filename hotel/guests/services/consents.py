"""Consents: decisions of guests are added to, never changed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.words import _
from hotel.guests.choices import ConsentDecision
from hotel.guests.models import Guest, GuestConsent
from hotel.guests.selectors.consents import consents_current
from hotel.guests.services.guests import guest_locked


@transaction.atomic
def consent_record(
    *,
    guest: Guest,
    channel: str,
    purpose: str,
    source: str,
    text_version: str = "",
    evidence: str = "",
    at: datetime | None = None,
    by: Any = None,
) -> GuestConsent:
    """Record that a guest agreed to be reached by a channel for a purpose; locks the guest.

    Args:
        guest: the profile.
        channel: one of ConsentChannel.
        purpose: one of ConsentPurpose.
        source: one of ConsentSource.
        text_version: which wording he saw.
        evidence: the words agreed to, or where the proof is.
        at: when he decided, an instant not in the future; now when None.
        by: the user who records it; None for the guest himself.

    Raises:
        InvalidInput: an instant in the future.
        Conflict: the profile was merged.
    """
    guest = guest_locked(guest.pk)
    if at is not None and at > now():
        text = _("A decision cannot lie in the future.")
        raise InvalidInput(text, fields={"at": [text]})
    return GuestConsent.objects.create(
        guest=guest,
        channel=channel,
        purpose=purpose,
        decision=ConsentDecision.GIVEN,
        at=at or now(),
        source=source,
        text_version=text_version,
        evidence=evidence,
        recorded_by=by,
    )


@transaction.atomic
def consent_withdraw(
    *,
    guest: Guest,
    channel: str,
    purpose: str,
    source: str,
    text_version: str = "",
    evidence: str = "",
    by: Any = None,
) -> GuestConsent:
    """Record that a guest withdrew his consent, from now on; locks the guest. As easy as giving it.

    Raises:
        Conflict: withdrawn already, or the profile was merged.
    """
    guest = guest_locked(guest.pk)
    current = consents_current(guest.pk).get((channel, purpose))
    if current is not None and current.decision == ConsentDecision.WITHDRAWN:
        raise Conflict(_("This consent is withdrawn already."), code="consent_withdrawn")
    return GuestConsent.objects.create(
        guest=guest,
        channel=channel,
        purpose=purpose,
        decision=ConsentDecision.WITHDRAWN,
        source=source,
        text_version=text_version,
        evidence=evidence,
        recorded_by=by,
    )
