"""Room numbers by pattern: ``101-120, 201-220, C1-C4`` names every room of a house in one line."""

import re
from collections import Counter

from hotel.core.words import _

MOST_ROOMS = 500
LONGEST = 16
_ITEM = re.compile(r"^([A-Za-z]{0,4})(\d{1,6})(?:\s*[-–]\s*([A-Za-z]{0,4})(\d{1,6}))?$")


class NumbersInvalid(ValueError):
    """The pattern cannot be read, or names a room twice; the text says where."""


def numbers_of(pattern: str) -> tuple[str, ...]:
    """The numbers a pattern names, in its order.

    Args:
        pattern: numbers and ranges, both ends inclusive, separated by commas or lines. Letters may stand before the
            digits; zeros before the first number of a range are kept, so that ``001-003`` is 001, 002, 003.

    Raises:
        NumbersInvalid: something else than that, a range that runs backwards, a number twice, nothing at all, or more
            than ``MOST_ROOMS``.
    """
    found: list[str] = []
    for item in filter(None, (part.strip() for part in re.split(r"[,;\n]", pattern))):
        found += _item(item)
        if len(found) > MOST_ROOMS:
            raise NumbersInvalid(
                _("These are more than %(most_rooms)s rooms; make them in parts.")
                % {"most_rooms": MOST_ROOMS}
            )
    if not found:
        raise NumbersInvalid(_("Name the rooms, such as 101-120, 201-220."))
    twice = [number for number, count in Counter(found).items() if count > 1]
    if twice:
        raise NumbersInvalid(
            _("Named twice: %(twice)s. Each room has a number of its own.") % {"twice": ", ".join(twice)}
        )
    return tuple(found)


def level_of(number: str) -> int:
    """The floor a number tells: what stands before its last two digits; 0, the ground floor, when nothing does."""
    digits = re.sub(r"\D", "", number)
    return int(digits[:-2] or 0)


def _item(item: str) -> list[str]:
    match = _ITEM.match(item)
    if match is None:
        raise NumbersInvalid(_("“%(item)s” is no number and no range such as 101-120.") % {"item": item[:40]})
    letters, first, other, last = match.groups()
    if last is None:
        return [letters + first]
    if other not in ("", letters):
        raise NumbersInvalid(_("“%(item)s”: a range has the same letters at both ends.") % {"item": item})
    if int(last) < int(first):
        raise NumbersInvalid(_("“%(item)s” runs backwards.") % {"item": item})
    if int(last) - int(first) >= MOST_ROOMS:
        raise NumbersInvalid(
            _("“%(item)s” is more than %(most_rooms)s rooms; make them in parts.")
            % {"item": item, "most_rooms": MOST_ROOMS}
        )
    width = len(first) if first.startswith("0") else 0
    return [f"{letters}{number:0{width}}" for number in range(int(first), int(last) + 1)]
