"""The price of one night: which row counts, who pays what, derivation, rounding, discounts.

Source: docs/algorithms/pricing.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hotel.core.words import _
from hotel.rates.domain.parties import Party
from hotel.rates.domain.terms import ONE, ZERO, ChildTerms, Discount, PlanTerms, PriceRow, TypeTerms

ROUNDING = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_CEILING,
    "down": ROUND_FLOOR,
}


class DerivationCycle(ValueError):
    """A plan would be derived from itself."""


@dataclass(frozen=True, slots=True)
class Level:
    """The price at one plan of a chain.

    Attributes:
        carried: within floor and ceiling but unrounded; what children are derived from.
        shown: rounded, then within floor and ceiling; what is sold.
    """

    carried: Decimal
    shown: Decimal


def row_for(rows: Iterable[PriceRow], night: date) -> PriceRow | None:
    """The row that counts on a night: the most specific one.

    Order: dated before season before always; then the shorter range; then fewer weekdays; then the later
    start; then the newer row. None when no row covers the night.
    """
    return max((row for row in rows if row.covers(night)), key=_specificity, default=None)


def _specificity(row: PriceRow) -> tuple[int, int, int, date, int]:
    return (row.level, -(row.end - row.start).days, -row.weekdays.bit_count(), row.start, row.id)


def party_price(row: PriceRow, room_type: TypeTerms, party: Party) -> Decimal:
    """What the party pays for a night by the row, unrounded.

    Adults: the amount for exactly so many when there is one; else the single amount for one adult; else
    the row's amount, plus the extra adult amount for each beyond the type's standard occupancy. Children add
    what their band says; children never fill an adult's place. What has no amount adds nothing.
    """
    adults = adults_price(row, room_type, party.adults)
    per_adult = row.amount / max(room_type.standard_occupancy, 1)
    children = (
        child_price(row.by_child[band], per_adult) * count
        for band, count in party.children
        if band in row.by_child
    )
    return adults + sum(children, ZERO)


def adults_price(row: PriceRow, room_type: TypeTerms, adults: int) -> Decimal:
    """The adults' part of a night."""
    if adults in row.by_adults:
        return row.by_adults[adults]
    if adults == 1 and row.single is not None:
        return row.single
    extra = max(0, adults - room_type.standard_occupancy)
    return row.amount + extra * (row.extra_adult or ZERO)


def child_price(terms: ChildTerms, per_adult: Decimal) -> Decimal:
    """What one child adds; a share is one of ``per_adult``, the row's amount ÷ standard occupancy."""
    if terms.method == "amount":
        return terms.value
    return per_adult * terms.value if terms.method == "share" else ZERO


def to_step(amount: Decimal, step: Decimal, mode: str) -> Decimal:
    """Round to a multiple of the step."""
    return (amount / step).quantize(ONE, rounding=ROUNDING[mode]) * step


def within(amount: Decimal, floor: Decimal | None, ceiling: Decimal | None) -> Decimal:
    """Keep between floor and ceiling, and never below zero."""
    if ceiling is not None and amount > ceiling:
        amount = ceiling
    if floor is not None and amount < floor:
        amount = floor
    return max(amount, ZERO)


def level_of(exact: Decimal, plan: PlanTerms, quantum: Decimal) -> Level:
    """Round once and keep within floor and ceiling, at one plan."""
    shown = to_step(exact, plan.rounding_step or quantum, plan.rounding_mode)
    shown = within(shown, plan.floor, plan.ceiling).quantize(quantum, rounding=ROUND_HALF_UP)
    return Level(within(exact, plan.floor, plan.ceiling), shown)


def derive(parent: Level, plan: PlanTerms, quantum: Decimal) -> Level:
    """The price at a derived plan, from its parent's unrounded price."""
    exact = parent.carried * (ONE + (plan.offset_rate or ZERO)) + (plan.offset_amount or ZERO)
    return level_of(max(exact, ZERO), plan, quantum)


def chain_prices(exact: Decimal, chain: Sequence[PlanTerms], quantum: Decimal) -> list[Level]:
    """The price at each plan of a chain whose first plan owns the price; the last one is sold."""
    levels = [level_of(exact, chain[0], quantum)]
    for plan in chain[1:]:
        levels.append(derive(levels[-1], plan, quantum))
    return levels


def hours_paid(minutes: int, step: int, least: int | None) -> Decimal:
    """The hours that day use priced by the hour pays: started steps whole, and never fewer than the least.

    Args:
        minutes: how long it lasts; 0 when it is not told, for the least there is.
        step: minutes that count whole once started: a divisor of 60.
        least: hours paid in any case.
    """
    steps = max(-(-minutes // step), 1)
    return max(Decimal(steps * step) / 60, Decimal(least or 0))


def ancestry(plan_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """The plan and its parents upwards.

    Args:
        plan_id: where to begin.
        parents: every plan's parent.

    Raises:
        DerivationCycle: a plan comes twice.
    """
    found = [plan_id]
    while (parent := parents.get(found[-1])) is not None:
        if parent in found:
            raise DerivationCycle(_("The plans %(found)s would derive from one another.") % {"found": found})
        found.append(parent)
    return found


def discounted(
    price: Decimal, discounts: Sequence[Discount], max_rate: Decimal, quantum: Decimal
) -> tuple[Decimal, list[tuple[Discount, Decimal]]]:
    """Take discounts off a night, in the order given.

    Shares are of what is left, so two of 10 % are 19 %. One that may not be combined counts only when nothing
    was taken before it, and ends the row. Together they take at most ``max_rate`` of the price, and never more
    than it. Each is rounded half up to the minor unit, so that the parts add up.

    Returns:
        The price left, and what each discount took; those that took nothing are absent.
    """
    left = price
    taken: list[tuple[Discount, Decimal]] = []
    most = (price * max_rate).quantize(quantum, rounding=ROUND_FLOOR)
    for discount in discounts:
        if not discount.is_combinable and taken:
            continue
        exact = left * discount.rate + discount.amount
        off = min(exact.quantize(quantum, rounding=ROUND_HALF_UP), most - (price - left))
        if off > 0:
            taken.append((discount, off))
            left -= off
        if not discount.is_combinable:
            break
    return left, taken
