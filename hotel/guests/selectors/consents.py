"""What a guest agrees to now."""

from django.db.models import Q

from hotel.guests.choices import ConsentDecision, ConsentPurpose
from hotel.guests.models import Guest, GuestConsent
from hotel.guests.selectors.profiles import guest_resolved


def consents_current(guest_id: int) -> dict[tuple[str, str], GuestConsent]:
    """The newest decision per (channel, purpose); pairs never asked about are absent.

    Decisions that a merge took over count only while that merge stands.
    """
    rows = GuestConsent.objects.filter(guest_id=guest_id).exclude(merge__unmerged_at__isnull=False)
    newest = rows.order_by("channel", "purpose", "-at", "-pk").distinct("channel", "purpose")
    return {(row.channel, row.purpose): row for row in newest}


def consent_given(guest_id: int, channel: str, purpose: str) -> bool | str:
    """Whether the guest may be written to: True, or the reason why not.

    Transactional messages need no consent; everything else needs one given explicitly by the profile that
    lives on. Messaging asks when a message leaves, not when it is queued.
    """
    if purpose == "transactional":
        return True
    guest = Guest.objects.filter(pk=guest_id).first()
    if guest is None:
        return "The guest is not known."
    guest = guest_resolved(guest)
    if refusal := refusal_of(guest, purpose):
        return refusal
    decision = consents_current(guest.pk).get((channel, purpose))
    if decision is None:
        return f"The guest was never asked about {purpose} by {channel}."
    if decision.decision == ConsentDecision.WITHDRAWN:
        return f"The guest withdrew his consent to {purpose} by {channel}."
    return True


def refusal_of(guest: Guest, purpose: str) -> str:
    """What no consent outweighs: an erasure, a restriction of processing or an objection; empty for none.

    What a profile that was merged into this one objected to counts, too.

    Source:
        GDPR 17, 18 and 21; an objection to marketing holds until the guest himself lifts it.
    """
    if guest.erased_at is not None:
        return "The guest was erased."
    if guest.processing_restricted_at is not None:
        return "The processing of this guest is restricted."
    kind = ConsentPurpose.PROFILING if purpose == ConsentPurpose.PROFILING else ConsentPurpose.MARKETING
    his = Q(pk=guest.pk) | Q(merged_into=guest.pk) | Q(merged_into__merged_into=guest.pk)
    said_no = Guest.objects.filter(his, **{f"{kind}_objected_at__isnull": False}).exists()
    return f"The guest objected to {kind}." if said_no else ""
