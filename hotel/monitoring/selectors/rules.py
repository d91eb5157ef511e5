"""The rules as they are matched: read whole, seldom."""

from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from typing import Any

from django.db.models import Q

from hotel.accounts.models import RoleAssignment
from hotel.core.clock import now
from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Principal, Rule
from hotel.monitoring.models import ApiPlan, LimiterState, RateLimit

WHOLE = ("property_id", "area", "operation", "method", "valid_from", "valid_until", "is_floor", "is_closed")
PLAIN = ("id", "name", "scope", "priority", "cost", "action", "is_anonymous")


@dataclass(frozen=True)
class RuleTable:
    """All active rules at one version, sorted by priority.

    Attributes:
        version: of the rules in the database; 0 for the built-in ones.
        suspended_until: the kill switch.
        concurrency: token id to how many requests it may have under way, as its plans say.
    """

    version: int
    rules: tuple[Rule, ...]
    suspended_until: datetime | None = None
    concurrency: dict[int, int] = field(default_factory=dict)


def rules_version() -> int:
    """The version of the rules; one row by its key. 0 when there is none."""
    return LimiterState.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def rules_read() -> RuleTable:
    """The active rules with the clients that roles and plans stand for; at most five queries."""
    state = LimiterState.objects.filter(pk=1).first()
    rows = list(RateLimit.objects.filter(is_active=True).order_by("priority", "pk"))
    plans = _tokens_by_plan()
    roles = _users_by_role({row.role_id for row in rows if row.role_id})
    return RuleTable(
        version=state.version if state else 0,
        rules=tuple(rule_of(row, roles=roles, plans=plans) for row in rows),
        suspended_until=state.suspended_until if state else None,
        concurrency=_concurrency(plans),
    )


def rule_of(
    row: RateLimit, *, roles: dict[int, set[int]] | None = None, plans: dict[int, set[int]] | None = None
) -> Rule:
    """A row as a rule. Who holds its role or is in its plan is read unless given."""
    plain: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    whole: dict[str, Any] = {
        name: getattr(row, name) or Rule.__dataclass_fields__[name].default for name in WHOLE
    }
    return Rule(
        **plain,
        **whole,
        quota=Quota(row.rate, row.period_seconds, row.burst),
        principals=_principals(row, roles, plans),
        network=ip_network(row.network) if row.network else None,
    )


def _principals(
    row: RateLimit, roles: dict[int, set[int]] | None, plans: dict[int, set[int]] | None
) -> frozenset[Principal] | None:
    if row.token_id:
        return frozenset({("token", row.token_id)})
    if row.user_id:
        return frozenset({("user", row.user_id)})
    if row.role_id:
        users = (roles if roles is not None else _users_by_role({row.role_id})).get(row.role_id, set())
        return frozenset(("user", user) for user in users)
    if row.plan_id:
        tokens = (plans if plans is not None else _tokens_by_plan()).get(row.plan_id, set())
        return frozenset(("token", token) for token in tokens)
    return None


def _users_by_role(roles: set[int]) -> dict[int, set[int]]:
    """Who holds the roles today, by UTC's calendar: a rule may begin a few hours early or late."""
    found: dict[int, set[int]] = {}
    if not roles:
        return found
    today = now().date()
    rows = RoleAssignment.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_to=None) | Q(valid_to__gte=today),
        role__in=roles,
    )
    for role, user in rows.values_list("role_id", "user_id"):
        found.setdefault(role, set()).add(user)
    return found


def _tokens_by_plan() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for plan, token in ApiPlan.tokens.through.objects.values_list("apiplan_id", "apitoken_id"):
        found.setdefault(plan, set()).add(token)
    return found


def _concurrency(plans: dict[int, set[int]]) -> dict[int, int]:
    """The widest of a token's plans counts."""
    found: dict[int, int] = {}
    if not plans:
        return found
    for plan, most in ApiPlan.objects.filter(concurrency__gt=0).values_list("pk", "concurrency"):
        for token in plans.get(plan, ()):
            found[token] = max(found.get(token, 0), most)
    return found
