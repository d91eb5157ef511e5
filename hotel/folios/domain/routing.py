"""Which window a charge goes to, and how limits cut it.

Source: docs/algorithms/folios.md, "Routing".
"""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

Used = MutableMapping[tuple[int, date | None], Decimal]


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """A routing rule as plain values; see ``hotel.folios.models.RoutingRule``.

    Attributes:
        folio_id: where charges come from.
        window_id, target_folio_id: where they go to.
        limit_per_day: whether the limit counts anew each revenue day.
    """

    id: int
    folio_id: int
    window_id: int
    target_folio_id: int
    codes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    valid_from: date = date.min
    valid_until: date | None = None
    limit_amount: Decimal | None = None
    limit_per_day: bool = True
    limit_rate: Decimal | None = None

    def takes(self, code: str, group: str, day: date) -> bool:
        """Whether the rule is for this code on this revenue day."""
        if day < self.valid_from or (self.valid_until is not None and day >= self.valid_until):
            return False
        is_for_all = not self.codes and not self.groups
        return is_for_all or code in self.codes or group in self.groups

    def used_key(self, day: date) -> tuple[int, date | None]:
        """What the limit is counted under."""
        return self.id, day if self.limit_per_day else None


@dataclass(frozen=True, slots=True)
class Charge:
    """What is routed: gross amount on the minor unit, code, group and revenue day."""

    gross: Decimal
    code: str
    group: str
    day: date


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a charge goes to a window by a rule; no window and no rule: the folio's first window."""

    gross: Decimal
    window_id: int | None = None
    rule_id: int | None = None


def route(
    charge: Charge, folio_id: int, rules: Mapping[int, Sequence[RuleTerms]], used: Used, quantum: Decimal
) -> list[Part]:
    """Send a charge along the rules.

    A rule takes its share of the charge, at most what is left of its limit, and hands it to its window; when that is
    in another folio, the rules there are asked in turn. What no rule takes stays. A charge of zero or less is sent
    whole by the first rule that takes its code: limits are for what somebody owes.

    Args:
        charge: what is posted.
        folio_id: where it is posted.
        rules: by folio they start from, in order of priority; without loops.
        used: gross amounts that limits have let through, by ``used_key``; raised by what is sent now.
        quantum: the minor unit.

    Returns:
        At least one part, each of the charge's sign, together its gross amount.
    """
    return _route(charge, folio_id, rules, used, quantum, Part(charge.gross))


def _route(
    charge: Charge,
    folio_id: int,
    rules: Mapping[int, Sequence[RuleTerms]],
    used: Used,
    quantum: Decimal,
    default: Part,
) -> list[Part]:
    rest, parts = default.gross, []
    for rule in rules.get(folio_id, ()):
        if not rule.takes(charge.code, charge.group, charge.day):
            continue
        taken = rest if rest <= 0 else _taken(rule, default.gross, rest, used, charge.day, quantum)
        if taken == 0 < rest:
            continue
        used[rule.used_key(charge.day)] = used.get(rule.used_key(charge.day), Decimal(0)) + taken
        sent = Part(taken, rule.window_id, rule.id)
        is_here = rule.target_folio_id == folio_id
        parts += [sent] if is_here else _route(charge, rule.target_folio_id, rules, used, quantum, sent)
        rest -= taken
        if rest == 0:
            return parts
    return [*parts, Part(rest, default.window_id, default.rule_id)]


def _taken(
    rule: RuleTerms, gross: Decimal, rest: Decimal, used: Used, day: date, quantum: Decimal
) -> Decimal:
    taken = rest
    if rule.limit_rate is not None:
        taken = min(taken, (gross * rule.limit_rate).quantize(quantum, rounding=ROUND_HALF_UP))
    if rule.limit_amount is not None:
        left = rule.limit_amount - used.get(rule.used_key(day), Decimal(0))
        taken = min(taken, max(left, Decimal(0)))
    return taken.quantize(quantum)
