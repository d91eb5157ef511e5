"""Cells of sheets that come back, read strictly as people and workbooks write them; what says otherwise is refused."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hotel.core.exports import neutral
from hotel.core.words import _

YES = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


class CellRefused(ValueError):
    """A cell that does not say what its column asks for."""


def cell_typed(cell: Any) -> str:
    """A cell as it would be typed; a workbook's days and whole numbers too."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, str):
        return cell
    return "" if cell is None else str(cell).removesuffix(".0")


def text_of(cell: Any) -> str:
    """A cell as text, without the apostrophe that the export put before what looks like a formula."""
    text = "" if cell is None else str(cell).strip()
    if not isinstance(cell, str):  # a workbook writes whole numbers so
        text = text.removesuffix(".0")
    return text[1:] if text.startswith("'") and neutral(text[1:]) == text else text


def codes_of(cell: Any) -> tuple[str, ...]:
    """Codes with commas between, in capitals, each once and in order."""
    return tuple(sorted({part.strip().upper() for part in text_of(cell).split(",") if part.strip()}))


def day_of(cell: Any) -> date | None:
    """A day as a workbook has it, or written 2027-04-30; None for an empty cell."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CellRefused(_("a day is written as 2027-04-30")) from None


def yes_of(cell: Any) -> bool:
    """Yes or no."""
    text = text_of(cell).lower()
    if text not in YES:
        raise CellRefused(_("yes or no"))
    return YES[text]


def cell_words(value: Any) -> str:
    """A value as its cell says it; – for nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "–" if value is None else str(value)


def columns_missing(header: Sequence[str], columns: Sequence[str]) -> list[str]:
    """What is wrong with a first line, in sentences; empty when it has every column. Others are left unread."""
    missing = [name for name in columns if name not in header]
    return [_("Columns are missing: %(missing)s.") % {"missing": ", ".join(missing)}] if missing else []
