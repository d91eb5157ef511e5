"""What forbids to erase a guest, and what an erasure would do and leave."""

from dataclasses import dataclass

from django.utils.module_loading import import_string

from hotel.core.personal import ids_about, personal_data
from hotel.core.plugs import plugs
from hotel.core.words import _, in_sentence
from hotel.guests.services.privacy import profiles_of
from security.models import LegalHold


@dataclass(frozen=True)
class PlanLine:
    """Rows of one model about a guest: how many, which columns, and why they are kept, empty when erased."""

    model: str
    fields: tuple[str, ...]
    rows: int
    kept: str


def erasure_obstacles(guest_id: int) -> list[str]:
    """Why a guest cannot be erased now, in sentences: holds that stand, stays to come, open folios."""
    ids = profiles_of(guest_id)
    holds = LegalHold.objects.filter(guest__in=ids, lifted_at=None).order_by("pk")
    reasons = [
        _("A legal hold stands (%(kind)s, no. %(hold)s).")
        % {"kind": in_sentence(hold.get_kind_display), "hold": hold.pk}
        for hold in holds
    ]
    for plug in plugs():
        for provider in plug.privacy:
            if provider.blockers:
                reasons += import_string(provider.blockers)(guest_id=guest_id)
    return reasons


def erasure_plan(guest_id: int) -> list[PlanLine]:
    """What is there of a guest, declaration by declaration, in order of the floors; lines without rows are left out."""
    ids = profiles_of(guest_id)
    lines = [
        PlanLine(declared.model, declared.fields, len(ids_about(declared, ids)), declared.kept)
        for declared in personal_data(whose="guest")
    ]
    return [line for line in lines if line.rows]
