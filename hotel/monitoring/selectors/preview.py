"""Whom a rule would have limited, by what is known of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from hotel.accounts.models import ApiToken, User
from hotel.monitoring.choices import ClientKind, Grain
from hotel.monitoring.domain.gcra import refused_of
from hotel.monitoring.domain.matching import Asked, Principal, Rule, points_of
from hotel.monitoring.models import ApiUsage
from hotel.monitoring.selectors.operations import areas_by_operation


@dataclass(frozen=True)
class LimitedClient:
    """A client and what the rule would have done to him.

    Attributes:
        requests: those that day the rule is for.
        refused: of these; peaks within a minute are not seen, so it may have been more.
    """

    client_kind: str
    client_id: int
    client_name: str
    requests: int
    refused: int


def clients_limited(rows: QuerySet[ApiUsage], rule: Rule, day: date) -> list[LimitedClient]:
    """Clients of whom the rule would have refused something, the most first; two queries and names.

    Callers who are not signed in count as one, because addresses are not recorded.

    Args:
        rows: the usage the asker may see.
        rule: the rule to be tried; its scope and network are not regarded.
        day: a day of UTC whose minutes are still kept.
    """
    start = datetime.combine(day, time(), UTC)
    minutes = (
        rows.filter(grain=Grain.MINUTE, started_at__gte=start, started_at__lt=start + timedelta(days=1))
        .order_by("started_at")
        .values_list("client_kind", "client_id", "operation", "started_at")
        .annotate(times=Sum("count"))
    )
    areas = areas_by_operation()
    series: dict[Principal, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for kind, number, operation, at, times in minutes:
        asked = Asked(operation=operation, area=areas.get(operation, ""), principal=(kind, number))
        if _is_for(rule, asked):
            minute = int((at - start).total_seconds() // 60)
            series[kind, number][minute] += times * points_of(asked)
    found = [
        (principal, sum(counts.values()), refused_of(sorted(counts.items()), rule.quota, rule.cost))
        for principal, counts in series.items()
    ]
    names = names_of(principal for principal, _, refused in found if refused)
    limited = [
        LimitedClient(*principal, names.get(principal, ""), total, refused)
        for principal, total, refused in found
        if refused
    ]
    return sorted(limited, key=lambda one: (-one.refused, one.client_kind, one.client_id))


def _is_for(rule: Rule, asked: Asked) -> bool:
    return (
        (not rule.operation or rule.operation == asked.operation)
        and (not rule.area or rule.area == asked.area)
        and (not rule.method or rule.method == asked.method)
        and (rule.principals is None or asked.principal in rule.principals)
        and (not rule.is_anonymous or asked.principal[0] == ClientKind.ANONYMOUS)
    )


def names_of(principals: Iterable[Principal]) -> dict[Principal, str]:
    """What people call these clients: a token by its name, a person by the user name; two queries at most."""
    tokens, users = set(), set()
    for kind, number in principals:
        if kind == ClientKind.TOKEN:
            tokens.add(number)
        elif kind == ClientKind.USER:
            users.add(number)
    found: dict[Principal, str] = {}
    if tokens:
        named = ApiToken.objects.filter(pk__in=tokens).values_list("pk", "name")
        found |= {("token", number): name for number, name in named}
    if users:
        people = User.objects.filter(pk__in=users).values_list("pk", "username")
        found |= {("user", number): name for number, name in people}
    return found
