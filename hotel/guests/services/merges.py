"""Two profiles become one, and two again."""

import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from hotel.contracts.guests import GuestsMerged, GuestsUnmerged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.guests.choices import ConsentDecision, ConsentSource
from hotel.guests.domain.merging import COLUMNS, GROUPS, filled, restored, restriction, stricter
from hotel.guests.models import Guest, GuestConsent, GuestMerge, ProfileAtProperty
from hotel.guests.selectors.consents import consents_current
from hotel.guests.services.guests import guest_write, guests_locked
from hotel.guests.services.lifetime import profile_recompute
from hotel.guests.services.matches import match_settle, match_split, matches_refresh
from hotel.guests.services.profiles import profile_link
from hotel.guests.services.references import (
    Repointed,
    is_referred_to_at,
    references_repoint,
    references_return,
)

UNMERGE_DAYS = 90


@transaction.atomic
def guest_merge(
    *, kept: Guest, merged: Guest, by: Any, reason: str, chosen: Collection[str] = ()
) -> GuestMerge:
    """Make two profiles one. Locks both guests in order of their ids, then the rows that refer to ``merged``.

    The kept profile takes over what it lacks and what is chosen of the other one, do-not-rent sticks, the stricter
    consent wins, documents and every registered reference move. The other profile stays as a tombstone that leads
    to the kept one.

    Args:
        kept: the profile that lives on.
        merged: the profile that becomes a tombstone.
        by: the user who decides.
        reason: why they are one person, 1–400 characters.
        chosen: what the other profile is right in, by the first column of its group in ``domain.merging.GROUPS``,
            such as ``email``; an un-merge takes that back as well.

    Returns:
        The merge with its encrypted snapshot; it can be undone for 90 days.

    Raises:
        InvalidInput: one profile only, no reason, or something chosen that is no group.
        RuleBroken: profiles of two chains.
        Conflict: one of them was merged already.
    """
    if kept.pk == merged.pk or not reason.strip():
        text = _("Name two different profiles and say why they are one person.")
        raise InvalidInput(text, fields={"merged" if kept.pk == merged.pk else "reason": [text]})
    if unknown := set(chosen) - {group[0] for group in GROUPS}:
        raise InvalidInput(
            _("These cannot be chosen: %(unknown)s.") % {"unknown": ", ".join(sorted(unknown))}
        )
    if kept.chain_id != merged.chain_id:
        raise RuleBroken(_("A profile is known within its own chain only."), code="other_chain")
    kept, merged = guests_locked(kept.pk, merged.pk)
    before, other = columns_of(kept), columns_of(merged)
    written = {**filled(before, other, chosen), **restriction(before, other)}
    merge = GuestMerge(
        chain_id=kept.chain_id,
        kept=kept,
        merged=merged,
        reason=reason.strip()[:400],
        merged_by=by,
        merged_at=now(),
        unmerge_until=now() + timedelta(days=UNMERGE_DAYS),
    )
    decisions = decisions_of(kept), decisions_of(merged)
    linked = _links_take_over(kept, merged)
    moved = references_repoint(source_id=merged.pk, target_id=kept.pk)
    merge.snapshot = _dump(
        {
            "kept": before,
            "merged": other,
            "written": written,
            "linked": linked,
            "references": [entry.as_json() for entry in moved],
        }
    )
    merge.save()
    _consents_tighten(merge, *decisions)
    guest_write(merged, {"merged_into": kept})
    guest_write(kept, written)
    match_settle(kept=kept, merged=merged, by=by)
    matches_refresh(guest=kept)
    _figures_refresh(kept, merged)
    publish(GuestsMerged(property_id=None, guest_id=kept.pk, merged_guest_id=merged.pk, merge_id=merge.pk))
    return merge


