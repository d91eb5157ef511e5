"""Open items of a debtor: how old they are, what pays them, when to remind.

Source: docs/algorithms/invoicing.md, "City ledger".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
BUCKETS = (30, 60, 90, 120)  # days overdue, inclusive; the last bucket has no end
REMINDER_DAYS = (7, 21, 45)  # days overdue from which the levels 1, 2 and 3 are sent


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What is left of one entry of a debtor's account.

    Attributes:
        due_on: the last business day of payment.
        open: above zero for what he owes, below for what he paid and is on no item yet.
    """

    entry_id: int
    day: date
    due_on: date
    open: Decimal


@dataclass(frozen=True, slots=True)
class Aging:
    """What a debtor owes by days overdue; the parts and ``unallocated`` (below zero) are the balance."""

    current: Decimal
    days_30: Decimal
    days_60: Decimal
    days_90: Decimal
    days_120: Decimal
    older: Decimal
    unallocated: Decimal

    @property
    def overdue(self) -> Decimal:
        """Everything past its due day."""
        return self.days_30 + self.days_60 + self.days_90 + self.days_120 + self.older

    @property
    def balance(self) -> Decimal:
        """What the ledger says."""
        return self.current + self.overdue + self.unallocated

    def texts(self, places: int) -> dict[str, str]:
        """Every part, ``overdue`` and ``balance`` as texts with so many decimal places."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        parts |= {"overdue": self.overdue, "balance": self.balance}
        return {name: f"{amount:.{places}f}" for name, amount in parts.items()}


def aging(items: Iterable[OpenItem], day: date) -> Aging:
    """Sort what is open by days overdue on a business day; due today is not overdue."""
    sums = [ZERO] * (len(BUCKETS) + 2)
    credit = ZERO
    for item in items:
        if item.open < 0:
            credit += item.open
            continue
        overdue = (day - item.due_on).days
        place = 0 if overdue <= 0 else 1 + sum(overdue > limit for limit in BUCKETS)
        sums[place] += item.open
    return Aging(*sums, unallocated=credit)


def matches(items: Sequence[OpenItem]) -> list[tuple[int, int, Decimal]]:
    """Let payments pay items, the oldest first.

    Returns:
        (item, payment, amount > 0) in order; no item is paid above what is open, no payment spends more than it has.
    """
    owed = [(item.entry_id, item.open) for item in _ordered(items) if item.open > 0]
    found: list[tuple[int, int, Decimal]] = []
    for credit in (item for item in _ordered(items) if item.open < 0):
        left = -credit.open
        while left and owed:
            entry_id, open_amount = owed[0]
            part = min(left, open_amount)
            found.append((entry_id, credit.entry_id, part))
            left -= part
            owed[:1] = [(entry_id, open_amount - part)] if open_amount > part else []
    return found


def reminder_level(items: Iterable[OpenItem], day: date) -> int:
    """The level of the reminder that is due, by the item that is overdue for longest; 0 for none."""
    overdue = max(((day - item.due_on).days for item in items if item.open > 0), default=0)
    return sum(overdue >= days for days in REMINDER_DAYS)


def _ordered(items: Iterable[OpenItem]) -> list[OpenItem]:
    return sorted(items, key=lambda item: (item.due_on, item.entry_id))
