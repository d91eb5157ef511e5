"""Who goes on for a merged member: his points came with the merge, and what comes to him later follows them.

Source: docs/algorithms/points.md §9.
"""

from itertools import pairwise

from hotel.core.locks import LockRefused
from hotel.core.words import _
from loyalty.choices import PointKind
from loyalty.models import LoyaltyMember, MemberMerge, PointLot, PointTransaction
from loyalty.services.points import LotGiven, PointEvent, members_locked, points_move, points_receive

SOURCE = "merge"


def line_locked(member_id: int) -> list[LoyaltyMember]:
    """A member and who goes on for him, to the last; nearly always himself alone. All are locked, ascending.

    Raises:
        LockRefused: somebody else works on one of them, or has just merged one.
    """
    return lines_locked(member_id)[0]


def lines_locked(*member_ids: int) -> list[list[LoyaltyMember]]:
    """The line of each of some members, in their order, as of ``line_locked``; all are locked at once.

    Raises:
        LockRefused: as there.
    """
    lines = []
    for member_id in member_ids:
        ids = [member_id]
        while heir_id := LoyaltyMember.objects.values_list("merged_into_id", flat=True).get(pk=ids[-1]):
            ids.append(heir_id)
        lines.append(ids)
    found = members_locked(*{pk for ids in lines for pk in ids})
    for ids in lines:
        if [found[pk].merged_into_id for pk in ids] != [*ids[1:], None]:
            raise LockRefused(_("This membership was merged just now. Please try again."))
    return [[found[pk] for pk in ids] for ids in lines]


def points_go_on(line: list[LoyaltyMember]) -> None:
    """What the closed memberships of a line have got goes on as with their merge, and comes back with it.

    Args:
        line: as of ``line_locked``.
    """
    for merged, kept in pairwise(line):
        points_come(MemberMerge.objects.standing().get(merged=merged), kept, merged)


def points_come(merge: MemberMerge, kept: LoyaltyMember, merged: LoyaltyMember) -> None:
    """Each lot goes on with the kept member, with its days; what he owes is paid first, as by any new points."""
    found = list(PointLot.objects.with_points().filter(member=merged))
    if not found:
        return
    earlier = PointTransaction.objects.filter(
        member=merged, source=SOURCE, source_key__startswith=f"{merge.pk}:points:"
    )
    key = f"points:{earlier.count() + 1}"
    leave = merge_event(merge, merged, f"Merged into {kept.number}", key)
    points_move(leave, [(lot.pk, -lot.left) for lot in found])
    come = merge_event(merge, kept, f"Merged from {merged.number}", key)
    points_receive(come, [LotGiven.like(lot, lot.left, origin=lot) for lot in found])


def merge_event(merge: MemberMerge, member: LoyaltyMember, because: str, key: str) -> PointEvent:
    """Why points move between two who are one, or two again; once for the key."""
    return PointEvent(
        member=member,
        property_id=member.home_id,
        day=member.home.business_date,
        kind=PointKind.MERGE,
        because=because,
        source=SOURCE,
        source_key=f"{merge.pk}:{key}",
    )