@transaction.atomic
def guest_unmerge(*, guest: Guest, by: Any) -> GuestMerge:
    """Undo the merge that made this profile a tombstone. Locks as ``guest_merge`` does.

    The profile lives again as it was. Exactly the recorded references that still point to the kept profile
    come back; what the kept profile had taken over goes, unless somebody has changed it since.

    Args:
        guest: the tombstone.
        by: the user who decides.

    Raises:
        Conflict: not merged (``not_merged``), more than 90 days ago (``unmerge_too_late``), or the kept profile
            was itself merged since (``kept_was_merged``).
    """
    merge = GuestMerge.objects.standing().filter(merged=guest).first()
    if merge is None:
        raise Conflict(_("This profile is not merged into another one."), code="not_merged")
    rows = {row.pk: row for row in lock_rows(Guest.objects.filter(pk__in=[merge.kept_id, merge.merged_id]))}
    (merge,) = lock_rows(GuestMerge.objects.filter(pk=merge.pk))
    kept, restored_guest = rows[merge.kept_id], rows[merge.merged_id]
    _refuse_unmerge(merge, kept)
    snapshot = json.loads(merge.snapshot)
    moved = [Repointed(**entry) for entry in snapshot["references"]]
    references_return(moved, source_id=kept.pk, target_id=restored_guest.pk)
    merge.unmerged_at, merge.unmerged_by = now(), by
    merge.save(update_fields=["unmerged_at", "unmerged_by", "updated_at"])
    guest_write(restored_guest, {"merged_into": None})
    before, written = _load(snapshot["kept"]), _load(snapshot["written"])
    guest_write(kept, restored(before, written, columns_of(kept)))
    _figures_refresh(kept, restored_guest)
    _links_give_back(kept, snapshot["linked"])
    match_split(kept=kept, restored=restored_guest, by=by)
    for row in (kept, restored_guest):
        matches_refresh(guest=row)
    publish(
        GuestsUnmerged(
            property_id=None, guest_id=kept.pk, restored_guest_id=restored_guest.pk, merge_id=merge.pk
        )
    )
    return merge


def columns_of(guest: Guest) -> dict[str, Any]:
    """The columns that a merge looks at and a snapshot keeps."""
    return {name: getattr(guest, name) for name in COLUMNS}


def decisions_of(guest: Guest) -> dict[tuple[str, str], str]:
    """The newest decision per channel and purpose."""
    return {pair: row.decision for pair, row in consents_current(guest.pk).items()}


def _refuse_unmerge(merge: GuestMerge, kept: Guest) -> None:
    if merge.unmerged_at is not None:
        raise Conflict(_("This merge was undone already."), code="not_merged")
    if now() > merge.unmerge_until:
        text = _("Merges can be undone for %(unmerge_days)s days; this one is older.") % {
            "unmerge_days": UNMERGE_DAYS
        }
        raise Conflict(
            text, code="unmerge_too_late", extra={"unmerge_until": merge.unmerge_until.isoformat()}
        )
    if kept.merged_into_id is not None:
        raise Conflict(
            _("The kept profile was itself merged since. Undo that merge first."),
            code="kept_was_merged",
            extra={"guest": kept.pk, "merged_into": kept.merged_into_id},
        )


def _links_take_over(kept: Guest, merged: Guest) -> list[int]:
    """Link the kept guest wherever the other one is known. Returns the ids of the new properties."""
    links = merged.profiles.select_related("property").order_by("property_id")
    return [link.property_id for link in links if profile_link(guest=kept, place=link.property)]


def _links_give_back(kept: Guest, property_ids: list[int]) -> None:
    """Unlink the kept guest from properties he was linked to by the merge only and has nothing to do with."""
    unused = [place for place in property_ids if not is_referred_to_at(kept.pk, place)]
    ProfileAtProperty.objects.filter(guest=kept, property_id__in=unused).delete()


def _consents_tighten(merge: GuestMerge, kept: Mapping[Any, str], merged: Mapping[Any, str]) -> None:
    united = decisions_of(merge.kept)
    GuestConsent.objects.bulk_create(
        GuestConsent(
            guest=merge.kept,
            channel=channel,
            purpose=purpose,
            decision=ConsentDecision.WITHDRAWN,
            at=now(),
            source=ConsentSource.MERGE,
            evidence="One of the two profiles had withdrawn it.",
            recorded_by=merge.merged_by,
            merge=merge,
        )
        for channel, purpose in stricter(kept, merged, united)
    )


def _figures_refresh(*guests: Guest) -> None:
    links = ProfileAtProperty.objects.filter(guest__in=guests).order_by("property_id")
    for property_id in links.values_list("property_id", flat=True).distinct():
        profile_recompute(ids=[guest.pk for guest in guests], property_id=property_id)


def _dump(snapshot: Mapping[str, Any]) -> str:
    # Django's encoder cuts instants to milliseconds; an un-merge compares them exactly.
    return json.dumps(snapshot, default=lambda value: value.isoformat())


def _load(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns from the snapshot as Python values."""
    attributes = {field.attname: field for field in Guest._meta.concrete_fields}
    return {name: attributes[name].to_python(value) for name, value in columns.items()}
