"""A member's points explained lot by lot, and his account over a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from loyalty.domain import lots
from loyalty.models import LoyaltyMember, PointLot, PointTransaction
from loyalty.selectors.pools import taken_by_pool
from loyalty.selectors.terms import today_of


@dataclass(frozen=True)
class LotExplained:
    """A part of a balance.

    Attributes:
        points: what is left of it.
        because: what it was earned by, in words.
        is_usable: whether it may be spent today.
    """

    lot_id: int
    points: int
    earned: int
    because: str
    earned_on: date
    usable_from: date
    expires_on: date | None
    is_usable: bool


@dataclass(frozen=True)
class BalanceExplained:
    """A balance and its parts: what the lots have left, less the debt, is the total.

    Attributes:
        on: day in the programme's zone.
        total: usable + pending − debt.
        taken_by_pool: points of the member that others of his pools spent, less what went back.
        ending: points of the lot that ends next, when one does.
    """

    on: date
    total: int
    usable: int
    pending: int
    debt: int
    lots: list[LotExplained]
    taken_by_pool: int

    @property
    def ending(self) -> LotExplained | None:
        """The part that ends first, of those that end."""
        return next((lot for lot in self.lots if lot.expires_on is not None), None)


def balance_explained(member: LoyaltyMember) -> BalanceExplained:
    """A member's balance today, lot by lot in the order they would be spent. Two queries."""
    on = today_of(member.program)
    rows = PointLot.objects.with_points().filter(member=member).select_related("transaction")
    parts = [
        (row, lots.Lot(row.pk, row.left, row.earned_on, row.usable_from, row.expires_on)) for row in rows
    ]
    found = lots.balance([lot for _, lot in parts], on=on, debt=member.debt)
    return BalanceExplained(
        on=on,
        total=found.total,
        usable=found.usable,
        pending=found.pending,
        debt=found.debt,
        lots=[
            LotExplained(
                lot_id=row.pk,
                points=row.left,
                earned=row.points,
                because=row.transaction.because,
                earned_on=row.earned_on,
                usable_from=row.usable_from,
                expires_on=row.expires_on,
                is_usable=lot.is_usable(on),
            )
            for row, lot in parts
            if not lot.is_over(on)
        ],
        taken_by_pool=taken_by_pool(member),
    )


@dataclass(frozen=True)
class Statement:
    """A member's account from a business date to another, inclusive.

    Attributes:
        opening, closing: points before the first and after the last day.
        rows: what came and went, in order.
    """

    since: date
    until: date
    opening: int
    closing: int
    rows: QuerySet[PointTransaction, Any]


def statement(member: LoyaltyMember, since: date, until: date) -> Statement:
    """A member's account over a time; at most one year of rows is meant. Two queries, and one for the rows."""
    own = PointTransaction.objects.filter(member=member)
    opening = own.filter(business_date__lt=since).aggregate(Sum("points"))["points__sum"] or 0
    within = own.filter(business_date__range=(since, until))
    moved = within.aggregate(Sum("points"))["points__sum"] or 0
    rows = within.select_related("property", "rule").order_by("business_date", "pk")
    return Statement(since, until, opening, opening + moved, rows)
