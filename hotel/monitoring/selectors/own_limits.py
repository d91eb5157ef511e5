"""Which rules hold for one caller."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from hotel.monitoring.choices import Scope
from hotel.monitoring.domain.matching import ANONYMOUS, Principal
from hotel.monitoring.models import RateLimit
from hotel.monitoring.selectors.rules import rules_read


def rules_of(principal: Principal, at: datetime) -> QuerySet[RateLimit]:
    """The active rules that can hold for a caller, in their order; of others he learns nothing."""
    ids = [
        rule.id
        for rule in rules_read().rules
        if (rule.scope != Scope.CLIENT or _names(rule.principals, rule.is_anonymous, principal))
        and (rule.valid_until is None or at < rule.valid_until)
    ]
    return RateLimit.objects.filter(pk__in=ids).order_by("priority", "pk")


def _names(principals: Iterable[Principal] | None, is_anonymous: bool, principal: Principal) -> bool:
    if is_anonymous:
        return principal == ANONYMOUS
    return principals is None or principal in principals
