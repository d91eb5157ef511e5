"""What a stay earns: each rule that fits gives points once, rounded once, and says why.

Source: docs/algorithms/points.md §3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

Basis = Literal["spend", "night", "stay", "percent"]
Rounding = Literal["down", "nearest", "up"]
MODES = {"down": ROUND_FLOOR, "nearest": ROUND_HALF_UP, "up": ROUND_CEILING}


@dataclass(frozen=True)
class StayEarned:
    """A stay that is over, as the programme sees it.

    Attributes:
        departure: business date; rules are those of this day.
        nights: sold nights, of rooms that count.
        spend: revenue group to amount in the programme's currency, without taxes, what was refunded taken off.
        traits: name of a trait to its value: ``property``, ``channel``, ``rate_plan``, ``room_type``, ``market``,
            ``tier``; empty ones are absent.
        number: which stay of the member it is in this programme, from 1.
        is_award: its nights were paid with points.
    """

    departure: date
    nights: int
    spend: Mapping[str, Decimal]
    traits: Mapping[str, str] = field(default_factory=dict)
    number: int = 1
    is_award: bool = False


@dataclass(frozen=True)
class Conditions:
    """When a rule fits. What is empty or None asks for nothing.

    Attributes:
        only: trait to the values of which one must be there.
        never: trait to the values none of which may be there.
        min_nights, max_nights: inclusive.
        from_stay, to_stay: the member's how-manieth stay, inclusive; ``1, 1`` is a welcome.
        with_awards: stays paid with points earn, too.
    """

    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    never: Mapping[str, frozenset[str]] = field(default_factory=dict)
    min_nights: int = 0
    max_nights: int | None = None
    from_stay: int = 1
    to_stay: int | None = None
    with_awards: bool = False


@dataclass(frozen=True)
class EarningRule:
    """One rule of a programme, as of one version.

    Attributes:
        id: of its row; one rule fires once for a stay.
        name: as people read it.
        basis: points for each unit of ``spend``, each ``night``, the ``stay``, or ``percent`` of what the rules
            with another basis gave.
        rate: points for one; of ``percent`` the hundredths.
        groups: revenue groups that ``spend`` counts; empty for all.
        is_qualifying: what it gives counts for the tier.
        most: points at most for one stay; None without a cap.
        rounding: of the sum, once.
        first_day, last_day: departures it holds for, inclusive; None without an end.
    """

    id: int
    name: str
    basis: Basis
    rate: Decimal
    conditions: Conditions = Conditions()
    groups: frozenset[str] = frozenset()
    is_qualifying: bool = True
    most: int | None = None
    rounding: Rounding = "down"
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Earning:
    """What one rule gave, and how it came to it."""

    rule_id: int
    points: int
    is_qualifying: bool
    because: str


def refusal(rule: EarningRule, stay: StayEarned) -> str:
    """Why a rule gives nothing for a stay, in words; empty when it fits."""
    wanted = rule.conditions
    for trait, values in wanted.only.items():
        if stay.traits.get(trait) not in values:
            return f"{_name(trait)} is not one of {', '.join(sorted(values))}"
    for trait, values in wanted.never.items():
        if stay.traits.get(trait) in values:
            return f"{_name(trait)} {stay.traits[trait]} is left out"
    if stay.is_award and not wanted.with_awards:
        return "the nights were paid with points"
    refusals = (
        _outside("nights", stay.nights, wanted.min_nights, wanted.max_nights),
        _outside("stay number", stay.number, wanted.from_stay, wanted.to_stay),
        _out_of_season(rule, stay.departure),
    )
    return next(filter(None, refusals), "")


def earnings(rules: Iterable[EarningRule], stay: StayEarned, base: int | None = None) -> list[Earning]:
    """What a stay earns by all rules that fit, those of percents last, each in the order of the rules.

    A rule that fits and gives no points is left out.

    Args:
        base: what percents are of; the points of the other ones of these rules when None.
    """
    fitting = [rule for rule in rules if not refusal(rule, stay)]
    first = [_earning(rule, stay, 0) for rule in fitting if rule.basis != "percent"]
    whole = sum(earning.points for earning in first) if base is None else base
    more = [_earning(rule, stay, whole) for rule in fitting if rule.basis == "percent"]
    return [earning for earning in (*first, *more) if earning.points]


def difference(before: Sequence[Earning], after: Sequence[Earning]) -> dict[int, int]:
    """What a late correction changes: rule to points more, or below zero fewer; rules without a change are absent."""
    was = {earning.rule_id: earning.points for earning in before}
    now = {earning.rule_id: earning.points for earning in after}
    changes = {rule: now.get(rule, 0) - was.get(rule, 0) for rule in was | now}
    return {rule: points for rule, points in changes.items() if points}


def _earning(rule: EarningRule, stay: StayEarned, base: int) -> Earning:
    counted, words = _counted(rule, stay, base)
    exact = counted * rule.rate / (100 if rule.basis == "percent" else 1)
    points = max(int(exact.quantize(Decimal(1), rounding=MODES[rule.rounding])), 0)
    if rule.most is not None and points > rule.most:
        return Earning(rule.id, rule.most, rule.is_qualifying, f"{words}, at most {rule.most}")
    return Earning(rule.id, points, rule.is_qualifying, words)


def _counted(rule: EarningRule, stay: StayEarned, base: int) -> tuple[Decimal, str]:
    rate = f"{rule.rate.normalize():f}"
    if rule.basis == "spend":
        amount = sum(
            (money for group, money in stay.spend.items() if not rule.groups or group in rule.groups),
            Decimal(0),
        )
        return amount, f"{amount} spent × {rate}"
    if rule.basis == "percent":
        return Decimal(base), f"{rate} % of {base} points"
    if rule.basis == "night":
        return Decimal(stay.nights), f"{stay.nights} nights × {rate}"
    return Decimal(1), f"{rate} for the stay"


def _outside(name: str, count: int, least: int, most: int | None) -> str:
    if count < least:
        return f"{name} {count} of {least}"
    return f"{name} {count} is after {most}" if most is not None and count > most else ""


def _out_of_season(rule: EarningRule, departure: date) -> str:
    if rule.first_day and departure < rule.first_day:
        return f"departure {departure} is before {rule.first_day}"
    return (
        f"departure {departure} is after {rule.last_day}"
        if rule.last_day and departure > rule.last_day
        else ""
    )


def _name(trait: str) -> str:
    return trait.replace("_", " ")
