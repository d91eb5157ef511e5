"""What loyalty forgets of a guest."""

from django.db import transaction

from loyalty.choices import MemberStatus
from loyalty.models import (
    LoyaltyMember,
    PointAdjustment,
    PointPool,
    PoolMember,
    RewardRedemption,
    StatusMatch,
    StayClaim,
)
from loyalty.services.pools import pools_left

ERASED = "erased"


@transaction.atomic
def guest_memberships_erase(*, guest_id: int) -> int:
    """Close the memberships of a guest and empty what was written about him; the ledger stays, and names nobody.

    Repeatable. Returns how many rows it changed.
    """
    members = LoyaltyMember.objects.filter(guest_id=guest_id)
    for member in members.select_related("program"):
        pools_left(member=member)
    consents = PoolMember.objects.filter(member__in=members, joined_on__isnull=False).exclude(consent=ERASED)
    pools = PointPool.objects.filter(head__in=members).exclude(name=ERASED)
    pooled = consents.update(consent=ERASED) + pools.update(name=ERASED)
    closed = members.exclude(status=MemberStatus.CLOSED).update(status=MemberStatus.CLOSED)
    words = PointAdjustment.objects.filter(member__in=members).exclude(reason=ERASED)
    reasons = RewardRedemption.objects.filter(member__in=members).exclude(reason__in=("", ERASED))
    claims = StayClaim.objects.filter(member__in=members).exclude(evidence=ERASED)
    said = claims.update(evidence=ERASED, stated_number="", because="")
    matches = StatusMatch.objects.filter(member__in=members).exclude(evidence=ERASED)
    said += matches.update(evidence=ERASED, foreign_number="", because="")
    return pooled + closed + words.update(reason=ERASED) + said + reasons.update(reason=ERASED)
