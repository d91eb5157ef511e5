"""What counted for members' tiers, and how far it is to the next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from loyalty.domain import tiers
from loyalty.models import LoyaltyMember, LoyaltyTier, TierCredit
from loyalty.selectors.terms import qualification_of, tier_rules


def credits_of(member: LoyaltyMember, asked: tiers.Qualification, on: date) -> list[tiers.Credit]:
    """What counted for a member by day, in the window of a day and the one before. One query."""
    since, _ = tiers.window_before(asked, on, member.enrolled_on)
    rows = TierCredit.objects.filter(member=member, day__gte=since).order_by().values_list("day")
    sums = rows.annotate(*(Sum(metric) for metric in tiers.METRICS))
    return [
        tiers.Credit(
            day, {metric: Decimal(value) for metric, value in zip(tiers.METRICS, values, strict=True)}
        )
        for day, *values in sums
    ]


@dataclass(frozen=True)
class Standing:
    """Where a member stands.

    Attributes:
        counted: metric to what counts in the present window.
        window: its first and last day.
        progress: to the next tier; None at the top.
    """

    counted: dict[str, Decimal]
    window: tuple[date, date]
    progress: tiers.Progress | None


def standing(member: LoyaltyMember, on: date) -> Standing:
    """A member's way to the next tier on a day of the programme's zone. Two queries."""
    asked = qualification_of(member.program)
    rules = tier_rules(LoyaltyTier.objects.filter(program_id=member.program_id))
    counted = tiers.counted_on(rules, asked, credits_of(member, asked, on), on, member.enrolled_on)
    status = tiers.Status(member.tier.level, member.tier_since, member.tier_until)
    return Standing(
        counted,
        tiers.window_on(asked, on, member.enrolled_on),
        tiers.progress(status, rules, asked, counted, on=on, enrolled_on=member.enrolled_on),
    )
