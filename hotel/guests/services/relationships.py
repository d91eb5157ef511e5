"""Who works for whom, and who belongs together."""

from django.db import transaction

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.words import _
from hotel.guests.choices import RelationshipKind
from hotel.guests.models import Company, Guest, GuestRelationship
from hotel.guests.services.guests import guest_locked, guests_locked
from hotel.guests.services.profiles import guest_reindex


@transaction.atomic
def relationship_add(
    *, guest: Guest, kind: str, company: Company | None = None, other: Guest | None = None
) -> GuestRelationship:
    """Relate a guest to a company (works for) or to another guest; locks the guests.

    Raises:
        InvalidInput: the partner does not fit the kind.
        RuleBroken: the partner is of another chain.
        Conflict: known already, or a profile was merged.
    """
    partner = company if kind == RelationshipKind.WORKS_FOR else other
    if partner is None or (company and other) or partner == guest:
        text = _("Give a company to work for, and another guest for everything else.")
        raise InvalidInput(
            text, fields={"company" if kind == RelationshipKind.WORKS_FOR else "other": [text]}
        )
    if partner.chain_id != guest.chain_id:
        raise RuleBroken(_("A profile is known within its own chain only."), code="other_chain")
    guest = guests_locked(guest.pk, other.pk)[0] if other else guest_locked(guest.pk)
    row, is_new = GuestRelationship.objects.get_or_create(
        guest=guest, kind=kind, company=company, other=other
    )
    if not is_new:
        raise Conflict(
            _("This relationship is known already."), code="relationship_known", extra={"id": row.pk}
        )
    guest_reindex(guest)
    return row


@transaction.atomic
def relationship_remove(*, relationship: GuestRelationship) -> None:
    """Forget a relationship; the guest is no longer found by that company's name. Locks the guest."""
    guest = guest_locked(relationship.guest_id)
    relationship.delete()
    guest_reindex(guest)
