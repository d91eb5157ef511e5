"""The review queue of suspected duplicates."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.guests.choices import MatchStatus
from hotel.guests.domain.matching import Likeness
from hotel.guests.models import Guest, GuestMatch
from hotel.guests.selectors.matches import matches_of


@transaction.atomic
def matches_refresh(*, guest: Guest) -> list[GuestMatch]:
    """Bring the queue up to date for one guest; repeatable.

    New suspicions are queued, open ones get their new score or leave the queue. What somebody dismissed stays
    dismissed.

    Returns:
        The open matches of the guest, most alike first.
    """
    found = {match.guest.pk: match.likeness for match in matches_of(guest)}
    pairs = [
        GuestMatch(
            chain_id=guest.chain_id,
            first_id=min(guest.pk, other),
            second_id=max(guest.pk, other),
            score=likeness.score,
            reasons=_reasons(likeness),
        )
        for other, likeness in found.items()
    ]
    _open_of(guest).exclude(Q(first__in=found) | Q(second__in=found)).delete()
    GuestMatch.objects.bulk_create(
        pairs,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "reasons", "updated_at"],
    )
    return list(_open_of(guest).select_related("first", "second").order_by("-score", "pk"))


@transaction.atomic
def match_dismiss(*, match: GuestMatch, by: Any) -> GuestMatch:
    """Say that these are two different people; locks the match. They are not suggested again.

    Raises:
        Conflict: decided already.
    """
    (match,) = lock_rows(GuestMatch.objects.filter(pk=match.pk))
    if match.status != MatchStatus.OPEN:
        raise Conflict(
            _("This was decided already: %(status)s.")
            % {"status": in_sentence(match.get_status_display, english=match.status)},
            code="match_decided",
        )
    _decide(match, MatchStatus.DISMISSED, by)
    return match


def match_settle(*, kept: Guest, merged: Guest, by: Any) -> None:
    """After a merge: the pair's match is settled, other suspicions about the merged profile are void."""
    pair = GuestMatch.objects.filter(first_id=min(kept.pk, merged.pk), second_id=max(kept.pk, merged.pk))
    for match in pair:
        _decide(match, MatchStatus.MERGED, by)
    _open_of(merged).delete()


def match_split(*, kept: Guest, restored: Guest, by: Any) -> None:
    """After an un-merge: somebody decided that the two are different people."""
    pair = GuestMatch.objects.filter(first_id=min(kept.pk, restored.pk), second_id=max(kept.pk, restored.pk))
    for match in pair:
        _decide(match, MatchStatus.DISMISSED, by)


def _open_of(guest: Guest) -> Any:
    return GuestMatch.objects.filter(Q(first=guest) | Q(second=guest), status=MatchStatus.OPEN)


def _decide(match: GuestMatch, status: str, by: Any) -> None:
    match.status, match.decided_at, match.decided_by = status, now(), by
    match.save(update_fields=["status", "decided_at", "decided_by", "updated_at"])


def _reasons(likeness: Likeness) -> list[dict[str, str]]:
    return [
        {"trait": reason.trait, "points": str(reason.points), "text": reason.text}
        for reason in likeness.reasons
    ]
