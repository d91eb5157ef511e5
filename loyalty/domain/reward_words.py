"""Prices of rewards in plain words, as managers read them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from loyalty.domain.reward_prices import RewardPrice
from loyalty.domain.reward_terms import Season

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def price_in_words(
    price: RewardPrice, *, seasons: Sequence[Season] = (), tiers: Mapping[str, Decimal] | None = None
) -> str:
    """One sentence, such as: 10,000 points; from 80 % of rooms sold × 1.5; at least 8,000 and at most 18,000."""
    parts = [f"{price.base:,} points"]
    parts += [f"from {_percent(step.share)} of rooms sold × {_short(step.factor)}" for step in price.demand]
    parts += [
        f"from {_percent(step.share)} of the stock gone × {_short(step.factor)}" for step in price.stock
    ]
    parts += [
        f"{season.name} ({_day(season.first)} to {_day(season.last)}) × {_short(season.factor)}"
        for season in seasons
    ]
    parts += [f"{code} × {_short(factor)}" for code, factor in (tiers or {}).items()]
    if price.to > 1:
        parts.append(f"in steps of {price.to:,}")
    if (price.floor, price.ceiling) != (price.base, price.base):
        parts.append(f"at least {price.floor:,} and at most {price.ceiling:,}")
    return f"{'; '.join(parts)}."


def _percent(share: Decimal) -> str:
    return f"{_short(share * 100)} %"


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _day(day: tuple[int, int]) -> str:
    return f"{day[1]} {MONTHS[day[0] - 1]}"
