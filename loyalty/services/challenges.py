"""Challenges: made, joined, and settled by what the member's stays count now; the reward comes once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hotel.contracts.loyalty import ChallengeMoved
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from loyalty.choices import ChallengeStatus, PointKind
from loyalty.domain import challenges
from loyalty.domain.matches import MOST_DAYS, last_day
from loyalty.domain.tiers import lasts_until
from loyalty.models import (
    Challenge,
    ChallengeEntry,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    StatusMatch,
    TierCredit,
)
from loyalty.models.challenges import TARGETS
from loyalty.selectors.challenges import credits_of, lacks_of, match_now
from loyalty.selectors.terms import qualification_of, today_of
from loyalty.services.bonuses import bonus_settle
from loyalty.services.points import PointEvent, member_locked, require_active
from loyalty.services.tiers import member_review, tier_give

SOURCE = "challenge"
GIFTS = ("points", *(f"credit_{name}" for name in challenges.CREDITS))


@transaction.atomic
def challenge_create(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> Challenge:
    """Make a challenge; what it promises stays.

    Raises:
        InvalidInput: neither days of the member's own nor days that all have, or both (``challenge_days_invalid``),
            nothing is asked for (``challenge_asks_nothing``) or given (``challenge_gives_nothing``), a tier of another
            programme or without days (``tier_invalid``), or a match is kept that nobody needs (``match_needed``).
        Conflict: its code is taken (``challenge_code_taken``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    if not _are_days(*(values.get(name) for name in ("days", "first_on", "last_on"))):
        text = _("Give the days from joining, or a first and a last day.")
        raise InvalidInput(text, code="challenge_days_invalid")
    if not any(values.get(name) for name in TARGETS):
        raise InvalidInput(_("Say what is asked for."), code="challenge_asks_nothing")
    tier, keeps = values.get("tier"), values.get("keeps_match", False)
    if not (tier or keeps or any(values.get(name) for name in GIFTS)):
        raise InvalidInput(_("Say what is given."), code="challenge_gives_nothing")
    if (tier is None) is not (values.get("tier_days") is None) or (
        tier and (keeps or tier.program_id != program.pk)
    ):
        raise InvalidInput(_("Choose a tier of the programme, and its days."), code="tier_invalid")
    if keeps and not values.get("is_matched"):
        raise InvalidInput(_("Only who has a matched tier can keep it."), code="match_needed")
    if Challenge.objects.filter(program=program, code=values["code"]).exists():
        raise Conflict(
            _("There is a challenge %(code)s.") % {"code": values["code"]}, code="challenge_code_taken"
        )
    return Challenge.objects.create(program=program, **values)


@transaction.atomic
def challenge_end(*, challenge: Challenge) -> Challenge:
    """Let nobody join any more; who takes part goes on.

    Raises:
        Conflict: it has ended (``challenge_over``).
    """
    (fresh,) = lock_rows(Challenge.objects.filter(pk=challenge.pk))
    if not fresh.is_open:
        raise Conflict(_("Nobody can join this challenge any more."), code="challenge_over")
    fresh.is_open = False
    fresh.save(update_fields=["is_open", "updated_at"])
    return fresh


@transaction.atomic
def challenge_invite(*, challenge: Challenge, member: LoyaltyMember, place: Property) -> ChallengeEntry:
    """Invite a member; repeatable: who was invited or takes part stays as he is.

    Raises:
        As ``challenge_join``, but for places.

    Locks: the member.
    """
    fresh = member_locked(member.pk)
    _require_open(challenge, fresh, today_of(fresh.program))
    entry, _ = ChallengeEntry.objects.get_or_create(
        challenge=challenge, member=fresh, defaults={"property": place}
    )
    return entry


@transaction.atomic
def challenge_join(*, challenge: Challenge, member: LoyaltyMember, place: Property) -> ChallengeEntry:
    """Let a member take part from today on; repeatable: who takes part stays as he is.

    Raises:
        InvalidInput: a member of another programme (``member_invalid``).
        Conflict: not an active membership (``member_not_active``), nobody can join any more (``challenge_over``), it is
            for others (``challenge_not_for_him``), or all places or points are taken (``challenge_full``).

    Publishes: ChallengeMoved.

    Locks: the member, then the challenge, so that no two take the last place.
    """
    fresh = member_locked(member.pk)
    today = today_of(fresh.program)
    entry = ChallengeEntry.objects.filter(challenge=challenge, member=fresh).first()
    if entry is not None and entry.status != ChallengeStatus.INVITED:
        return entry
    (row,) = lock_rows(Challenge.objects.filter(pk=challenge.pk))
    _require_open(row, fresh, today)
    match = match_now(fresh, today) if row.is_matched else None
    if hindrance := _hindrance(row, fresh, entry, match):
        raise Conflict(hindrance, code="challenge_not_for_him")
    _take_place(row)
    entry = entry or ChallengeEntry(challenge=row, member=fresh)
    entry.property, entry.match, entry.status = place, match, ChallengeStatus.OPEN
    entry.challenge, entry.member = row, fresh
    entry.first_on, entry.last_on = challenges.window(today, row.days, row.first_on, row.last_on)
    entry.save()
    _told(entry)
    _settle(entry, today)
    return entry


def challenges_settle(member: LoyaltyMember, *, day: date | None = None) -> None:
    """Have a member's challenges, and what he got for them, be what his stays count now. Repeatable.

    Args:
        member: locked.
        day: of the departure that changed, when it is a single one: no challenge of other days can change by it,
            however long they are over, or however late it is told.
    """
    rows = ChallengeEntry.objects.filter(member=member).exclude(status=ChallengeStatus.INVITED)
    if day is not None:
        rows = rows.filter(first_on__lte=day, last_on__gte=day)
    _settle_each(rows, member)


@transaction.atomic
def challenge_close(*, entry_id: int) -> bool:
    """End a challenge whose last day has gone, and say what was missing. Repeatable. Returns whether it was missed.

    Locks: the member.
    """
    member = member_locked(ChallengeEntry.objects.values_list("member_id", flat=True).get(pk=entry_id))
    _settle_each(ChallengeEntry.objects.filter(pk=entry_id, member=member), member)
    return ChallengeEntry.objects.filter(pk=entry_id, status=ChallengeStatus.MISSED).exists()


def _are_days(days: int | None, first: date | None, last: date | None) -> bool:
    if days is not None:
        return first is None and last is None and 1 <= days <= MOST_DAYS
    return first is not None and last is not None and first <= last


def _require_open(challenge: Challenge, member: LoyaltyMember, today: date) -> None:
    if member.program_id != challenge.program_id:
        raise InvalidInput(_("Choose a member of the challenge's programme."), code="member_invalid")
    require_active(member)
    if not challenge.is_open or (challenge.last_on is not None and challenge.last_on < today):
        raise Conflict(_("Nobody can join this challenge any more."), code="challenge_over")


def _hindrance(
    row: Challenge, member: LoyaltyMember, entry: ChallengeEntry | None, match: StatusMatch | None
) -> str:
    if row.tiers and member.tier.code not in row.tiers:
        return _("This challenge is for members in %(tiers)s.") % {"tiers": ", ".join(row.tiers)}
    if row.enrolled_since is not None and member.enrolled_on < row.enrolled_since:
        return _("This challenge is for who enrolled since %(day)s.") % {"day": row.enrolled_since}
    if row.is_invited and entry is None:
        return _("This challenge is for who was invited.")
    if row.is_matched and match is None:
        return _("This challenge is for who has a matched tier.")
    return ""


def _take_place(row: Challenge) -> None:
    """Count one more; the points of each who joins are set aside, so that a reward never fails for the budget."""
    joined = row.joined + 1
    if (row.max_members is not None and joined > row.max_members) or (
        row.budget is not None and joined * row.points > row.budget
    ):
        raise Conflict(_("All places of this challenge are taken."), code="challenge_full")
    row.joined = joined
    row.save(update_fields=["joined", "updated_at"])


def _settle_each(rows: QuerySet[ChallengeEntry], member: LoyaltyMember) -> None:
    for entry in rows.select_related("challenge__tier", "match__rule__tier", "property").order_by("pk"):
        entry.member = member
        _settle(entry, today_of(member.program))


def _settle(entry: ChallengeEntry, today: date) -> None:
    """Points and credits follow what is reached; a tier that was given stays to its end, as an earned one does (§4)."""
    challenge, member = entry.challenge, entry.member
    lacks, last = lacks_of(entry), entry.last_on or today
    found = challenges.state(lacks, last, today)
    event = PointEvent(
        member=member,
        property_id=entry.property_id,
        day=entry.property.business_date,
        kind=PointKind.BONUS,
        because=f"Challenge reached: {challenge.name}",
        source=SOURCE,
        source_key=str(entry.pk),
    )
    gone = f"Challenge not reached after a correction: {challenge.name}"
    bonus_settle(event, challenge.points if found == "done" else 0, gone=gone)
    _credits_settle(entry, is_reached=found == "done")
    if found == "done" and entry.granted_until is None:
        entry.granted_until = _tier_given(entry, today)
    entry.missing = (
        challenges.amounts_in_words(lacks, member.program.currency)[:200] if found == "missed" else ""
    )
    is_new, entry.status = found != entry.status, ChallengeStatus(found)
    entry.save(update_fields=["status", "missing", "granted_until", "updated_at"])
    if is_new:
        _told(entry)


def _credits_settle(entry: ChallengeEntry, *, is_reached: bool) -> None:
    """What he got more for his tier goes on the very day that it came on, so that no window keeps it."""
    promised = credits_of(entry.challenge)
    if not promised:
        return
    last = TierCredit.objects.filter(entry=entry).order_by("pk").last()
    has_it = last is not None and any(getattr(last, name) > 0 for name in promised)
    if has_it == is_reached:
        return
    day = last.day if last is not None and has_it else entry.property.business_date
    TierCredit.objects.create(
        member=entry.member,
        property=entry.property,
        entry=entry,
        day=day,
        **{name: amount if is_reached else -amount for name, amount in promised.items()},
    )
    member_review(member=entry.member, property_id=entry.property_id, day=day)


def _tier_given(entry: ChallengeEntry, today: date) -> date | None:
    challenge, member = entry.challenge, entry.member
    tier: LoyaltyTier | None = challenge.tier
    until = last_day(today, challenge.tier_days or 1)
    if challenge.keeps_match and entry.match is not None:
        tier = entry.match.rule.tier
        until = lasts_until(qualification_of(member.program), today, member.enrolled_on)
    if tier is None:
        return None
    said = f"Challenge reached: {challenge.name}"
    return until if tier_give(member=member, tier=tier, until=until, because=said) else None


def _told(entry: ChallengeEntry) -> None:
    publish(
        ChallengeMoved(
            property_id=entry.property_id,
            member_id=entry.member_id,
            guest_id=entry.member.guest_id,
            program_id=entry.challenge.program_id,
            challenge_id=entry.challenge_id,
            status=entry.status,
            last_on=entry.last_on,
            missing=entry.missing,
        )
    )
