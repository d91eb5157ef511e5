"""Writes tables for spreadsheets: what looks like a formula arrives as text.

The only place that writes CSV or XLSX. Source: security reference §4.11; ASVS 1.2.10.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, Any

_FORMULA = re.compile(r"^[\s\x00]*[=+\-@\t\r\n|%＝＋－＠﹢﹣﹦﹫−]")
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 32_767


def neutral(value: Any) -> Any:
    """A cell that no spreadsheet runs: a text that begins like a formula gets an apostrophe before it.

    Numbers, also as text, stay what they are; control characters, which no workbook can hold, are left out.
    """
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)[:MAX_CELL]
    return f"'{text}" if _FORMULA.match(value) and not _NUMBER.match(text) else text


def csv_write(file: IO[str], rows: Iterable[Sequence[Any]], *, separator: str = ",") -> None:
    """Write rows, the header being the first, to a text file opened with ``newline=""``."""
    csv.writer(file, delimiter=separator).writerows([neutral(cell) for cell in row] for row in rows)


def csv_bytes(rows: Iterable[Sequence[Any]], *, separator: str = ",", has_mark: bool = True) -> bytes:
    """Rows as a CSV file in UTF-8; ``has_mark`` puts the byte order mark before it that Excel needs."""
    text = io.StringIO(newline="")
    csv_write(text, rows, separator=separator)
    return text.getvalue().encode("utf-8-sig" if has_mark else "utf-8")


def xlsx_bytes(rows: Iterable[Sequence[Any]], *, title: str = "Sheet") -> bytes:
    """Rows as the one sheet of a workbook; text is stored as text, never as a formula."""
    return workbook_bytes({title: rows})


def workbook_bytes(sheets: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """A workbook of several sheets by title; the first row of each stays in sight. Numbers and dates stay such."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "Sheet")
        sheet.freeze_panes = "A2"
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=neutral(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook_moment(value: datetime | None) -> datetime | None:
    """A moment as a cell: a workbook knows no zones, so UTC without one, to the second; None stays empty."""
    return value.astimezone(UTC).replace(tzinfo=None, microsecond=0) if value is not None else None
