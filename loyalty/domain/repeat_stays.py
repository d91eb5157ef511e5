"""Whether members come again more often than others of the same months, and how sure that is.

Source: docs/algorithms/points.md §11.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NINETY_FIVE = Decimal("1.96")
_STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Cohort:
    """Guests whose first stay ended in one month: how many, and how many of them came again; members and others."""

    members: int
    members_again: int
    others: int
    others_again: int


@dataclass(frozen=True)
class RepeatStays:
    """Shares are 0 to 1.

    Attributes:
        members, others: how many were compared, of months that have both.
        members_rate: share of members who came again.
        others_rate: that of others, each month weighing as much as it has members.
        difference: members less others.
        low, high: between these the difference is with 95 %.
    """

    members: int
    others: int
    members_rate: Decimal
    others_rate: Decimal
    difference: Decimal
    low: Decimal
    high: Decimal

    @property
    def is_sure(self) -> bool:
        """Whether chance alone is an unlikely reason."""
        return self.low > 0 or self.high < 0


def repeat_stays(cohorts: Iterable[Cohort]) -> RepeatStays | None:
    """Compare members with others of the same months; None while no month has both."""
    both = [cohort for cohort in cohorts if cohort.members and cohort.others]
    members = sum(cohort.members for cohort in both)
    if not members:
        return None
    rate = Decimal(sum(cohort.members_again for cohort in both)) / members
    others_rate, variance = Decimal(0), rate * (1 - rate) / members
    for cohort in both:
        weight, share = Decimal(cohort.members) / members, Decimal(cohort.others_again) / cohort.others
        others_rate += weight * share
        variance += weight * weight * share * (1 - share) / cohort.others
    difference, margin = rate - others_rate, NINETY_FIVE * variance.sqrt()
    shares = (rate, others_rate, difference, difference - margin, difference + margin)
    rounded = [share.quantize(_STEP, rounding=ROUND_HALF_UP) for share in shares]
    return RepeatStays(members, sum(cohort.others for cohort in both), *rounded)
