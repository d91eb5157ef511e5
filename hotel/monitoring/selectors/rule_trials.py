"""A stored limit in words, and what it would have refused lately by what is known of it; nothing is written."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import QuerySet

from hotel.core.clock import now
from hotel.monitoring.choices import Scope
from hotel.monitoring.domain.rule_words import LimitTerms
from hotel.monitoring.models import ApiUsage, RateLimit
from hotel.monitoring.selectors.preview import LimitedClient, limited_of, series_of
from hotel.monitoring.selectors.rules import rule_of
from hotel.properties.models import Property

MOST = 50
PLAIN = (
    "scope", "action", "rate", "period_seconds", "burst", "cost", "is_anonymous", "network", "area", "operation",
    "method", "valid_from", "valid_until", "is_active", "is_floor",
)  # fmt: skip


@dataclass(frozen=True)
class LimitTried:
    """What a limit would have done.

    Attributes:
        requests: those it is for.
        refused: of these, as well as counts by the minute can tell.
        clients: those it is for, the most refused first; at most ``MOST``. Of a limit on each hotel the hotels.
        is_known: False where it asks for addresses, which are not recorded: then nothing is counted.
    """

    requests: int
    refused: int
    clients: list[LimitedClient]
    is_known: bool = True


def limit_terms(row: RateLimit) -> LimitTerms:
    """A limit as ``domain.rule_words`` reads it, with the names of whom it is for; four queries at most."""
    who = ""
    if row.token is not None:
        who = f"the token {row.token.name}"
    elif row.user is not None:
        who = str(row.user.username)
    elif row.role is not None:
        who = f"each person with the role {row.role.name}"
    elif row.plan is not None:
        who = f"each token of the plan {row.plan.name}"
    place = row.property.name if row.property is not None else ""
    return LimitTerms(who=who, place=place, **{name: getattr(row, name) for name in PLAIN})


def limit_tried(row: RateLimit, rows: QuerySet[ApiUsage], hours: int) -> LimitTried:
    """A limit alone on the requests of the last hours, as if nothing else had limited them; six queries at most.

    Validity and whether it is switched on do not matter. Callers who are not signed in count as one, because
    addresses are not recorded.

    Args:
        row: the limit.
        rows: the usage the asker may see.
        hours: back from now; minutes are kept for two weeks.
    """
    if row.network:
        return LimitTried(0, 0, [], is_known=False)
    end = now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    if row.property_id is not None:
        rows = rows.filter(property_id=row.property_id)
    is_by_place = row.scope == Scope.PROPERTY
    if is_by_place:
        rows = rows.exclude(property_id=None)
    by = "property" if is_by_place else "client"
    rule = rule_of(row)
    clients = limited_of(series_of(rows, rule, end - timedelta(hours=hours), end, by=by), rule)
    if is_by_place:
        names = dict(
            Property.objects.filter(pk__in=[one.client_id for one in clients]).values_list("pk", "name")
        )
        clients = [replace(one, client_name=names.get(one.client_id, "")) for one in clients]
    clients.sort(key=lambda one: (-one.refused, -one.requests, one.client_kind, one.client_id))
    return LimitTried(
        sum(one.requests for one in clients), sum(one.refused for one in clients), clients[:MOST]
    )
