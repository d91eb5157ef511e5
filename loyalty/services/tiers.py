"""Tiers of members: reviewed after each credit and when they end, granted by hand."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Sum

from hotel.accounts.models import User
from hotel.contracts.loyalty import TierChanged
from hotel.core.exceptions import InvalidInput
from hotel.core.facts import publish
from hotel.core.words import _, in_english
from loyalty.choices import TierReason
from loyalty.domain import tiers
from loyalty.models import LoyaltyMember, LoyaltyTier, TierChange, TierCredit
from loyalty.selectors.terms import qualification_of, tier_rules, today_of
from loyalty.selectors.tiers import credits_of
from loyalty.services.points import member_locked


def member_review(
    *, member: LoyaltyMember, property_id: int | None = None, day: date | None = None
) -> TierChange | None:
    """Have a member's tier be what he has earned until today. Repeatable.

    Args:
        member: locked.
        property_id: where it happened; his home when None.
        day: business date that it counts on: a hotel may be a day ahead of the programme.

    Returns:
        What changed; None when the tier is the same.

    Publishes: TierChanged.
    """
    program, on = member.program, today_of(member.program)
    rows = {row.level: row for row in LoyaltyTier.objects.filter(program=program)}
    status = tiers.Status(member.tier.level, member.tier_since, member.tier_until)
    found = _granted(member, _earned(member, rows.values(), status, on, day), on)
    if found == status:
        return None
    if found.level == status.level:
        _kept(member, found)
        return None
    reason = TierReason.EARNED if found.level > status.level else TierReason.ENDED
    return _placed(member, rows[found.level], found, reason, property_id, None)


@transaction.atomic
def tier_grant(
    *, member: LoyaltyMember, tier: LoyaltyTier, until: date | None, reason: str, actor: User | None
) -> LoyaltyMember:
    """Let a member have a tier, such as by status match or invitation, at least until a day; he may earn more.

    It takes the place of what was granted before: one for life then ends on the same day.

    Args:
        until: last day in the programme's zone; None for life.
        reason: why, for the history.

    Raises:
        InvalidInput: a tier of another programme (``tier_invalid``), a day gone by (``until_invalid``), no reason
            (``reason_required``).

    Publishes: TierChanged.

    Locks: the member.
    """
    fresh = member_locked(member.pk)
    on = today_of(fresh.program)
    if tier.program_id != fresh.program_id:
        raise InvalidInput(_("Choose a tier of the member's programme."), code="tier_invalid")
    if until is not None and until < on:
        raise InvalidInput(_("Choose a day from %(on)s on.") % {"on": on}, code="until_invalid")
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    _floor(fresh, tier, until, reason, actor)
    return fresh


def tier_give(*, member: LoyaltyMember, tier: LoyaltyTier, until: date, because: str) -> bool:
    """Let a member have a tier until a day as a reward, unless he was granted a higher one, or one for longer.

    Args:
        member: locked.

    Returns:
        Whether he got it.

    Publishes: TierChanged.
    """
    on, floor, last = today_of(member.program), member.floor, member.floor_until
    is_held = floor is not None and (last is None or last >= on)
    if is_held and floor is not None and (floor.level > tier.level or last is None or last >= until):
        return False
    _floor(member, tier, until, because, None)
    member_review(member=member)
    return True


def _floor(
    member: LoyaltyMember, tier: LoyaltyTier, until: date | None, because: str, actor: User | None
) -> None:
    if member.tier_until is None and member.tier == member.floor:  # for life until now
        member.tier_until = until
    member.floor, member.floor_until = tier, until
    member.version += 1
    member.save(update_fields=["floor", "floor_until", "tier_until", "version", "updated_at"])
    if tier.level > member.tier.level:
        status = tiers.Status(tier.level, today_of(member.program), until)
        _placed(member, tier, status, TierReason.GRANTED, None, actor, because=because)


def tier_place(
    *,
    member: LoyaltyMember,
    tier: LoyaltyTier,
    status: tiers.Status,
    because: str,
    reason: TierReason = TierReason.MERGED,
) -> None:
    """Let a member have a tier that he brings along, from another membership or another system, or has again.

    Args:
        member: locked.
        status: of that tier.
        because: in words, for the history.

    Publishes: TierChanged, when it is another tier.
    """
    if tier == member.tier:
        _kept(member, status)
    else:
        _placed(member, tier, status, reason, None, None, because)


@transaction.atomic
def tiers_review(*, member_ids: Iterable[int]) -> int:
    """Review members one after the other. Repeatable. Returns how many tiers changed."""
    return sum(member_review(member=member_locked(pk)) is not None for pk in sorted(member_ids))


def _earned(
    member: LoyaltyMember, rows: Collection[LoyaltyTier], status: tiers.Status, on: date, day: date | None
) -> tiers.Status:
    """Today's status after that of the last window's end, in which what was told late still counts.

    A day ahead of today's lets him rise, or stay for longer; he falls by the programme's own midnight alone.
    """
    rules, asked = tier_rules(rows), qualification_of(member.program)
    _, before = tiers.window_before(asked, on, member.enrolled_on)
    counted = credits_of(member, asked, before)
    life = _for_life(member, rows)

    def review(known: tiers.Status, then: date, least: int) -> tiers.Status:
        return tiers.reviewed(
            known, rules, asked, counted, on=then, enrolled_on=member.enrolled_on, least=least
        )

    status = review(review(status, before, 0), on, life)
    if day is None or day <= on:
        return status
    ahead = review(status, day, life)
    return ahead if ahead.level >= status.level else status


def _for_life(member: LoyaltyMember, rows: Iterable[LoyaltyTier]) -> int:
    """The level that was granted without an end, or that his nights of a lifetime keep."""
    least = member.floor.level if member.floor is not None and member.floor_until is None else 0
    asked = [row for row in rows if row.lifetime_nights]
    if asked:
        nights = TierCredit.objects.filter(member=member).aggregate(Sum("nights"))["nights__sum"] or 0
        least = max([least, *(row.level for row in asked if nights >= (row.lifetime_nights or 0))])
    return least


def _granted(member: LoyaltyMember, found: tiers.Status, on: date) -> tiers.Status:
    """What was found, or what was granted until a day while that is higher or lasts longer."""
    floor, until = member.floor, member.floor_until
    if floor is None or until is None or until < on or floor.level < found.level:
        return found
    if floor.level > found.level:
        return tiers.Status(floor.level, member.tier_since if floor == member.tier else on, until)
    return replace(found, until=max(found.until, until)) if found.until else found


def _placed(
    member: LoyaltyMember,
    tier: LoyaltyTier,
    status: tiers.Status,
    reason: TierReason,
    property_id: int | None,
    actor: User | None,
    because: str = "",
) -> TierChange:
    before = member.tier
    change = TierChange.objects.create(
        member=member,
        before=before,
        after=tier,
        on=status.since,
        until=status.until,
        reason=reason,
        because=(because or f"{before.name} → {tier.name}: {in_english(reason.label)}")[:200],
        actor=actor,
    )
    member.tier = tier
    _kept(member, status)
    publish(
        TierChanged(
            property_id=property_id or member.home_id,
            member_id=member.pk,
            guest_id=member.guest_id,
            program_id=member.program_id,
            before=before.code,
            after=tier.code,
            on=status.since,
            until=status.until,
        )
    )
    return change


def _kept(member: LoyaltyMember, status: tiers.Status) -> None:
    member.tier_since, member.tier_until = status.since, status.until
    member.version += 1
    member.save(update_fields=["tier", "tier_since", "tier_until", "version", "updated_at"])
