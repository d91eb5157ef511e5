"""Points as lots: every earning is one, spending takes those that end first, what is given back returns to the same.

Source: docs/algorithms/points.md §1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hotel.core.words import _


class ShortOfPoints(ValueError):
    """More was asked for than may be spent.

    Attributes:
        missing: points.
    """

    def __init__(self, missing: int) -> None:
        super().__init__(_("%(missing)s points are missing.") % {"missing": missing})
        self.missing = missing


@dataclass(frozen=True)
class Lot:
    """One earning, as far as it is left.

    Attributes:
        id: of its row; breaks ties, the older first.
        left: points, never below zero.
        earned_on: business date of what it was earned by.
        usable_from: first day it may be spent on.
        expires_on: last day it may be spent on, in the programme's zone; None for ever.
    """

    id: int
    left: int
    earned_on: date
    usable_from: date
    expires_on: date | None = None

    def is_usable(self, on: date) -> bool:
        """Whether it may be spent on this day."""
        return self.left > 0 and self.usable_from <= on and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        """Whether its last day has gone."""
        return self.expires_on is not None and self.expires_on < on


@dataclass(frozen=True)
class Take:
    """Points out of one lot, or back into it."""

    lot_id: int
    points: int


@dataclass(frozen=True)
class Balance:
    """What a member has on a day.

    Attributes:
        usable: may be spent.
        pending: earned, not to be spent yet.
        debt: owed to the programme; new points pay it first.
    """

    usable: int
    pending: int
    debt: int = 0

    @property
    def total(self) -> int:
        """What a statement ends with; below zero while more is owed than there is."""
        return self.usable + self.pending - self.debt


def balance(lots: Iterable[Lot], *, on: date, debt: int = 0) -> Balance:
    """The balance of a member on a day; what is over but not yet booked out counts no more."""
    alive = [lot for lot in lots if not lot.is_over(on)]
    usable = sum(lot.left for lot in alive if lot.is_usable(on))
    return Balance(usable, sum(lot.left for lot in alive) - usable, debt)


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """As they are spent: who ends first, then who was earned first."""
    return sorted(lots, key=lambda lot: (lot.expires_on or date.max, lot.earned_on, lot.id))


def spend(lots: Iterable[Lot], points: int, *, on: date) -> tuple[Take, ...]:
    """Which lots give how much.

    Args:
        lots: of one member.
        points: above zero.
        on: the day in the programme's zone.

    Returns:
        One take for each lot touched, in order; they sum to ``points``.

    Raises:
        ShortOfPoints: fewer may be spent on this day.
        ValueError: nothing was asked for.
    """
    if points <= 0:
        raise ValueError("Points to spend are above zero.")
    takes = _drawn(_offers(lot for lot in lots if lot.is_usable(on)), points)
    if missing := points - sum(take.points for take in takes):
        raise ShortOfPoints(missing)
    return takes


def give_back(taken: Sequence[Take], points: int, *, paid_before: int = 0, paid: int = 0) -> tuple[Take, ...]:
    """Which lots get points back, of those that gave them: what was taken last returns first, as if never spent.

    Args:
        taken: what the lots gave and have not got back yet, in the order of the spending.
        points: above zero, at most what was taken and has not come back.
        paid_before: points of ``taken`` that came back before and paid a debt.
        paid: those of ``points`` that pay one now, the first to return.

    Raises:
        ValueError: more than was taken, or nothing.
    """
    if not 0 < points <= sum(take.points for take in taken) - paid_before:
        raise ValueError("Only points that were taken can go back.")
    gone = {take.lot_id: take.points for take in _drawn(reversed(taken), paid_before + paid)}
    rest = (Take(take.lot_id, take.points - gone.get(take.lot_id, 0)) for take in reversed(taken))
    return _drawn(rest, points - paid)


@dataclass(frozen=True)
class ClawBack:
    """What a correction takes: out of lots, and what the member owes since it was spent."""

    takes: tuple[Take, ...]
    debt: int


def claw_back(lot: Lot, others: Iterable[Lot], points: int) -> ClawBack:
    """Take back what should not have been earned: from that very lot, then from the others, the rest is owed.

    Points that may not be spent yet are taken as well: they belong to the member no less.

    Args:
        lot: what the correction is of.
        others: the member's other lots.
        points: above zero.
    """
    rest = _offers(other for other in others if other.id != lot.id)
    takes = _drawn((Take(lot.id, lot.left), *rest), points)
    return ClawBack(takes, points - sum(take.points for take in takes))


def settled(earned: int, debt: int) -> tuple[int, int]:
    """What of new points pays a debt, and what is left of them for the member."""
    paid = min(earned, debt)
    return paid, earned - paid


def _offers(lots: Iterable[Lot]) -> list[Take]:
    return [Take(lot.id, lot.left) for lot in in_order(lots)]


def _drawn(offers: Iterable[Take], points: int) -> tuple[Take, ...]:
    """So many points out of offers in their order, or as many as they have; who gives none is left out."""
    drawn, rest = [], points
    for offer in offers:
        if part := min(offer.points, rest):
            drawn.append(Take(offer.lot_id, part))
            rest -= part
    return tuple(drawn)
