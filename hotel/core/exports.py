"""Writes tables for spreadsheets: what looks like a formula arrives as text.

The only place that writes CSV or XLSX. Source: security reference §4.11; ASVS 1.2.10.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
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
        sheet = book.create_sheet(_sheet_title(title, book.sheetnames))
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


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook for people.

    Attributes:
        title: at most 31 signs are kept.
        heads: (text, width in signs) of each column; none for a sheet without a head.
        rows: as many plain values as there are heads: text, whole numbers, ``Decimal``, ``date``, ``time``, None.
        formats: of columns that show numbers otherwise than as they are, by position from 0, such as ``#,##0.00``.
        widths: in signs, of the columns of a sheet without heads.
    """

    title: str
    heads: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Any]]
    formats: Mapping[int, str]
    widths: Sequence[int] = ()


DATE_FORMAT, MOMENT_FORMAT, TIME_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"


def sheets_bytes(sheets: Iterable[Sheet]) -> bytes:
    """A workbook that can be worked with: heads stay in sight and filter, days are days and numbers are numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    del book[book.sheetnames[0]]
    for wanted in sheets:
        sheet = book.create_sheet(_sheet_title(wanted.title, book.sheetnames))
        for at, (text, _) in enumerate(wanted.heads, 1):
            _put(sheet, 1, at, text, "").font = Font(bold=True)
        for at, width in enumerate(wanted.widths or [head[1] for head in wanted.heads], 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        start = 2 if wanted.heads else 1
        for line, row in enumerate(wanted.rows, start):
            for at, value in enumerate(row, 1):
                cell = _put(sheet, line, at, value, wanted.formats.get(at - 1, ""))
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
        if wanted.heads:
            sheet.freeze_panes = "A2"
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(wanted.heads))}{max(sheet.max_row, 1)}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(sheet: Any, row: int, column: int, value: Any, shown: str) -> Any:
    """Write one cell; text is text, never a formula."""
    cell = sheet.cell(row, column)
    cell.value = neutral(value)
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.number_format = MOMENT_FORMAT
    elif isinstance(value, date):
        cell.number_format = DATE_FORMAT
    elif isinstance(value, time):
        cell.number_format = TIME_FORMAT
    elif value is not None and shown:
        cell.number_format = shown
    return cell


def _sheet_title(text: str, taken: Sequence[str]) -> str:
    """A title that a workbook accepts, and that none of its sheets has."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", text)[:31] or "Sheet"
    return plain if plain not in taken else f"{plain[:27]} ({len(taken) + 1})"


def workbook_moment(value: datetime | None) -> datetime | None:
    """A moment as a cell: a workbook knows no zones, so UTC without one, to the second; None stays empty."""
    return value.astimezone(UTC).replace(tzinfo=None, microsecond=0) if value is not None else None
