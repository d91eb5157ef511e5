"""Two memberships become one when their guests do, and two again. The ledger is never changed: points move on.

Source: docs/algorithms/points.md §9.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from hotel.core.locks import lock_rows
from hotel.guests.models import Guest, GuestMerge
from hotel.guests.selectors.profiles import guest_resolved
from loyalty.choices import MemberStatus
from loyalty.domain.tiers import METRICS, Status
from loyalty.models import (
    CampaignRegistration,
    ChallengeEntry,
    LoyaltyMember,
    LoyaltyTier,
    MemberMerge,
    PointLot,
    PointMovement,
    StayAccrual,
    TierCredit,
)
from loyalty.selectors.terms import today_of
from loyalty.services.challenges import challenges_settle
from loyalty.services.heirs import SOURCE, merge_event, points_come
from loyalty.services.points import LotGiven, lots_book, members_locked, points_claw_back, points_move
from loyalty.services.pools import pools_left
from loyalty.services.tiers import member_review, tier_place

# What goes back together: all of a group, or (when one of it has changed since) nothing.
GROUPS = (
    ("tier_id", "tier_since", "tier_until"), ("floor_id", "floor_until"), ("enrolled_on",), ("status",),
)  # fmt: skip
COLUMNS = tuple(name for group in GROUPS for name in group)


@transaction.atomic
def memberships_follow(*, guest_merge_id: int) -> int:
    """Have memberships be one, or two, as the guests of a merge are now. Repeatable, in any order.

    Returns:
        How many memberships were made one or two.

    Publishes: TierChanged, PoolLeft.

    Locks: both members, in order of their ids.
    """
    merge = GuestMerge.objects.select_related("kept", "merged").get(pk=guest_merge_id)
    if merge.unmerged_at is None:
        return sum(_merge(merge, *pair) for pair in _pairs(merge))
    standing = MemberMerge.objects.standing().filter(guest_merge=merge)
    done = sum(_unmerge(row) for row in standing.order_by("pk"))
    both = [merge.kept_id, merge.merged_id]
    others = GuestMerge.objects.standing().filter(
        Q(kept__in=both) | Q(merged__in=both)
    )  # told before this one
    return done + sum(_merge(other, *pair) for other in others.order_by("pk") for pair in _pairs(other))


def _pairs(merge: GuestMerge) -> list[tuple[int, int]]:
    """The open memberships of the merged guest, each with that of the guest who lives on."""
    kept = {row.program_id: row.pk for row in _open(guest_resolved(merge.kept))}
    return [(kept[row.program_id], row.pk) for row in _open(merge.merged) if row.program_id in kept]


def _open(guest: Guest) -> Iterable[LoyaltyMember]:
    rows = LoyaltyMember.objects.standing().exclude(status=MemberStatus.CLOSED)
    return rows.filter(guest=guest).order_by("pk")


def _locked(kept_id: int, merged_id: int) -> tuple[LoyaltyMember, LoyaltyMember]:
    found = members_locked(kept_id, merged_id)
    return found[kept_id], found[merged_id]


def _merge(guest_merge: GuestMerge, kept_id: int, merged_id: int) -> int:
    kept, merged = _locked(kept_id, merged_id)
    if merged.merged_into_id or MemberStatus.CLOSED in (kept.status, merged.status):
        return 0  # somebody else was faster
    merge = MemberMerge.objects.create(
        guest_merge=guest_merge, kept=kept, merged=merged, on=today_of(kept.program)
    )
    before = _columns(kept)
    pools_left(member=merged)
    points_come(merge, kept, merged)
    _debt_comes(merge, kept, merged)
    accruals = list(StayAccrual.objects.filter(member=merged).order_by("pk").values_list("pk", flat=True))
    StayAccrual.objects.filter(pk__in=accruals).update(member=kept)
    came = _credits_move(TierCredit.objects.filter(member=merged), merged, kept)
    _registrations_come(kept, merged)
    _challenges_come(kept, merged)
    _better(merge, kept, merged)
    member_review(member=kept)
    merge.snapshot = {
        "before": before,
        "after": _columns(kept),
        "merged_status": merged.status,
        "accruals": accruals,
        "credits": [row.pk for row in came if row.accrual_id is None],
    }
    merge.save(update_fields=["snapshot", "updated_at"])
    merged.merged_into, merged.status = kept, MemberStatus.CLOSED
    _written(merged)
    return 1


def _unmerge(row: MemberMerge) -> int:
    kept, merged = _locked(row.kept_id, row.merged_id)
    (merge,) = lock_rows(MemberMerge.objects.filter(pk=row.pk))
    if merge.undone_on is not None or merged.merged_into_id != kept.pk:
        return 0  # somebody else was faster
    said = merge.snapshot
    _debt_returns(merge, kept, merged)
    _points_return(merge, kept, merged, said["accruals"])
    returning = Q(accrual__in=said["accruals"]) | Q(pk__in=said["credits"])
    going = TierCredit.objects.filter(returning, member=kept).exclude(
        entry__member=kept
    )  # whose challenge stays
    _credits_move(going, kept, merged)
    StayAccrual.objects.filter(pk__in=said["accruals"], member=kept).update(member=merged)
    merged.merged_into, merged.status = None, said["merged_status"]
    _written(merged)
    _as_before(merge, kept)
    merge.undone_on = today_of(kept.program)
    merge.save(update_fields=["undone_on", "updated_at"])
    for member in (kept, merged):
        member_review(member=member)
    return 1


def _debt_comes(merge: MemberMerge, kept: LoyaltyMember, merged: LoyaltyMember) -> None:
    """What the merged one owes is taken from the kept one's lots, and owed as far as they have too little."""
    if owed := merged.debt:
        points_move(merge_event(merge, merged, f"Merged into {kept.number}", "debt"), [(None, owed)])
        merged.debt = 0
        points_claw_back(merge_event(merge, kept, f"Merged from {merged.number}", "debt"), owed)


