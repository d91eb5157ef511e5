"""Rooms as lines of a sheet: what each column says, and what a line would change."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from hotel.core.sheet_cells import CellRefused, cell_words, codes_of, day_of, text_of, yes_of
from hotel.core.words import _

# Column to what is written in it, in order; ``status`` is told and never taken.
COLUMNS = {
    "number": "up to 16 signs",
    "type": "code of a room type; a room that is there keeps its own",
    "building": "code, or empty",
    "level": "floor of the building, 0 for the ground floor, or empty",
    "section": "code of a section of housekeeping, or empty",
    "features": "codes with commas between, or empty",
    "accessible": "yes or no",
    "smoking": "yes or no",
    "notes": "up to 2000 signs, or empty",
    "opened_on": "first night of a new room, or empty for today; a room that is there keeps its own",
    "status": "state of housekeeping; not read",
}
TAKEN = tuple(name for name in COLUMNS if name != "status")
FIXED = frozenset({"number", "type", "opened_on"})  # of a room that is there
MAX_NOTES = 2000
_LEVEL = re.compile(r"-?\d{1,3}\Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class RoomLine:
    """A room as a line tells it: codes, features in order; ``opened_on`` None for the business date."""

    number: str
    type: str
    building: str = ""
    level: int | None = None
    section: str = ""
    features: tuple[str, ...] = ()
    accessible: bool = False
    smoking: bool = False
    notes: str = ""
    opened_on: date | None = None

    def cells(self) -> list[Any]:
        """The cells of the line, in order of ``TAKEN``."""
        found: list[Any] = [getattr(self, name) for name in TAKEN]
        return [cell_words(one) if isinstance(one, bool | tuple) else one for one in found]


def room_line(cells: Mapping[str, Any]) -> tuple[RoomLine | None, list[str]]:
    """Read a line.

    Returns:
        The room, or None with every reason why it cannot be read, in order of the columns.
    """
    found, wrong = {}, []
    for name, read in _READERS.items():
        try:
            found[name] = read(cells.get(name))
        except CellRefused as reason:
            wrong.append(f"{name}: {reason}")
    if not wrong and found["level"] is not None and not found["building"]:
        wrong.append(_("level: a floor needs its building"))
    return (None, wrong) if wrong else (RoomLine(**found), [])


def differences(before: RoomLine, after: RoomLine) -> list[tuple[str, str, str]]:
    """What differs of a room that is there: column, old and new as words, – for nothing; in order of the columns."""
    return [
        (
            one.name,
            cell_words(getattr(before, one.name)) or "–",
            cell_words(getattr(after, one.name)) or "–",
        )
        for one in fields(RoomLine)
        if one.name not in FIXED and getattr(before, one.name) != getattr(after, one.name)
    ]


def notes_plain(text: str) -> str:
    """Notes as a cell can hold them: lines end alike, and nothing stands around them."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _number(cell: Any) -> str:
    text = text_of(cell)
    if not 0 < len(text) <= 16 or not text.isprintable():
        raise CellRefused(COLUMNS["number"])
    return text


def _code(cell: Any) -> str:
    return text_of(cell).upper()


def _type(cell: Any) -> str:
    if not _code(cell):
        raise CellRefused(_("code of a room type"))
    return _code(cell)


def _level(cell: Any) -> int | None:
    text = text_of(cell)
    if text and not _LEVEL.match(text):
        raise CellRefused(_("a whole number"))
    return int(text) if text else None


def _notes(cell: Any) -> str:
    text = notes_plain(text_of(cell))
    if len(text) > MAX_NOTES or not all(sign.isprintable() or sign in "\n\t" for sign in text):
        raise CellRefused(_("up to %(max_notes)s signs") % {"max_notes": MAX_NOTES})
    return text


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "number": _number,
    "type": _type,
    "building": _code,
    "level": _level,
    "section": _code,
    "features": codes_of,
    "accessible": yes_of,
    "smoking": yes_of,
    "notes": _notes,
    "opened_on": day_of,
}
