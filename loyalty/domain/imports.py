"""Members of another system as lines of a table: what each says, or which column cannot be read and why.

Columns: ``number``, ``name`` ("Anna Moser" or "Moser, Anna") or ``first_name`` and ``last_name``, ``email``, ``phone``,
``birthday``, ``enrolled_on``, ``tier`` (its code or name), ``points``, ``points_expire_on``, ``lifetime_nights``.
Days are 2027-03-14 or 14.03.2027, whole numbers may have separators and an empty decimal part: 1,250 or 1.250,00.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from hotel.core.words import _

COLUMNS = (
    "number", "name", "first_name", "last_name", "email", "phone", "birthday", "enrolled_on", "tier", "points",
    "points_expire_on", "lifetime_nights",
)  # fmt: skip
LONGEST = {"number": 24, "first_name": 80, "last_name": 80, "email": 254, "phone": 40, "tier": 80}
MOST_POINTS, MOST_NIGHTS = 100_000_000, 100_000
_WHOLE = re.compile(r"(\d{1,3}(?:[., ]\d{3})+|\d+)(?:[.,]0{1,2})?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Unreadable(ValueError):
    """What a line says cannot be taken.

    Attributes:
        column: which; empty for the line as a whole.
        reason: for people.
    """

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.reason = column, reason


@dataclass(frozen=True, kw_only=True)
class ToldMember:
    """What a line says; days are calendar days."""

    last_name: str
    first_name: str = ""
    number: str = ""
    email: str = ""
    phone: str = ""
    birthday: date | None = None
    enrolled_on: date | None = None
    tier: str = ""
    points: int = 0
    points_expire_on: date | None = None
    lifetime_nights: int = 0

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Back from ``plain``."""
        days = {name: date.fromisoformat(plain[name]) for name in _DAYS if plain[name]}
        return cls(**{**plain, **days})


_DAYS = ("birthday", "enrolled_on", "points_expire_on")


def header_errors(header: list[str]) -> list[str]:
    """What is wrong with a header, in sentences."""
    expected = _("Expected are %(columns)s.") % {"columns": ", ".join(COLUMNS)}
    unknown = [name for name in header if name not in COLUMNS]
    wrong = (
        [
            _("The column %(unknown)r is not known. %(expected)s")
            % {"unknown": unknown[0], "expected": expected}
        ]
        if unknown
        else []
    )
    twice = sorted({name for name in header if header.count(name) > 1})
    wrong += [_("The column %(name)r comes twice.") % {"name": name} for name in twice]
    if not {"name", "last_name"} & set(header):
        wrong.append(_("There is no column 'name' or 'last_name'. %(expected)s") % {"expected": expected})
    return wrong


def told_member(cells: Mapping[str, Any]) -> ToldMember:
    """Read one line.

    Args:
        cells: column to text, or to what a workbook holds.

    Raises:
        Unreadable: a column cannot be read, or the name is missing.
    """
    found: dict[str, Any] = {
        name: read(name, value) for name, read in _READERS.items() if (value := _text(cells.get(name))) != ""
    }
    full = found.pop("name", "")
    if full and "last_name" not in found:
        found["first_name"], found["last_name"] = _split(full)
    if not found.get("last_name"):
        raise Unreadable("name", _("A member needs a name."))
    return ToldMember(**found)


def _text(value: Any) -> Any:
    """A workbook's midnight is a day, its whole float a whole number."""
    if isinstance(value, datetime):
        return value.date()
    return "" if value is None else value if isinstance(value, date) else str(value).strip()


def _words(name: str, value: Any) -> str:
    text = str(value)
    if len(text) > LONGEST.get(name, 160):
        raise Unreadable(name, _("Longer than %(get)s characters.") % {"get": LONGEST.get(name, 160)})
    return text


def _whole(most: int) -> Callable[[str, Any], int]:
    def read(name: str, value: Any) -> int:
        found = _WHOLE.fullmatch(str(value))
        number = int(re.sub(r"\D", "", found.group(1))) if found else -1
        if not 0 <= number <= most:
            raise Unreadable(
                name,
                _("%(value)s is no whole number from 0 to %(most)s.")
                % {"value": str(value)[:40], "most": f"{most:,}"},
            )
        return number

    return read


def _day(name: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    parts = _DAY.fullmatch(value)
    try:
        return date(*map(int, reversed(parts.groups()))) if parts else date.fromisoformat(value)
    except ValueError as error:
        raise Unreadable(
            name, _("%(value)s is no day such as 2027-03-14 or 14.03.2027.") % {"value": value[:40]}
        ) from error


def _split(full: str) -> tuple[str, str]:
    """First and last name."""
    last, comma, first = full.partition(",")
    if not comma:
        first, _, last = full.rpartition(" ")
    return first.strip(), last.strip()


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(("number", "name", "first_name", "last_name", "email", "phone", "tier"), _words),
    **dict.fromkeys(_DAYS, _day),
    "points": _whole(MOST_POINTS),
    "lifetime_nights": _whole(MOST_NIGHTS),
}
