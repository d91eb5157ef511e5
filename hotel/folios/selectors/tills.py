"""What should be in a till."""

from collections.abc import Collection

from django.db.models import Sum
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.money import zero
from hotel.folios.choices import SessionStatus
from hotel.folios.models import CashierSession, CashMovement


def session_of(property_id: int, cashier: User) -> CashierSession | None:
    """The open till of a person at a property; None when there is none."""
    rows = CashierSession.objects.at(property_id).filter(cashier=cashier, status=SessionStatus.OPEN)
    return rows.first()


def tills_expected(session_ids: Collection[int]) -> dict[int, dict[str, Money]]:
    """What should be in each till, by session id and currency, currencies in alphabetical order. One query."""
    rows = (
        CashMovement.objects.filter(session__in=session_ids)
        .values("session_id", "currency")
        .annotate(sum=Sum("amount"))
        .order_by("session_id", "currency")
    )
    found: dict[int, dict[str, Money]] = {session_id: {} for session_id in session_ids}
    for row in rows:
        code = row["currency"]
        found[row["session_id"]][code] = zero(code) + Money(row["sum"], code)
    return found
