"""What outstanding points are worth to the hotel, and who pays whom when they are spent elsewhere.

Source: docs/algorithms/points.md §7.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Liability:
    """Of one property or programme on one day, in one currency.

    Attributes:
        points: outstanding, pending ones as well.
        gross: what they would cost if all were spent.
        breakage: the part that will never be spent, as the past says.
        net: gross without breakage; what the books show.
    """

    points: int
    gross: Decimal
    breakage: Decimal
    net: Decimal


def breakage_rate(*, ended: int, earned: int) -> Decimal:
    """The share of earned points that ended unspent, 0 to 1, of lots that are all over or spent; 0 without a past."""
    if earned <= 0:
        return Decimal(0)
    return (Decimal(ended) / earned).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def liability(points: int, *, cost: Decimal, breakage: Decimal, minor: Decimal) -> Liability:
    """What so many points are worth.

    Args:
        points: outstanding.
        cost: of one point, in the currency.
        breakage: share that is never spent, 0 to 1.
        minor: the currency's smallest amount, such as 0.01.
    """
    gross = (points * cost).quantize(minor, rounding=ROUND_HALF_UP)
    lost = (points * cost * breakage).quantize(minor, rounding=ROUND_HALF_UP)
    return Liability(points, gross, lost, gross - lost)


def settlement(burns: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Who owes whom: points that one property gave and another one served.

    Args:
        burns: the property that earned, the one that burned, points; below zero when given back.

    Returns:
        Pair of who owes and who gets to points above zero; opposite ones are set off, equal ones are absent.
    """
    net: dict[tuple[int, int], int] = {}
    for earned_at, burned_at, points in burns:
        if earned_at == burned_at:
            continue
        pair = (earned_at, burned_at) if earned_at < burned_at else (burned_at, earned_at)
        net[pair] = net.get(pair, 0) + (points if pair[0] == earned_at else -points)
    return {
        (pair if points > 0 else (pair[1], pair[0])): abs(points) for pair, points in net.items() if points
    }


def settled_amount(*, given: int, served: int, cost: Decimal, minor: Decimal) -> Decimal:
    """What a hotel owes another at the end of a month, or (below zero) gets; of both sides the amounts are opposite.

    Args:
        given: points of this hotel that the other one served.
        served: points of the other one that this hotel served.
        cost: of one point, in the currency.
        minor: the currency's smallest amount.
    """
    return ((given - served) * cost).quantize(minor, rounding=ROUND_HALF_UP)
