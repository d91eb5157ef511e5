"""What a reward costs in points on a day: a base, moved by demand, season, tier and stock, between floor and ceiling.

Source: docs/algorithms/points.md §5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Step:
    """From this share of 0 to 1 on, the price is times ``factor``."""

    share: Decimal
    factor: Decimal


@dataclass(frozen=True)
class RewardPrice:
    """How a reward is priced.

    Attributes:
        base: points.
        floor, ceiling: points, inclusive; the last word.
        demand: by the share of rooms sold in the dearest night; ascending shares.
        stock: by the share of the stock that is gone; ascending shares.
        to: the price is a multiple of so many points.
    """

    base: int
    floor: int
    ceiling: int
    demand: Sequence[Step] = ()
    stock: Sequence[Step] = ()
    to: int = 1


@dataclass(frozen=True)
class Priced:
    """A price with the way to it: each line a reason and the points after it."""

    points: int
    because: tuple[tuple[str, int], ...]


def priced(
    price: RewardPrice,
    *,
    sold: Decimal | None = None,
    gone: Decimal | None = None,
    season: tuple[str, Decimal] | None = None,
    tier: tuple[str, Decimal] | None = None,
) -> Priced:
    """The price of one unit.

    Args:
        price: of the reward.
        sold: share of rooms sold in the dearest night, 0 to 1 and above when oversold; None for what has no night.
        gone: share of the stock that is held or redeemed, 0 to 1; None for what has no end.
        season: name and factor of the season of the first night.
        tier: name and factor of the member's tier.
    """
    factors = [
        ("demand", _factor(price.demand, sold)),
        ("stock", _factor(price.stock, gone)),
        *([(f"season {season[0]}", season[1])] if season else []),
        *([(f"tier {tier[0]}", tier[1])] if tier else []),
    ]
    exact, lines = Decimal(price.base), [("base", price.base)]
    for name, factor in factors:
        if factor != 1:
            exact *= factor
            lines.append((f"{name} × {factor.normalize():f}", _whole(exact)))
    points = _whole(exact / price.to) * price.to
    if points != lines[-1][1]:
        lines.append((f"in steps of {price.to}", points))
    bounded = min(max(points, price.floor), price.ceiling)
    if bounded != points:
        lines.append(("at least" if bounded > points else "at most", bounded))
    return Priced(bounded, tuple(lines))


def _factor(steps: Sequence[Step], share: Decimal | None) -> Decimal:
    if share is None:
        return Decimal(1)
    return next((step.factor for step in reversed(steps) if share >= step.share), Decimal(1))


def _whole(points: Decimal) -> int:
    return int(points.quantize(Decimal(1), rounding=ROUND_HALF_UP))
