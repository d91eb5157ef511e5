"""What an earning rule would give for real stays, without anything being written."""

from dataclasses import dataclass, replace
from datetime import timedelta

from hotel.properties.models import Property
from loyalty.domain import accrual
from loyalty.domain.accrual import earnings, refusal
from loyalty.models import EarningRule, StayAccrual
from loyalty.selectors.stays import stay_earned
from loyalty.selectors.terms import earning_rule, earning_rules

MOST = 50


@dataclass(frozen=True)
class StayTested:
    """One stay: what the rule would give, and how; or why it gives nothing."""

    accrual: StayAccrual
    points: int
    because: str


def rule_tested(rule: EarningRule, place: Property, days: int) -> list[StayTested]:
    """Stays of members that ended at a hotel within so many days, the newest first, at most ``MOST``.

    The days that the rule holds for are left aside; a share is of the points that the other rules of the stay's
    departure give. Reads only: a few queries for each stay.
    """
    since = place.business_date - timedelta(days=days)
    rows = StayAccrual.objects.filter(
        member__program_id=rule.program_id,
        property=place,
        departure__gt=since,
        departure__lte=place.business_date,
    ).select_related(
        "member__program",
        "reservation__booking",
        "reservation__property",
        "reservation__rate_plan",
        "reservation__room_type",
    )
    asked = replace(earning_rule(rule), first_day=None, last_day=None)
    found = list(rows.order_by("-departure", "-pk")[:MOST])
    others = {day: earning_rules(rule.program, day) for day in {row.departure for row in found}}
    return [_tested(row, asked, others[row.departure]) for row in found]


def _tested(row: StayAccrual, asked: accrual.EarningRule, rules: list[accrual.EarningRule]) -> StayTested:
    stay = stay_earned(row.reservation, row)
    if why := refusal(asked, stay):
        return StayTested(row, 0, why)
    others = [other for other in rules if other.basis != "percent"]
    base = sum(earning.points for earning in earnings(others, stay))
    found = earnings([asked], stay, base=base)
    return StayTested(row, found[0].points, found[0].because) if found else StayTested(row, 0, "no points")
