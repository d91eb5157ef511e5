"""Opens the files of an import: CSV, packed CSV and XLSX become rows of header to cell."""

import csv
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook

from hotel.core.exceptions import InvalidInput
from hotel.reservations.domain.imported import ImportedStay, RowError
from hotel.reservations.domain.importing import FileMapping, mapping_errors, read_row

_UNREADABLE = (OSError, EOFError, csv.Error, ValueError, KeyError, BadZipFile, zlib.error, ParseError)

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


def _rows(path: Path, mapping: FileMapping) -> Iterator[NumberedRow]:
    """Rows with their line, the header being line 1; empty rows are left out."""
    try:
        lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
        header = [str(cell or "").strip() for cell in next(lines, [])]
        if wrong := mapping_errors(mapping, header):
            raise InvalidInput(" ".join(wrong), code="mapping_unfit")
        for line, cells in enumerate(lines, 2):
            if any(cell not in (None, "") for cell in cells):
                yield line, dict(zip(header, cells, strict=False))
    except _UNREADABLE as error:
        raise InvalidInput(f"{path.name} cannot be read: {error}", code="file_unreadable") from error


def _csv(path: Path) -> Iterator[list[Any]]:
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    with opener(path, "rt", newline="", encoding="utf-8-sig") as file:
        first = file.readline()
        separator = max(",;\t", key=first.count)
        yield next(csv.reader([first], delimiter=separator), [])
        yield from csv.reader(file, delimiter=separator)


def _xlsx(path: Path) -> Iterator[list[Any]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield list(cells)
    finally:
        book.close()
