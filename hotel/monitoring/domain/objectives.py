"""What the house promises of its service, and when too much of the promise is being used up.

Burn is the share of bad requests over the share that is allowed: at 1 a budget of thirty days lasts thirty days, at
14.4 fifty hours. An alarm needs a long window, so that it matters, and a short one, so that it ends when the trouble
does.

Source: Google SRE workbook, "Alerting on SLOs", multiwindow multi-burn-rate; security reference §6.5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

PAGE, TICKET = "page", "ticket"


@dataclass(frozen=True)
class Objective:
    """A promise: at most ``allowed`` of the requests are bad.

    Attributes:
        name: of the figures in ``Tally.bad``.
        allowed: share 0–1.
    """

    name: str
    title: str
    allowed: Fraction


@dataclass(frozen=True)
class Rule:
    """An alarm: both windows burn at this rate or faster."""

    severity: str
    long: timedelta
    short: timedelta
    burn: Fraction


@dataclass(frozen=True)
class Tally:
    """Requests of a span: how many there were, and how many of them were bad."""

    total: int = 0
    bad: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both spans together."""
        return Tally(self.total + other.total, self.bad + other.bad)


OBJECTIVES = (
    Objective("availability", "Critical operations answer within 2 s and do not fail", Fraction(5, 10_000)),
    Objective("errors", "Requests do not fail", Fraction(1, 1_000)),
    Objective("latency", "Reads within 100 ms, writes within 200 ms", Fraction(5, 100)),
)
RULES = (
    Rule(PAGE, timedelta(hours=1), timedelta(minutes=5), Fraction(144, 10)),
    Rule(PAGE, timedelta(hours=6), timedelta(minutes=30), Fraction(6)),
    Rule(TICKET, timedelta(days=3), timedelta(hours=6), Fraction(1)),
)
WINDOWS = tuple(sorted({window for rule in RULES for window in (rule.long, rule.short)}))
# A single failure in a quiet night would be a share of the budget that means nothing.
LEAST_BAD = 10


def burn(tally: Tally, objective: Objective) -> Fraction:
    """How fast the budget is used up; 0 without requests."""
    return Fraction(tally.bad, tally.total) / objective.allowed if tally.total else Fraction(0)


def firing(objective: Objective, tallies: Mapping[timedelta, Tally]) -> list[Rule]:
    """The rules that alarm now.

    Args:
        tallies: of each of ``WINDOWS``, all ending now.
    """
    return [
        rule
        for rule in RULES
        if tallies[rule.long].bad >= LEAST_BAD
        and burn(tallies[rule.long], objective) >= rule.burn
        and burn(tallies[rule.short], objective) >= rule.burn
    ]


def fastest(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Of the rules that alarm, the one with the fastest burn for each severity."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.severity not in found or rule.burn > found[rule.severity].burn:
            found[rule.severity] = rule
    return found
