"""A posting's amounts cut into parts that add up to it, to the minor unit.

Source: docs/algorithms/folios.md, "Rounding". The gross amounts are cut first, then each tax by them; what is left of
a part is its net amount. So gross, each tax and net all add up to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from moneyed import Money

from hotel.core.money import allocate, zero


@dataclass(frozen=True, slots=True)
class TaxPart:
    """The base and the amount of one tax."""

    base: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one posting is made of: gross = net + Σ taxes, all on the minor unit; taxes in order of its rules."""

    net: Money
    taxes: tuple[TaxPart, ...]

    @property
    def gross(self) -> Money:
        """Taxes inside."""
        return sum((tax.amount for tax in self.taxes), self.net)

    def __neg__(self) -> "Amounts":
        """What takes it back."""
        return Amounts(-self.net, tuple(TaxPart(-tax.base, -tax.amount) for tax in self.taxes))


def cut(whole: Amounts, weights: Sequence[Decimal | int]) -> list[Amounts]:
    """Split by weights.

    Args:
        whole: any sign.
        weights: one per part, each ≥ 0, not all 0.

    Returns:
        One per weight, in order; together the whole, in gross, net and each tax.

    Raises:
        ValueError: no weights, a negative one, or none above zero.
    """
    return cut_by_gross(whole, allocate(whole.gross, weights))


def cut_by_gross(whole: Amounts, grosses: Sequence[Money]) -> list[Amounts]:
    """Split so that the parts have these gross amounts; what they have to do with one another is the caller's.

    Args:
        whole: its gross amount is the sum of ``grosses``.
        grosses: each of the whole's sign, or zero.

    Raises:
        ValueError: they do not add up, or differ in sign.
    """
    if sum(grosses, zero(whole.net.currency.code)) != whole.gross:
        raise ValueError("the parts do not add up to the whole")
    weights = [part.amount if whole.gross.amount >= 0 else -part.amount for part in grosses]
    if not any(weights):
        weights = [Decimal(1), *[Decimal(0)] * (len(grosses) - 1)]
    taxes = [
        list(map(TaxPart, allocate(tax.base, weights), allocate(tax.amount, weights))) for tax in whole.taxes
    ]
    parts = []
    for index, gross in enumerate(grosses):
        mine = tuple(parts_of[index] for parts_of in taxes)
        parts.append(Amounts(sum((-tax.amount for tax in mine), gross), mine))
    return parts


def share(whole: Amounts, gross: Money) -> Amounts:
    """The amounts of an adjustment by ``gross`` in proportion to what is adjusted.

    Args:
        whole: what is adjusted; not zero.
        gross: of the adjustment, no larger than the whole; of either sign.
    """
    size, sign = abs(gross.amount), 1 if (gross.amount < 0) == (whole.gross.amount < 0) else -1
    rest = abs(whole.gross.amount) - size
    part, _ = cut(whole, [size, rest])
    return part if sign > 0 else -part


def less(whole: Amounts, parts: Sequence[Amounts]) -> Amounts:
    """What is left when parts with the same taxes are taken off."""
    net, taxes = whole.net, list(whole.taxes)
    for part in parts:
        net -= part.net
        taxes = [
            TaxPart(tax.base - mine.base, tax.amount - mine.amount)
            for tax, mine in zip(taxes, part.taxes, strict=True)
        ]
    return Amounts(net, tuple(taxes))
