"""What a page is asked for, kept under a name: only what the page knows; days move with the business date."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

VIEWS_AT_MOST = 30  # of a person, or of a role, at one property
NAME_AT_MOST = 40
QUERY_AT_MOST = 300
VALUE_AT_MOST = 40
DAYS_AT_MOST = 3_660
MOVING_DAY = re.compile(r"today([+-][0-9]{1,4})", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a page's address that a view keeps.

    Attributes:
        name: as it stands in the address.
        is_day: its value is a day; kept as its distance from the business date.
        says_when_empty: an empty value asks for something, such as all of them where the page shows some by itself.
    """

    name: str
    is_day: bool = False
    says_when_empty: bool = False


def query_kept(asked: Mapping[str, str], parameters: Sequence[Parameter], today: date) -> str:
    """What of an address is kept: the page's own parameters in its order, encoded; nothing else of it.

    Args:
        asked: parameter to value, as they came.
        today: business date; a day becomes ``today+7``.

    Returns:
        Such as ``status=confirmed&day=today%2B0``; empty when nothing of the page's own was asked for. A value that
        is too long, has unprintable characters, or is no day within ten years is left out.
    """
    return _encoded(asked, parameters, lambda value: _moving(value, today))


def query_opened(kept: str, parameters: Sequence[Parameter], today: date) -> str:
    """The address, without ``?``, that opens a kept view on a business date; parameters the page lost are left out."""
    return _encoded(
        dict(parse_qsl(kept, keep_blank_values=True)), parameters, lambda value: _fixed(value, today)
    )


def name_clean(name: str) -> str:
    """A name as it is kept: without blanks around it, single ones within; empty when there is nothing to read."""
    words = " ".join(name.split())
    return words if words.isprintable() and len(words) <= NAME_AT_MOST else ""


def days_from(value: str) -> int | None:
    """How many days after the business date a kept day is; None for what is no kept day."""
    found = MOVING_DAY.fullmatch(value)
    return int(found[1]) if found and abs(int(found[1])) <= DAYS_AT_MOST else None


def _encoded(asked: Mapping[str, str], parameters: Sequence[Parameter], day: Callable[[str], str]) -> str:
    pairs = []
    for parameter in parameters:
        value = asked.get(parameter.name)
        if value is None or len(value) > VALUE_AT_MOST or not value.isprintable():
            continue
        value = value.strip()
        if value and parameter.is_day:
            value = day(value)
        if value or (parameter.says_when_empty and asked[parameter.name] == ""):
            pairs.append((parameter.name, value))
    return urlencode(pairs)


def _moving(value: str, today: date) -> str:
    try:
        away = (date.fromisoformat(value) - today).days
    except ValueError:
        return ""
    return f"today{away:+d}" if abs(away) <= DAYS_AT_MOST else ""


def _fixed(value: str, today: date) -> str:
    away = days_from(value)
    try:
        return "" if away is None else (today + timedelta(days=away)).isoformat()
    except OverflowError:
        return ""
