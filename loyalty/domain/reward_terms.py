"""The terms of a reward's price as managers write them down: steps of demand and stock, seasons, factors of tiers.

They are kept as JSON; what nobody could price by is refused when it is written. Source: docs/algorithms/points.md §5.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from hotel.core.words import _
from loyalty.domain.reward_prices import Step

MOST_FACTOR = Decimal(10)
MOST_SHARE = Decimal(2)  # of rooms: a house may be oversold
LEAP_YEAR = 2000  # has every day that a season may begin or end on


class TermsInvalid(ValueError):
    """Nobody could price by this.

    Attributes:
        name: of the term, such as ``seasons``.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name


@dataclass(frozen=True)
class Season:
    """Days of each year, inclusive, as (month, day); it may run over the end of the year."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    factor: Decimal

    def has(self, day: date) -> bool:
        """Whether a day is in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


def steps_read(name: str, rows: Any) -> tuple[Step, ...]:
    """Steps such as ``[{"from": "0.8", "factor": "1.5"}]``, shares ascending.

    Raises:
        TermsInvalid.
    """
    steps = tuple(
        Step(
            _number(name, row.get("from"), least=Decimal(0), most=MOST_SHARE),
            _factor(name, row.get("factor")),
        )
        for row in _rows(name, rows, {"from", "factor"})
    )
    if any(one.share >= other.share for one, other in pairwise(steps)):
        raise TermsInvalid(name, _("each step begins at a higher share than the one before it."))
    return steps


def seasons_read(rows: Any) -> tuple[Season, ...]:
    """Seasons such as ``[{"name": "summer", "first": "06-15", "last": "09-15", "factor": "1.15"}]``.

    Raises:
        TermsInvalid: also when two of them have a day in common.
    """
    keys = {"name", "first", "last", "factor"}
    found = tuple(
        Season(_name(row["name"]), _day(row["first"]), _day(row["last"]), _factor("seasons", row["factor"]))
        for row in _rows("seasons", rows, keys)
    )
    for nth, season in enumerate(found):
        for other in found[:nth]:
            edges = map(_in_leap_year, (season.first, season.last, other.first, other.last))
            if any(season.has(day) and other.has(day) for day in edges):
                raise TermsInvalid(
                    "seasons",
                    _("%(name)s and %(season)s have days in common.")
                    % {"name": other.name, "season": season.name},
                )
    return found


def tiers_read(factors: Any) -> dict[str, Decimal]:
    """Code of a tier to its factor, such as ``{"gold": "0.9"}``.

    Raises:
        TermsInvalid.
    """
    if not isinstance(factors, Mapping) or not all(isinstance(code, str) and code for code in factors):
        raise TermsInvalid("tier_factors", _("write the code of a tier and its factor."))
    return {code: _factor("tier_factors", factor) for code, factor in factors.items()}


def season_of(seasons: Sequence[Season], day: date) -> tuple[str, Decimal] | None:
    """Name and factor of the season that a day is in; None when it is in none."""
    return next(((season.name, season.factor) for season in seasons if season.has(day)), None)


def written(name: str, value: Any) -> Any:
    """A term as it is kept: checked, and its numbers as text, so that they stay what they were.

    Raises:
        TermsInvalid.
    """
    return _WRITTEN[name](value)


def _steps_written(name: str, rows: Any) -> list[dict[str, str]]:
    return [{"from": str(step.share), "factor": str(step.factor)} for step in steps_read(name, rows)]


def _seasons_written(rows: Any) -> list[dict[str, str]]:
    return [
        {
            "name": season.name,
            "first": "{:02}-{:02}".format(*season.first),
            "last": "{:02}-{:02}".format(*season.last),
            "factor": str(season.factor),
        }
        for season in seasons_read(rows)
    ]


_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "demand_steps": lambda rows: _steps_written("demand_steps", rows),
    "stock_steps": lambda rows: _steps_written("stock_steps", rows),
    "seasons": _seasons_written,
    "tier_factors": lambda factors: {code: str(factor) for code, factor in tiers_read(factors).items()},
}
TERMS = tuple(_WRITTEN)


def _rows(name: str, rows: Any, keys: set[str]) -> list[Mapping[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) and set(row) == keys for row in rows):
        raise TermsInvalid(
            name, _("write a list; each row has %(keys)s.") % {"keys": ", ".join(sorted(keys))}
        )
    return rows


def _number(name: str, value: Any, *, least: Decimal, most: Decimal) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not least <= number <= most:
        raise TermsInvalid(
            name,
            _("%(value)s is no number from %(least)s to %(most)s.")
            % {"value": value, "least": least, "most": most},
        )
    return number


def _factor(name: str, value: Any) -> Decimal:
    factor = _number(name, value, least=Decimal(0), most=MOST_FACTOR)
    if factor == 0:
        raise TermsInvalid(name, _("a factor is above zero."))
    return factor


def _name(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 40:
        raise TermsInvalid("seasons", _("a season has a name of up to 40 letters."))
    return value.strip()


def _day(value: Any) -> tuple[int, int]:
    try:
        found = date.fromisoformat(f"{LEAP_YEAR}-{value}")
    except ValueError as error:
        raise TermsInvalid("seasons", _("%(value)s is no day such as 06-15.") % {"value": value}) from error
    return found.month, found.day


def _in_leap_year(day: tuple[int, int]) -> date:
    return date(LEAP_YEAR, *day)
