"""What partners posted: within the caps of a member, and month by month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from loyalty.domain import partners
from loyalty.models import LoyaltyMember, LoyaltyPartner, PartnerAccrual, PartnerStatement


def contract_of(row: LoyaltyPartner) -> partners.Contract:
    """A partner's contract, as the rules of the domain read it."""
    return partners.Contract(
        unit=row.unit,
        rate=row.rate,
        price=row.point_price,
        currency=row.program.currency,
        first_day=row.valid_from,
        last_day=row.valid_until,
        month_cap=row.month_cap,
        year_cap=row.year_cap,
    )


def room_of(row: LoyaltyPartner, member: LoyaltyMember, day: date) -> int | None:
    """How many points a member may still have of a partner on a day; None for any number. One query.

    What was reversed leaves room again; who was merged into him counts with him.
    """
    his = Q(member=member) | Q(member__merged_into=member)
    same_month = Q(earned_on__month=day.month)
    year = PartnerAccrual.objects.filter(his, partner=row, reversal=None, earned_on__year=day.year)
    had = year.aggregate(month=Sum("points", filter=same_month, default=0), year=Sum("points", default=0))
    return partners.room_below(contract_of(row), **had)


@dataclass
class MonthOwed:
    """What a partner posted and took back in a month, and what he owes for it, not rounded."""

    given: int = 0
    taken_back: int = 0
    amount: Decimal = Decimal(0)


def months_open(row: LoyaltyPartner, before: date) -> dict[date, MonthOwed]:
    """Month to what is owed, of the months before a business date that have no statement. Three queries."""
    months: dict[date, MonthOwed] = defaultdict(MonthOwed)
    for month, points, value in _by_month(row, "transaction", before):
        months[month].given += points
        months[month].amount += value
    for month, points, value in _by_month(row, "reversal", before):
        months[month].taken_back += points
        months[month].amount -= value
    known = PartnerStatement.objects.at(row.property_id).filter(partner=row)
    for month in known.values_list("month", flat=True):
        months.pop(month, None)
    return dict(sorted(months.items()))


def _by_month(row: LoyaltyPartner, path: str, before: date) -> list[tuple[date, int, Decimal]]:
    rows = PartnerAccrual.objects.filter(**{"partner": row, f"{path}__business_date__lt": before}).order_by()
    months = rows.annotate(month=TruncMonth(f"{path}__business_date")).values_list("month")
    return list(months.annotate(points_sum=Sum("points"), value_sum=Sum("value")))
