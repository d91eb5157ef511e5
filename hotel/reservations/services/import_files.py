"""Opens tables, of an import or sent to the API: CSV, packed CSV and XLSX become rows of header to cell.

openpyxl is imported when the first workbook is opened: it brings NumPy, which no other start should wait for.
"""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from hotel.core.archives import MAX_UNPACKED, archive_check
from hotel.core.card_guard import refuse_card_data
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.reservations.domain.imported import ImportedStay, RowError
from hotel.reservations.domain.importing import FileMapping, mapping_errors, read_row

_UNREADABLE = (OSError, EOFError, csv.Error, ValueError, KeyError, zlib.error, ParseError)

# Of a file that an operator chose on the machine itself; what is sent to the API may have MAX_UNPACKED.
MAX_OWN_UNPACKED = 400_000_000
MAX_LINES = 1_000_000
MAX_COLUMNS = 256
MAX_LINE = 1_000_000

NumberedRow = tuple[int, dict[str, Any]]


def fingerprint_of(*, path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stays_read(*, path: Path, mapping: FileMapping) -> tuple[list[ImportedStay], list[RowError]]:
    """Read a whole file.

    Args:
        path: ``.csv``, ``.csv.gz`` (UTF-8; comma, semicolon or tab) or ``.xlsx`` (first sheet).
        mapping: of its columns.

    Returns:
        The stays that could be read and every error, both in order of the lines.

    Raises:
        InvalidInput: no such kind of file, unreadable as a whole, or the mapping does not fit its header.
    """
    stays: list[ImportedStay] = []
    errors: list[RowError] = []
    for line, row in _rows(path, mapping):
        found = read_row(mapping, line, row)
        if isinstance(found, ImportedStay):
            stays.append(found)
        else:
            errors += found
    return stays, errors


def table_rows(
    *,
    file: IO[bytes],
    name: str,
    is_xlsx: bool,
    header_errors: Callable[[list[str]], list[str]],
    max_unpacked: int | None = None,
) -> Iterator[NumberedRow]:
    """Rows of an open table with their line, the header being line 1; empty rows are left out.

    Args:
        file: CSV (UTF-8; comma, semicolon or tab), or XLSX (first sheet).
        name: what the file is called in refusals.
        is_xlsx: which of the two.
        header_errors: what is wrong with a header, in sentences; empty when it will do.
        max_unpacked: bytes of the workbook's parts, or characters of the text; 50 million unless told otherwise.

    Raises:
        InvalidInput: unreadable as a whole (``file_unreadable``), or the header will not do (``mapping_unfit``).
    """
    try:
        limit = MAX_UNPACKED if max_unpacked is None else max_unpacked
        lines = _capped(_xlsx(file, limit) if is_xlsx else _csv(file, limit))
        header = [str(cell or "").strip() for cell in next(lines, [])]
        if wrong := header_errors(header):
            raise InvalidInput(" ".join(wrong), code="mapping_unfit")
        for line, cells in enumerate(lines, 2):
            if any(cell not in (None, "") for cell in cells):
                row = dict(zip(header, cells, strict=False))
                refuse_card_data({f"line {line}": row}, door="file")
                yield line, row
    except _UNREADABLE as error:
        raise InvalidInput(
            _("%(name)s cannot be read: %(error)s") % {"name": name, "error": error}, code="file_unreadable"
        ) from error


def _rows(path: Path, mapping: FileMapping) -> Iterator[NumberedRow]:
    suffix = path.suffix.lower()
    opener: Callable[..., Any] = gzip.open if suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            yield from table_rows(
                file=file,
                name=path.name,
                is_xlsx=suffix == ".xlsx",
                header_errors=lambda header: mapping_errors(mapping, header),
                max_unpacked=MAX_OWN_UNPACKED,
            )
    except OSError as error:
        raise InvalidInput(
            _("%(path)s cannot be read: %(error)s") % {"path": path.name, "error": error},
            code="file_unreadable",
        ) from error


def _capped(lines: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The same lines, empty ones counted too; a table that is longer or wider than any of ours is given up."""
    for number, cells in enumerate(lines):
        if number > MAX_LINES or len(cells) > MAX_COLUMNS:
            raise ValueError(f"it has more than {MAX_LINES} lines or {MAX_COLUMNS} columns")
        yield cells


def _csv(file: IO[bytes], limit: int) -> Iterator[list[Any]]:
    lines = _text_lines(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""), limit)
    first = next(lines, "")
    separator = max(",;\t", key=first.count)
    yield next(csv.reader([first], delimiter=separator), [])
    yield from csv.reader(lines, delimiter=separator)


def _text_lines(text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    """Lines of a text that may have been packed: neither one of them nor all together without end."""
    read = 0
    while line := text.readline(MAX_LINE):
        read += len(line)
        if len(line) == MAX_LINE or read > limit:
            raise ValueError("it is too large")
        yield line


def _xlsx(file: IO[bytes], limit: int) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    archive_check(file, max_unpacked=limit)
    try:
        with closing(load_workbook(file, read_only=True, data_only=True)) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # rows as they are, not as wide as the file claims
            for cells in sheet.iter_rows(values_only=True):
                yield list(cells)
    except Exception as error:  # the library fails on broken parts in any way there is
        raise ValueError(f"{type(error).__name__}: {error}") from error
