"""Rows that reports are made of."""

from datetime import date

from django.db.models import Count, Q, Sum

from hotel.properties.models import Property
from loyalty.choices import MemberStatus, PointKind
from loyalty.models import LoyaltyMember, PointTransaction

PointsRow = tuple[date, str, int, int]
MembersRow = tuple[str, str, int, int]


def points_by_day(place: Property, first: date, last: date) -> list[PointsRow]:
    """Business date, what moved points, how many times, and points (below zero went) of a hotel. One query."""
    rows = PointTransaction.objects.filter(property=place, business_date__range=(first, last)).order_by()
    sums = rows.values_list("business_date", "kind").annotate(Count("pk"), Sum("points"))
    return [
        (day, str(PointKind(kind).label), count, points)
        for day, kind, count, points in sums.order_by("business_date", "kind")
    ]


def members_by_tier(place: Property, first: date, last: date) -> list[MembersRow]:
    """Programme, tier, active members whose home the hotel is, and how many enrolled in the time. One query."""
    rows = LoyaltyMember.objects.standing().filter(
        home=place, status=MemberStatus.ACTIVE, enrolled_on__lte=last
    )
    sums = rows.order_by("program_id", "tier__level").values_list("program__name", "tier__name")
    enrolled = Count("pk", filter=Q(enrolled_on__gte=first))
    return list(sums.annotate(members=Count("pk"), enrolled=enrolled))
