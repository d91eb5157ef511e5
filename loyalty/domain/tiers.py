"""Tiers: what is counted in which window, when a member rises, how long he stays and how softly he falls.

Source: docs/algorithms/points.md §4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from hotel.core.months import month_end, months_later
from loyalty.domain.anniversaries import in_year, next_after

METRICS = ("nights", "stays", "points", "spend")
Window = Literal["calendar", "anniversary", "rolling"]
Landing = Literal["one_level", "as_earned"]
Needs = Literal["any", "all"]


@dataclass(frozen=True)
class TierRule:
    """What a tier asks for.

    Attributes:
        level: 0 is where everybody begins; above it, higher is better.
        name: as members read it.
        thresholds: metric of ``METRICS`` to what is needed in the window; empty: by invitation only.
        needs: one of them, or all.
    """

    level: int
    name: str
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    needs: Needs = "any"

    def is_met(self, totals: Mapping[str, Decimal]) -> bool:
        """Whether the totals of a window reach it."""
        met = [totals.get(metric, Decimal(0)) >= least for metric, least in self.thresholds.items()]
        return bool(met) and (any(met) if self.needs == "any" else all(met))


@dataclass(frozen=True)
class Qualification:
    """How a programme counts.

    Attributes:
        window: calendar year, the member's own year from his enrolment, or the last ``months``.
        months: of a rolling window.
        grace_months: how long a tier outlives its end, to the last day of that month.
        landing: who falls loses one level at a time, or all at once.
        rolls_over: metrics of which what was above the reached tier counts in the next window.
    """

    window: Window = "calendar"
    months: int = 12
    grace_months: int = 0
    landing: Landing = "one_level"
    rolls_over: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Credit:
    """What one event counted for a tier; corrections are below zero.

    Attributes:
        day: business date.
        amounts: metric to amount.
        is_reward: a challenge gave it, not a stay.
    """

    day: date
    amounts: Mapping[str, Decimal]
    is_reward: bool = False


@dataclass(frozen=True)
class Status:
    """A member's tier.

    Attributes:
        level: of the tier.
        since: first day.
        until: last day, inclusive; None for level 0 and for life.
    """

    level: int
    since: date
    until: date | None = None


def window_on(rules: Qualification, day: date, enrolled_on: date) -> tuple[date, date]:
    """First and last day, inclusive, of the window that a day lies in."""
    if rules.window == "calendar":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if rules.window == "rolling":
        return months_later(day, -rules.months) + timedelta(days=1), day
    end = next_after(enrolled_on, day)
    return in_year(enrolled_on, end.year - 1), end - timedelta(days=1)


def window_before(rules: Qualification, day: date, enrolled_on: date) -> tuple[date, date]:
    """The window that ended before the one a day lies in; of a rolling one the very same."""
    first, last = window_on(rules, day, enrolled_on)
    if rules.window == "rolling":
        return first, last
    return window_on(rules, first - timedelta(days=1), enrolled_on)


def lasts_until(rules: Qualification, day: date, enrolled_on: date) -> date:
    """How long a tier lasts that is reached on a day: to the end of the next window, and the grace."""
    if rules.window == "rolling":
        end = months_later(day, rules.months)
    else:
        end = window_on(rules, window_on(rules, day, enrolled_on)[1] + timedelta(days=1), enrolled_on)[1]
    return month_end(months_later(end, rules.grace_months)) if rules.grace_months else end


def totals(credits: Iterable[Credit], first: date, last: date) -> dict[str, Decimal]:
    """Metric to the sum of a window, never below zero."""
    sums = dict.fromkeys(METRICS, Decimal(0))
    for credit in credits:
        if first <= credit.day <= last:
            for metric, amount in credit.amounts.items():
                sums[metric] += amount
    return {metric: max(amount, Decimal(0)) for metric, amount in sums.items()}


def earned_level(tiers: Iterable[TierRule], counted: Mapping[str, Decimal]) -> int:
    """The highest level that totals reach; 0 when none."""
    return max((tier.level for tier in tiers if tier.is_met(counted)), default=0)


def counted_on(
    tiers: Sequence[TierRule], rules: Qualification, credits: Sequence[Credit], on: date, enrolled_on: date
) -> dict[str, Decimal]:
    """The totals of the window that a day lies in, with what rolled over from the one before."""
    sums = totals(credits, *window_on(rules, on, enrolled_on))
    if rules.window == "rolling" or not rules.rolls_over:
        return sums
    before = totals(credits, *window_before(rules, on, enrolled_on))
    level = earned_level(tiers, before)
    reached = next((tier.thresholds for tier in tiers if tier.level == level), {}) if level else {}
    for metric in rules.rolls_over & reached.keys():
        sums[metric] += max(before[metric] - reached[metric], Decimal(0))
    return sums


def reviewed(
    status: Status,
    tiers: Sequence[TierRule],
    rules: Qualification,
    credits: Sequence[Credit],
    *,
    on: date,
    enrolled_on: date,
    least: int = 0,
) -> Status:
    """A member's tier on a day: he rises at once, falls only when his tier ends, and never below ``least``.

    The same credits on the same day give the same status, whatever order they came in.

    Args:
        status: until now.
        tiers: of the programme.
        rules: of the programme.
        credits: of the member, of this window and the one before at least.
        on: today, in the programme's zone.
        enrolled_on: begins the member's own years.
        least: level that he keeps for life.
    """
    earned = max(earned_level(tiers, counted_on(tiers, rules, credits, on, enrolled_on)), least)
    until = lasts_until(rules, on, enrolled_on)
    if earned > status.level:
        return _status(earned, on, until, least)
    if earned == status.level and earned:
        is_longer = status.until is not None and until > status.until
        return _status(earned, status.since, until, least) if is_longer else status
    if status.until is None or on <= status.until:
        return status
    first, last = window_before(rules, on, enrolled_on)
    before = max(earned_level(tiers, totals(credits, first, last)), least)
    level = max(earned, before, status.level - 1 if rules.landing == "one_level" else 0)
    if level > earned:  # what the window before has earned, or the landing, lasts as long as that one would
        until = max(lasts_until(rules, last, enrolled_on), on)
    return _status(level, status.since if level == status.level else on, until, least)


def _status(level: int, since: date, until: date, least: int) -> Status:
    return Status(level, since, None if level <= least else until)


@dataclass(frozen=True)
class Progress:
    """How far it is to the next tier.

    Attributes:
        tier: the next one.
        missing: metric to what is missing, above zero.
        by: last day it counts on; None for a rolling window, which moves on.
    """

    tier: TierRule
    missing: Mapping[str, Decimal]
    by: date | None

    def in_words(self) -> str:
        """Such as ``2 nights or 1 stay to Gold by 31 December 2027``."""
        parts = [
            f"{amount.normalize():,f} {metric[:-1] if amount == 1 and metric.endswith('s') else metric}"
            for metric, amount in self.missing.items()
        ]
        text = f"{(' or ' if self.tier.needs == 'any' else ' and ').join(parts)} to {self.tier.name}"
        return text if self.by is None else f"{text} by {self.by.day} {self.by:%B %Y}"


def progress(
    status: Status,
    tiers: Sequence[TierRule],
    rules: Qualification,
    counted: Mapping[str, Decimal],
    *,
    on: date,
    enrolled_on: date,
) -> Progress | None:
    """What is missing to the next tier that can be earned; None for who is at the top."""
    above = (tier for tier in tiers if tier.level > status.level and tier.thresholds)
    following = min(above, key=lambda tier: tier.level, default=None)
    if following is None:
        return None
    missing = {
        metric: needed - counted.get(metric, Decimal(0))
        for metric, needed in following.thresholds.items()
        if needed > counted.get(metric, Decimal(0))
    }
    by = None if rules.window == "rolling" else window_on(rules, on, enrolled_on)[1]
    return Progress(following, missing, by)
