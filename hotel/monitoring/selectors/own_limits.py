"""Which rules hold for one caller."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from hotel.monitoring.choices import Scope
from hotel.monitoring.domain.matching import ANONYMOUS, Principal
from hotel.monitoring.models import RateLimit
from hotel.monitoring.selectors.rules import rules_read
from hotel.properties import tenancy


def rules_of(principal: Principal, at: datetime, places: tenancy.Scope) -> QuerySet[RateLimit]:
    """The active rules that can hold for a caller, in their order; of others he learns nothing.

    Args:
        principal: the caller.
        at: the moment.
        places: properties whose rules may be told him; those of the whole installation always are.
    """
    ids = [
        rule.id
        for rule in rules_read().rules
        if (rule.scope != Scope.CLIENT or _names(rule.principals, rule.is_anonymous, principal))
        and (rule.valid_until is None or at < rule.valid_until)
    ]
    rows = RateLimit.objects.filter(pk__in=ids).order_by("priority", "pk")
    if places is tenancy.EVERYTHING:
        return rows
    return rows.filter(Q(property=None) | Q(property__in=places))


def _names(principals: Iterable[Principal] | None, is_anonymous: bool, principal: Principal) -> bool:
    if is_anonymous:
        return principal == ANONYMOUS
    return principals is None or principal in principals
