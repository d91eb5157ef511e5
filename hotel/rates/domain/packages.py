"""Package elements: on which nights they are charged, and how much.

Source: docs/algorithms/pricing.md, "Packages".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hotel.rates.domain.parties import Party
from hotel.rates.domain.taxes import spread
from hotel.rates.domain.terms import ZERO, ElementTerms, weekday_bit


@dataclass(frozen=True, slots=True)
class ElementCharge:
    """An element charged on a night; the amount is for the whole party, on the minor unit."""

    element: ElementTerms
    amount: Decimal


def is_charged(element: ElementTerms, night: date, index: int, count: int) -> bool:
    """Whether the element is charged on the night.

    Args:
        element: its rhythm decides.
        night: the night.
        index: of the night in the stay, from 0.
        count: nights of the stay.
    """
    match element.rhythm:
        case "once" | "arrival":
            return index == 0
        case "departure":
            return index == count - 1
        case "every_n_nights":
            return index % element.every_nights == 0
        case "weekdays":
            return bool(element.weekdays & weekday_bit(night))
    return True


def element_amount(element: ElementTerms, rate: Decimal, party: Party, quantum: Decimal) -> Decimal:
    """What the element costs the party on a night, rounded half up once."""
    is_share = element.basis == "share_of_rate"
    exact = rate * element.share if is_share else element.amount * quantity(element, party)
    return exact.quantize(quantum, rounding=ROUND_HALF_UP)


def quantity(element: ElementTerms, party: Party) -> int:
    """How many times the amount is charged."""
    if element.basis == "per_person":
        return party.size
    if element.basis == "per_adult":
        return party.adults
    if element.basis == "per_child":
        return dict(party.children).get(element.band, 0)
    return 1


def elements_charged(
    elements: Sequence[ElementTerms], rate: Decimal, party: Party, quantum: Decimal
) -> list[ElementCharge]:
    """The charges of a night's elements, in order; those of nothing are absent.

    Included elements never take more than the rate: when they would, the rate is spread over them by their
    amounts and the room itself is left with nothing.
    """
    charges = [ElementCharge(e, element_amount(e, rate, party, quantum)) for e in elements]
    inside = [charge.amount for charge in charges if charge.element.is_included]
    if sum(inside, ZERO) > rate:
        cut = iter(spread(rate, inside, quantum))
        charges = [
            ElementCharge(charge.element, next(cut)) if charge.element.is_included else charge
            for charge in charges
        ]
    return [charge for charge in charges if charge.amount]
