"""How far members are with challenges, counted from what counts for their tiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from loyalty.choices import ChallengeStatus, MatchStatus
from loyalty.domain import challenges
from loyalty.models import Challenge, ChallengeEntry, LoyaltyMember, StatusMatch, TierCredit


def targets_of(row: Challenge) -> dict[str, Decimal]:
    """Metric to what is asked for."""
    asked = {name: getattr(row, f"min_{name}") for name in challenges.METRICS}
    return {name: Decimal(least) for name, least in asked.items() if least is not None}


def credits_of(row: Challenge) -> dict[str, Decimal]:
    """Metric to what who reaches it gets more of for his tier."""
    given = {name: Decimal(getattr(row, f"credit_{name}")) for name in challenges.CREDITS}
    return {name: amount for name, amount in given.items() if amount}


def lacks_of(entry: ChallengeEntry) -> dict[str, Decimal]:
    """Metric to what is missing; empty when all is reached. What challenges gave counts for none. One query."""
    rows = TierCredit.objects.filter(
        member=entry.member_id, day__range=(entry.first_on, entry.last_on), entry=None
    )
    by_stay = rows.order_by().values_list(
        "accrual_id", "property_id", "accrual__reservation__booking__channel_code"
    )
    stays = [
        challenges.StayCounted(place, nights, slept, spend, channel or "")
        for _, place, channel, nights, slept, spend in by_stay.annotate(
            *(Sum(name) for name in ("nights", "stays", "spend"))
        )
    ]
    return challenges.missing(targets_of(entry.challenge), challenges.counted(stays))


def entry_in_words(entry: ChallengeEntry) -> str:
    """How far a member is, or what became of it. At most one query."""
    if entry.status == ChallengeStatus.OPEN and entry.last_on is not None:
        lacks = lacks_of(entry)
        return (
            challenges.to_go(lacks, entry.last_on, entry.challenge.program.currency) if lacks else "Reached"
        )
    if entry.status == ChallengeStatus.DONE and (credited := credits_of(entry.challenge)):
        more = challenges.amounts_in_words(credited, entry.challenge.program.currency)
        return f"Reached; {more} more for the tier"
    if entry.status == ChallengeStatus.MISSED:
        return f"Over on {entry.last_on}; missing: {entry.missing}"
    return str(entry.get_status_display())


def challenge_in_words(row: Challenge) -> str:
    """One sentence for managers and members: what, within which days, who, and what for."""
    within = f"within {row.days} days of joining" if row.days else f"from {row.first_on} to {row.last_on}"
    currency, credited = row.program.currency, credits_of(row)
    asked = challenges.amounts_in_words(targets_of(row), currency)
    whose = [
        words
        for words, holds in (
            (f"members in {', '.join(row.tiers)}", row.tiers),
            (f"who enrolled since {row.enrolled_since}", row.enrolled_since),
            ("who was invited", row.is_invited),
            ("who has a matched tier", row.is_matched),
        )
        if holds
    ]
    gives = [
        words
        for words, holds in (
            (f"{row.points:,} points", row.points),
            (f"{challenges.amounts_in_words(credited, currency)} more for the tier", credited),
            (f"{row.tier} for {row.tier_days} days", row.tier),
            ("the matched tier is kept", row.keeps_match),
        )
        if holds
    ]
    only = f" Only {', '.join(whose)}." if whose else ""
    return f"{asked} {within}: {' and '.join(gives)}.{only} {row.joined} joined."


def match_now(member: LoyaltyMember, on: date) -> StatusMatch | None:
    """The match whose tier a member has on a day. One query."""
    rows = StatusMatch.objects.filter(member=member, status=MatchStatus.APPROVED, until__gte=on)
    return rows.select_related("rule__tier").first()


@dataclass(frozen=True)
class EntryShown:
    """A member's part in a challenge, in words."""

    entry: ChallengeEntry
    says: str


def entries_of(member: LoyaltyMember) -> list[EntryShown]:
    """A member's last challenges. One query, and one for each that goes on."""
    rows = ChallengeEntry.objects.filter(member=member).select_related("challenge__program")[:10]
    return [EntryShown(row, entry_in_words(row)) for row in rows]


def joinable(member: LoyaltyMember, on: date, entered: Iterable[EntryShown]) -> list[Challenge]:
    """Open challenges that a member is not in, or was invited to; joining says what hinders. One query."""
    known = [one.entry.challenge_id for one in entered if one.entry.status != ChallengeStatus.INVITED]
    invited = [one.entry.challenge_id for one in entered if one.entry.status == ChallengeStatus.INVITED]
    rows = Challenge.objects.filter(program_id=member.program_id, is_open=True).exclude(pk__in=known)
    rows = rows.filter(Q(is_invited=False) | Q(pk__in=invited)).filter(Q(last_on=None) | Q(last_on__gte=on))
    return list(
        rows.filter(Q(tiers=[]) | Q(tiers__contains=[member.tier.code])).select_related("program", "tier")
    )
