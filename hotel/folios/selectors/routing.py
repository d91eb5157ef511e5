"""The routing rules that concern some folios, and what their limits have let through."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Sum
from django.db.models.functions import Cast

from hotel.folios.choices import LimitPer
from hotel.folios.domain.routing import RuleTerms
from hotel.folios.models import Posting, RoutingRule


def rules_reaching(folio_ids: Collection[int]) -> dict[int, list[RuleTerms]]:
    """The rules of folios, and of the folios that they lead to, by folio and in order of priority.

    One query when no rule leads to another folio, one more for each further step.
    """
    found: dict[int, list[RuleTerms]] = {}
    waiting = set(folio_ids)
    while waiting:
        found |= {folio_id: [] for folio_id in waiting}
        rows = RoutingRule.objects.filter(folio_id__in=waiting).select_related("window")
        for rule in rows.order_by("priority", "pk"):
            found[rule.folio_id].append(rule_terms(rule))
        targets = {rule.target_folio_id for folio_id in waiting for rule in found[folio_id]}
        waiting = targets - found.keys()
    return found


def rule_terms(rule: RoutingRule) -> RuleTerms:
    """A rule as plain values."""
    return RuleTerms(
        id=rule.pk,
        folio_id=rule.folio_id,
        window_id=rule.window_id,
        target_folio_id=rule.window.folio_id,
        codes=frozenset(rule.codes),
        groups=frozenset(rule.groups),
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        limit_amount=None if rule.limit_amount is None else rule.limit_amount.amount,
        limit_per_day=rule.limit_per == LimitPer.DAY,
        limit_rate=rule.limit_rate,
    )


def limits_used(
    property_id: int, rules: Mapping[int, Sequence[RuleTerms]], days: Iterable[date]
) -> dict[tuple[int, date | None], Decimal]:
    """What limited rules have sent already, by ``RuleTerms.used_key``; one query, none without limits.

    Args:
        days: revenue days that matter for limits per day.
    """
    limited = [rule for some in rules.values() for rule in some if rule.limit_amount is not None]
    if not limited:
        return {}
    by_id = {rule.id: rule for rule in limited}
    wanted = set(days)
    rows = (
        Posting.objects.at(property_id)
        .filter(routing_rule_id__in=by_id)
        .values_list("routing_rule_id", "revenue_date")
        .annotate(sent=Sum(Cast("gross", DecimalField(max_digits=14, decimal_places=3))))
    )
    used: dict[tuple[int, date | None], Decimal] = defaultdict(Decimal)
    for rule_id, day, sent in rows.order_by():
        if not by_id[rule_id].limit_per_day or day in wanted:
            used[by_id[rule_id].used_key(day)] += sent
    return used
