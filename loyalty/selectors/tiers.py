"""What counted for members' tiers, and how far it is to the next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from loyalty.domain import tiers
from loyalty.models import LoyaltyMember, LoyaltyTier, TierCredit
from loyalty.selectors.terms import qualification_of, tier_rules


def credits_of(member: LoyaltyMember, asked: tiers.Qualification, on: date) -> list[tiers.Credit]:
    """What counted for a member by day and source, in the window of a day and the one before. One query."""
    since, _ = tiers.window_before(asked, on, member.enrolled_on)
    rows = TierCredit.objects.filter(member=member, day__gte=since).order_by()
    by_source = rows.annotate(is_reward=Q(entry__isnull=False)).values_list("day", "is_reward")
    sums = by_source.annotate(*(Sum(metric) for metric in tiers.METRICS))
    return [
        tiers.Credit(
            day,
            {metric: Decimal(value) for metric, value in zip(tiers.METRICS, values, strict=True)},
            is_reward,
        )
        for day, is_reward, *values in sums
    ]


@dataclass(frozen=True)
class Standing:
    """Where a member stands.

    Attributes:
        counted: metric to what counts in the present window.
        rewarded: metric to how much of it challenges gave; what they did not give is left out.
        window: its first and last day.
        progress: to the next tier; None at the top.
    """

    counted: dict[str, Decimal]
    rewarded: dict[str, Decimal]
    window: tuple[date, date]
    progress: tiers.Progress | None


def standing(member: LoyaltyMember, on: date) -> Standing:
    """A member's way to the next tier on a day of the programme's zone. Two queries."""
    asked = qualification_of(member.program)
    rules = tier_rules(LoyaltyTier.objects.filter(program_id=member.program_id))
    credits, window = credits_of(member, asked, on), tiers.window_on(asked, on, member.enrolled_on)
    counted = tiers.counted_on(rules, asked, credits, on, member.enrolled_on)
    rewarded = tiers.totals((one for one in credits if one.is_reward), *window)
    status = tiers.Status(member.tier.level, member.tier_since, member.tier_until)
    return Standing(
        counted,
        {metric: amount for metric, amount in rewarded.items() if amount},
        window,
        tiers.progress(status, rules, asked, counted, on=on, enrolled_on=member.enrolled_on),
    )
