"""What a programme says, as the rules of the domain read it."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, cast
from zoneinfo import ZoneInfo

from hotel.core.clock import now
from loyalty.domain import accrual, expiry, tiers
from loyalty.models import EarningRule, LoyaltyProgram, LoyaltyTier


def today_of(program: LoyaltyProgram) -> date:
    """The calendar day in the programme's zone."""
    return now().astimezone(ZoneInfo(program.time_zone)).date()


def expiry_of(program: LoyaltyProgram) -> expiry.ExpiryRule:
    """How long its points live."""
    return expiry.ExpiryRule(
        kind=cast("expiry.Kind", program.expiry),
        months=program.expiry_months,
        end=cast("expiry.End", program.expiry_end),
    )


def qualification_of(program: LoyaltyProgram) -> tiers.Qualification:
    """How it counts for tiers."""
    return tiers.Qualification(
        window=cast("tiers.Window", program.window),
        months=program.window_months,
        grace_months=program.grace_months,
        landing=cast("tiers.Landing", program.landing),
        rolls_over=frozenset(program.rolls_over),
    )


def tier_rules(rows: Iterable[LoyaltyTier]) -> list[tiers.TierRule]:
    """What its tiers ask for."""
    return [
        tiers.TierRule(
            level=row.level,
            name=row.name,
            thresholds={
                metric: least
                for metric in tiers.METRICS
                if (least := getattr(row, f"min_{metric}")) is not None
            },
            needs=cast("tiers.Needs", row.needs),
        )
        for row in rows
    ]


def earning_rules(program: LoyaltyProgram, departure: date) -> list[accrual.EarningRule]:
    """The versions of its own rules that hold for departures of a day, in the order of their codes. One query."""
    rows = EarningRule.objects.filter(program=program, campaign=None).on(departure)
    return [earning_rule(row) for row in rows]


def earning_rule(row: EarningRule) -> accrual.EarningRule:
    """One version of a rule."""
    return accrual.EarningRule(
        id=row.pk,
        name=row.name,
        basis=cast("accrual.Basis", row.basis),
        rate=row.rate,
        conditions=accrual.Conditions(
            only=_sets(row.only),
            never=_sets(row.never),
            min_nights=row.min_nights,
            max_nights=row.max_nights,
            from_stay=row.from_stay,
            to_stay=row.to_stay,
            with_awards=row.with_awards,
        ),
        groups=frozenset(row.groups),
        is_qualifying=row.is_qualifying,
        most=row.most,
        rounding=cast("Literal['down', 'nearest', 'up']", row.rounding),
        first_day=row.valid_from,
        last_day=row.valid_until,
    )


def _sets(words: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {trait: frozenset(codes) for trait, codes in words.items()}
