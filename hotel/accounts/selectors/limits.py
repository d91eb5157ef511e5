"""What a person may approve alone at a property."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.accounts.choices import LimitKind
from hotel.accounts.models import Role, RoleLimit
from hotel.accounts.selectors.assignments import assignments_now
from hotel.core.money import zero
from hotel.properties.models import Property
from hotel.properties.scoping import sees_everything


@dataclass(frozen=True)
class ApprovalLimits:
    """The most generous limits over the roles held at a property.

    Attributes:
        max_discount_rate: share of a price that may be let off, 0–1.
        max_rebate: largest rebate, property currency; None is without limit, zero is none at all.
        max_refund: the same for refunds.
        can_override_rate: whether a price may be set by hand.
    """

    max_discount_rate: Decimal
    max_rebate: Money | None
    max_refund: Money | None
    can_override_rate: bool

    def covers(self, other: "ApprovalLimits") -> bool:
        """Whether these limits are at least as generous in every respect."""
        return (
            self.max_discount_rate >= other.max_discount_rate
            and self.can_override_rate >= other.can_override_rate
            and _covers(self.max_rebate, other.max_rebate)
            and _covers(self.max_refund, other.max_refund)
        )


UNLIMITED = ApprovalLimits(Decimal(1), None, None, True)


def approval_limits(user: Any, property_id: int) -> ApprovalLimits:
    """What the person may approve alone at the property now.

    Amounts count only in the property's own currency. Without a role there: nothing. A superuser: anything.
    Four queries.

    Raises:
        Property.DoesNotExist: no such property.
    """
    if sees_everything(user):
        return UNLIMITED
    place = Property.objects.get(pk=property_id)
    return limits_of([assignment.role for assignment in assignments_now(user, place)], str(place.currency))


def limits_of(roles: list[Role], currency: str) -> ApprovalLimits:
    """The most generous limits of some roles in one currency."""
    return ApprovalLimits(
        max_discount_rate=max((role.max_discount_rate for role in roles), default=Decimal(0)),
        max_rebate=_largest(roles, LimitKind.REBATE, currency),
        max_refund=_largest(roles, LimitKind.REFUND, currency),
        can_override_rate=any(role.can_override_rate for role in roles),
    )


def _largest(roles: list[Role], kind: LimitKind, currency: str) -> Money:
    rows = RoleLimit.objects.filter(role__in=roles, kind=kind, amount_currency=currency)
    amounts: list[Money] = [row.amount for row in rows]
    return max(amounts, default=zero(currency))


def _covers(mine: Money | None, other: Money | None) -> bool:
    return mine is None or (other is not None and mine >= other)
