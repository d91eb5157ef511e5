"""What outstanding points are worth now, and who served whose points in a month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import TruncMonth

from hotel.core.money import quantum
from loyalty.choices import MemberStatus, PointKind
from loyalty.domain.liability import Liability, breakage_rate, liability
from loyalty.models import LoyaltyProgram, PointLot, PointMovement, PointTransaction, ProgramProperty
from loyalty.selectors.terms import today_of


@dataclass(frozen=True)
class HouseLiability:
    """Of the points that one hotel gave.

    Attributes:
        usable, pending: points of memberships that are not closed.
    """

    property_id: int
    usable: int
    pending: int
    worth: Liability


def breakage_of(program: LoyaltyProgram) -> Decimal:
    """The programme's own share when it has one, else what its past says. Two queries, or none."""
    if program.breakage_rate is not None:
        return program.breakage_rate
    over = PointLot.objects.filter(member__program=program, left=0)
    ended = PointTransaction.objects.filter(member__program=program, kind=PointKind.EXPIRY)
    return breakage_rate(
        ended=-(ended.aggregate(points=Sum("points"))["points"] or 0),
        earned=over.aggregate(points=Sum("points"))["points"] or 0,
    )


def liability_now(program: LoyaltyProgram, on: date | None = None) -> list[HouseLiability]:
    """Each hotel that takes part or did, in order of their ids, with what its outstanding points are worth.

    Args:
        on: day in the programme's zone that points end by; today unless told.

    Returns:
        Amounts in the programme's currency; four queries, however many members.
    """
    on = on or today_of(program)
    alive = PointLot.objects.with_points().filter(member__program=program)
    alive = alive.exclude(member__status=MemberStatus.CLOSED).exclude(expires_on__lt=on)
    sums = (
        alive.order_by()
        .values_list("property_id")
        .annotate(usable=Sum("left", filter=Q(usable_from__lte=on), default=0), whole=Sum("left"))
    )
    found = {property_id: (usable, whole - usable) for property_id, usable, whole in sums}
    houses = ProgramProperty.objects.filter(program=program).values_list("property_id", flat=True)
    rate, minor = breakage_of(program), quantum(program.currency)
    rows = []
    for property_id in sorted({*houses, *found}):
        usable, pending = found.get(property_id, (0, 0))
        worth = liability(usable + pending, cost=program.point_cost, breakage=rate, minor=minor)
        rows.append(HouseLiability(property_id, usable, pending, worth))
    return rows


def burns_of(program: LoyaltyProgram, first: date, last: date) -> list[tuple[date, int, int, int]]:
    """Who gave and who served points that were spent elsewhere, by month of business dates, inclusive. One query.

    Returns:
        First day of the month, the hotel that gave, the one that served, points; below zero when more were given back.
    """
    moves = PointMovement.objects.filter(
        member__program=program,
        transaction__kind__in=(PointKind.REDEMPTION, PointKind.GIVEN_BACK),
        transaction__business_date__range=(first, last),
        lot__isnull=False,
    ).exclude(lot__property_id=F("transaction__property_id"))
    moves = moves.annotate(month=TruncMonth("transaction__business_date"))
    keys = ("month", "lot__property_id", "transaction__property_id")
    sums = moves.order_by().values_list(*keys).annotate(Sum("points"))
    return sorted((month, gave, served, -points) for month, gave, served, points in sums if points)
