"""Rooming lists sent as tables: each line read like one of the JSON form, with its error by line."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import IO, Any, ClassVar

from django.conf import settings
from rest_framework.parsers import BaseParser

from hotel.core.api.parsers import PayloadTooLarge, refuse_unstorable
from hotel.core.disk import require_room
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.reservations.api.serializers.blocks import RoomingRowInput
from hotel.reservations.services.import_files import table_rows
from hotel.reservations.services.pick_up import MAX_ROWS, RoomingError, RoomingRow

COLUMNS = {name: part.required for name, part in RoomingRowInput().fields.items()}


@dataclass
class RoomingFile:
    """What a file holds: the lines that could be read, and why others could not. The header is line 1."""

    rows: list[RoomingRow] = field(default_factory=list)
    errors: list[RoomingError] = field(default_factory=list)


class CsvParser(BaseParser):
    """A rooming list as CSV: UTF-8; comma, semicolon or tab; days like 2027-03-14."""

    media_type = "text/csv"
    is_xlsx: ClassVar[bool] = False

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> RoomingFile:
        """Read every line.

        Raises:
            InvalidInput: unreadable as a whole, other columns, or too many lines.
            StorageLow: there is no room for files.
        """
        require_room()
        found = RoomingFile()
        content = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(content) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise PayloadTooLarge
        file = BytesIO(content)
        for line, cells in table_rows(
            file=file, name="The rooming list", is_xlsx=self.is_xlsx, header_errors=_header_errors
        ):
            if len(found.rows) + len(found.errors) == MAX_ROWS:
                raise InvalidInput(
                    _("A rooming list has 1 to %(max_rows)s lines.") % {"max_rows": MAX_ROWS},
                    code="rooming_list_size",
                )
            _read(line, cells, found)
        return found


class XlsxParser(CsvParser):
    """A rooming list as the first sheet of an XLSX file."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    is_xlsx: ClassVar[bool] = True


def _header_errors(header: list[str]) -> list[str]:
    expected = _("Expected are %(columns)s.") % {"columns": ", ".join(COLUMNS)}
    missing = [name for name, is_required in COLUMNS.items() if is_required and name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    return [
        *(
            _("There is no column %(name)r. %(expected)s") % {"name": name, "expected": expected}
            for name in missing[:1]
        ),
        *(
            _("The column %(name)r is not known. %(expected)s") % {"name": name, "expected": expected}
            for name in unknown[:1]
        ),
    ]


def _read(line: int, cells: dict[str, Any], found: RoomingFile) -> None:
    values = {name: _plain(cell) for name, cell in cells.items() if cell not in (None, "")}
    refuse_unstorable(values)
    read = RoomingRowInput(data=values)
    if read.is_valid():
        found.rows.append(RoomingRow(line=line, **read.validated_data))
    else:
        texts = (f"{name}: {' '.join(map(str, texts))}" for name, texts in read.errors.items())
        found.errors.append(RoomingError(line, "invalid", " ".join(texts)))


def _plain(cell: Any) -> Any:
    """A spreadsheet knows days only as midnights."""
    return cell.date() if isinstance(cell, datetime) else cell