def _debt_returns(merge: MemberMerge, kept: LoyaltyMember, merged: LoyaltyMember) -> None:
    """What lots paid of it goes back into the very lots; of what was owed, what is owed still."""
    moves = PointMovement.objects.filter(
        transaction__member=kept, transaction__source=SOURCE, transaction__source_key=f"{merge.pk}:debt"
    )
    gives = [(lot_id, -points) for lot_id, points in moves.order_by("pk").values_list("lot_id", "points")]
    backs = [(lot_id, points if lot_id else min(points, kept.debt)) for lot_id, points in gives]
    backs = [(lot_id, points) for lot_id, points in backs if points]
    if total := sum(points for _, points in backs):
        points_move(merge_event(merge, kept, f"{merged.number} apart again", "debt back"), backs)
        kept.debt -= sum(points for lot_id, points in backs if lot_id is None)
        points_move(merge_event(merge, merged, f"Apart from {kept.number}", "debt back"), [(None, -total)])
        merged.debt += total


def _points_return(
    merge: MemberMerge, kept: LoyaltyMember, merged: LoyaltyMember, accruals: list[int]
) -> None:
    """What is left of the lots that came, and of what their stays have earned since, goes back.

    What had paid a debt of the kept one comes back, too: from his lots, or he owes it again.
    """
    key = f"{merge.pk}:points:"
    gone = PointMovement.objects.filter(
        transaction__member=merged, transaction__source=SOURCE, transaction__source_key__startswith=key
    )
    by_lot = gone.order_by("lot_id").values_list("lot_id").annotate(Sum("points"))
    backs = {lot_id: -points for lot_id, points in by_lot}
    paid = sum(backs.values())
    came = PointLot.objects.filter(
        member=kept, transaction__source=SOURCE, transaction__source_key__startswith=key
    ).order_by("expires_on", "pk")
    for lot in came:
        paid -= lot.points
        backs[lot.origin_id] -= lot.points - lot.left
    since = PointLot.objects.with_points().filter(
        member=kept, transaction__accrual__in=accruals, transaction__source="stay"
    )
    earned = list(since.order_by("pk"))
    leaving = [(lot.pk, -lot.left) for lot in (*came, *earned) if lot.left]
    if leaving:
        points_move(merge_event(merge, kept, f"{merged.number} apart again", "points back"), leaving)
    if paid:
        points_claw_back(merge_event(merge, kept, f"{merged.number} apart again", "paid back"), paid)
    for lot in came:  # activity may have moved them on
        PointLot.objects.filter(pk=lot.origin_id).exclude(expires_on=lot.expires_on).update(
            expires_on=lot.expires_on
        )
    refilled = [(lot_id, points) for lot_id, points in backs.items() if points]
    if refilled:
        points_move(merge_event(merge, merged, f"Apart from {kept.number}", "points back"), refilled)
    if earned:
        event = merge_event(merge, merged, f"Apart from {kept.number}", "earned since")
        lots_book(event, [LotGiven.like(lot, lot.left, origin=lot) for lot in earned])


