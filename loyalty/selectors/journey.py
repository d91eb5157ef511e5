"""Points on a guest's way through the house."""

from collections.abc import Set as AbstractSet

from django.db.models import QuerySet

from hotel.core.templatetags.pms import signed
from hotel.properties.journeys import JourneyRow, JourneyWords, journey_rows
from loyalty.choices import MemberStatus, PointKind
from loyalty.models import LoyaltyMember, PointTransaction


def points_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """Points that came and went at these hotels; those of other hotels of a programme are on the member's page."""
    rows = PointTransaction.objects.filter(property_id__in=property_ids, member__guest_id=guest_id)
    return journey_rows(
        rows,
        at="created_at",
        what="kind",
        target="member_id",
        more={"points": "points", "because": "because"},
    )


def points_told(row: JourneyRow) -> JourneyWords:
    """How many, and how it came to this."""
    return JourneyWords(
        "points", f"{PointKind(row.what).label}: {signed(row.more['points'])}", row.more["because"]
    )


def guest_tiers(guest_id: int, property_ids: AbstractSet[int]) -> list[LoyaltyMember]:
    """His memberships at these hotels with their tiers, for a mark beside his name; one query."""
    rows = LoyaltyMember.objects.standing().at_any(property_ids).filter(guest_id=guest_id)
    return list(rows.exclude(status=MemberStatus.CLOSED).select_related("program", "tier").order_by("pk"))
