"""Whom a rule would have limited, by what is known of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from hotel.accounts.models import ApiToken, User
from hotel.monitoring.choices import Action, ClientKind, Grain
from hotel.monitoring.domain.gcra import refused_of
from hotel.monitoring.domain.matching import Asked, Principal, Rule, points_of
from hotel.monitoring.models import ApiUsage
from hotel.monitoring.selectors.operations import areas_by_operation

# (kind, id) of a client to minute to (requests, points).
Counted = dict[Principal, dict[int, tuple[int, int]]]


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
    counted = series_of(rows, rule, start, start + timedelta(days=1))
    limited = [one for one in limited_of(counted, rule) if one.refused]
    return sorted(limited, key=lambda one: (-one.refused, one.client_kind, one.client_id))


def series_of(
    rows: QuerySet[ApiUsage], rule: Rule, start: datetime, end: datetime, *, by: str = "client"
) -> Counted:
    """Requests and their points by client and minute since the start, of those the rule is for; one query.

    Args:
        rows: the usage to be looked at.
        rule: its scope and network are not regarded.
        start: a full minute of UTC; minutes are kept for two weeks.
        end: not included.
        by: ``client``, or ``property``: those about one hotel together, as the client ``("property", id)``.
    """
    minutes = (
        rows.filter(grain=Grain.MINUTE, started_at__gte=start, started_at__lt=end)
        .order_by("started_at")
        .values_list("client_kind", "client_id", "operation", "started_at", "property_id")
        .annotate(times=Sum("count"))
    )
    areas = areas_by_operation()
    counted: Counted = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    for kind, number, operation, at, place, times in minutes:
        asked = Asked(operation=operation, area=areas.get(operation, ""), principal=(kind, number))
        if _is_for(rule, asked):
            subject = asked.principal if by == "client" else ("property", place or 0)
            minute = int((at - start).total_seconds() // 60)
            before, points = counted[subject][minute]
            counted[subject][minute] = (before + times, points + times * points_of(asked))
    return counted


def limited_of(counted: Counted, rule: Rule) -> list[LimitedClient]:
    """What the rule would have done to each client, counted by itself; two queries for the names at most.

    Of dear and plain requests together as large a part is refused as of their points.
    """
    names = names_of(counted)
    found = []
    for principal, series in counted.items():
        requests, points = (sum(both) for both in zip(*series.values(), strict=True))
        by_minute = sorted((minute, both[1]) for minute, both in series.items())
        over = refused_of(by_minute, rule.quota, rule.cost)
        refused = requests if rule.action == Action.BLOCK else round(over * requests / points)
        found.append(LimitedClient(*principal, names.get(principal, ""), requests, refused))
    return found


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
