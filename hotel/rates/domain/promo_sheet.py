"""Promotion codes as lines of a sheet: what each column says, and what a line would change."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from hotel.core.sheet_cells import (
    CellRefused,
    cell_words,
    codes_of,
    columns_missing,
    day_of,
    text_of,
    yes_of,
)
from hotel.core.words import _

# Column to what is written in it, in order; ``used`` is told and never taken.
COLUMNS = {
    "code": "up to 16 capital letters, digits, - and _",
    "name": "up to 80 signs",
    "percent_off": "0 to 100, or empty",
    "amount_off": "a night, in the money of the hotel, or empty",
    "plans": "codes of plans with commas between; empty for every plan",
    "book_from": "first day of booking, or empty",
    "book_until": "last day of booking, or empty",
    "stay_from": "first night, or empty",
    "stay_until": "last night, or empty",
    "max_uses": "a whole number, or empty",
    "with_company": "yes or no: may follow a company's discount",
    "is_active": "yes or no",
    "used": "how often it was used; not read",
}
TAKEN = tuple(name for name in COLUMNS if name != "used")
CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,15}\Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class PromoLine:
    """A code as a line tells it; the amount is in the hotel's money, plans by code in order, days inclusive."""

    code: str
    name: str
    percent_off: Decimal | None = None
    amount_off: Decimal | None = None
    plans: tuple[str, ...] = ()
    book_from: date | None = None
    book_until: date | None = None
    stay_from: date | None = None
    stay_until: date | None = None
    max_uses: int | None = None
    with_company: bool = True
    is_active: bool = True

    def cells(self) -> list[Any]:
        """The cells of the line, in order of ``TAKEN``."""
        found: list[Any] = [getattr(self, name) for name in TAKEN]
        return [cell_words(one) if isinstance(one, bool | tuple) else one for one in found]


def header_errors(header: Sequence[str]) -> list[str]:
    """What is wrong with the first line, in sentences; empty when it will do. Other columns are left unread."""
    return columns_missing(header, TAKEN)


def promo_line(cells: Mapping[str, Any], *, places: int) -> tuple[PromoLine | None, list[str]]:
    """Read a line.

    Args:
        cells: by column.
        places: decimals of the hotel's money.

    Returns:
        The code, or None with every reason why it cannot be read, in order of the columns.
    """
    found, wrong = {}, []
    for name, read in _readers(places).items():
        try:
            found[name] = read(cells.get(name))
        except CellRefused as reason:
            wrong.append(f"{name}: {reason}")
    wrong += _contradictions(found)
    return (None, wrong) if wrong else (PromoLine(**found), [])


def differences(before: PromoLine, after: PromoLine) -> list[tuple[str, str, str]]:
    """What differs: column, old and new as words, – for nothing; in order of the columns."""
    return [
        (one.name, cell_words(getattr(before, one.name)) or "–", cell_words(getattr(after, one.name)) or "–")
        for one in fields(PromoLine)
        if getattr(before, one.name) != getattr(after, one.name)
    ]


def _contradictions(found: Mapping[str, Any]) -> list[str]:
    wrong = []
    if found.get("percent_off") is not None and found.get("amount_off") is not None:
        wrong.append(_("amount_off: a percentage or an amount, not both"))
    for first, last in (("book_from", "book_until"), ("stay_from", "stay_until")):
        start, end = found.get(first), found.get(last)
        if start and end and end < start:
            wrong.append(_("%(last)s: lies before %(first)s") % {"last": last, "first": first})
    return wrong


def _readers(places: int) -> dict[str, Any]:
    return {
        "code": _code,
        "name": _name,
        "percent_off": lambda cell: _number(cell, most=Decimal(100), places=4),
        "amount_off": lambda cell: _number(cell, most=Decimal(10**8), places=places),
        "plans": codes_of,
        "book_from": day_of,
        "book_until": day_of,
        "stay_from": day_of,
        "stay_until": day_of,
        "max_uses": _count,
        "with_company": yes_of,
        "is_active": yes_of,
    }


def _code(cell: Any) -> str:
    text = text_of(cell).upper()
    if not CODE.match(text):
        raise CellRefused(COLUMNS["code"])
    return text


def _name(cell: Any) -> str:
    text = text_of(cell)
    if not 0 < len(text) <= 80 or not text.isprintable():
        raise CellRefused(COLUMNS["name"])
    return text


def _number(cell: Any, *, most: Decimal, places: int) -> Decimal | None:
    text = text_of(cell).replace(",", ".")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise CellRefused(_("this is no number")) from None
    if not value.is_finite() or not 0 <= value <= most:
        raise CellRefused(_("from 0 to %(most)s") % {"most": most})
    if value != round(value, places):
        raise CellRefused(
            _("at most %(places)s decimals") % {"places": places} if places else _("no decimals")
        )
    return value


def _count(cell: Any) -> int | None:
    text = text_of(cell)
    if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise CellRefused(_("a whole number"))
    return int(text) if text else None