def _credits_move(rows: Any, giver: LoyaltyMember, taker: LoyaltyMember) -> list[TierCredit]:
    """Take off from one member what counted, and count it for the other, stay by stay and reward by reward."""
    names = ("accrual_id", "entry_id", "property_id", "day")
    by_stay = rows.order_by(*names).values(*names)
    made: list[TierCredit] = []
    for sums in by_stay.annotate(**{f"sum_{name}": Sum(name) for name in METRICS}):
        amounts = {name: sums.pop(f"sum_{name}") for name in METRICS}
        if any(amounts.values()):
            TierCredit.objects.create(
                member=giver, **sums, **{name: -amount for name, amount in amounts.items()}
            )
            made.append(TierCredit.objects.create(member=taker, **sums, **amounts))
    return made


def _registrations_come(kept: LoyaltyMember, merged: LoyaltyMember) -> None:
    """Who had registered for a campaign takes part with all stays; of two registrations the earlier counts."""
    for row in CampaignRegistration.objects.filter(member=merged):
        own, is_new = CampaignRegistration.objects.get_or_create(
            campaign_id=row.campaign_id, member=kept, defaults={"on": row.on}
        )
        if not is_new and row.on < own.on:
            own.on = row.on
            own.save(update_fields=["on", "updated_at"])


def _challenges_come(kept: LoyaltyMember, merged: LoyaltyMember) -> None:
    """Who took part in a challenge goes on with all stays, unless the kept one takes part himself."""
    own = ChallengeEntry.objects.filter(member=kept)
    ChallengeEntry.objects.filter(member=merged).exclude(challenge__in=own.values("challenge")).update(
        member=kept
    )
    challenges_settle(kept)


def _better(merge: MemberMerge, kept: LoyaltyMember, merged: LoyaltyMember) -> None:
    """The kept one has the better tier and floor, the earlier day of enrolment, and rests when one of them does."""
    if _rank(merged.floor, merged.floor_until) > _rank(kept.floor, kept.floor_until):
        kept.floor, kept.floor_until = merged.floor, merged.floor_until
    kept.enrolled_on = min(kept.enrolled_on, merged.enrolled_on)
    kept.active_on = max(filter(None, (kept.active_on, merged.active_on)), default=None)
    if merged.status == MemberStatus.SUSPENDED:
        kept.status = MemberStatus.SUSPENDED
    _written(kept)
    if _rank(merged.tier, merged.tier_until) > _rank(kept.tier, kept.tier_until):
        status = Status(merged.tier.level, merged.tier_since, merged.tier_until)
        tier_place(member=kept, tier=merged.tier, status=status, because=f"Merged from {merged.number}")


def _rank(tier: LoyaltyTier | None, until: Any) -> tuple[int, bool, str]:
    return (tier.level if tier else -1, until is None, until.isoformat() if until else "")


def _as_before(merge: MemberMerge, kept: LoyaltyMember) -> None:
    """What the merge had written goes, unless it has changed since; a tier that was earned since lasts to its end."""
    before, after, now = merge.snapshot["before"], merge.snapshot["after"], _columns(kept)
    back = {
        name: before[name]
        for group in GROUPS
        if all(now[name] == after[name] for name in group)
        for name in group
    }
    fields = {field.attname: field for field in LoyaltyMember._meta.concrete_fields}
    read = {name: fields[name].to_python(value) for name, value in back.items() if not name.endswith("_id")}
    if "floor_id" in back:
        kept.floor_id, kept.floor_until = back["floor_id"], read["floor_until"]
    kept.enrolled_on = read.get("enrolled_on", kept.enrolled_on)
    kept.status = read.get("status", kept.status)
    _written(kept)
    if "tier_id" in back:
        tier = LoyaltyTier.objects.get(pk=back["tier_id"])
        status = Status(tier.level, read["tier_since"], read["tier_until"])
        tier_place(member=kept, tier=tier, status=status, because=f"{merge.merged.number} apart again")


def _columns(member: LoyaltyMember) -> dict[str, Any]:
    values = {name: getattr(member, name) for name in COLUMNS}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


def _written(member: LoyaltyMember) -> None:
    member.version += 1
    names = ("merged_into", "status", "floor", "floor_until", "enrolled_on", "active_on", "version")
    member.save(update_fields=[*names, "updated_at"])
