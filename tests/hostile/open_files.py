"""Opens hostile files one after the other and prints how much more memory that took; run as a process of its own.

``python -m tests.hostile.open_files <kind>`` prints one JSON line: refused, not refused, largest growth of the
resident set in MB, longest CPU seconds of one file.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ValidationError
from rest_framework.exceptions import APIException

from hotel.core.exceptions import PmsError
from tests.hostile import files

REFUSALS = (PmsError, ValidationError, APIException)


def opened(kind: str) -> dict[str, Callable[[], Any]]:
    """The files of a kind and how the house opens them."""
    from hotel.core.api.parsers import refuse_unstorable
    from hotel.core.safe_xml import xml_read
    from hotel.core.uploads import upload_clean
    from hotel.reservations.services.import_files import table_rows

    def table(content: bytes, is_xlsx: bool) -> list[Any]:
        # As the API does, which gives up at a number of lines with something in them.
        rows = table_rows(file=io.BytesIO(content), name="It", is_xlsx=is_xlsx, header_errors=_wants("line"))
        found = list(rows)
        for _, cells in found:
            refuse_unstorable(cells)
        return found

    return {
        "archives": {n: lambda c=c: table(c, True) for n, c in files.archives().items()},
        "texts": {n: lambda c=c: table(c, False) for n, c in files.texts().items()},
        "images": {n: lambda c=c: upload_clean(c[1], c[0]) for n, c in files.images().items()},
        "control": {"two hundred million bytes": lambda: bytearray(b"x") * 200_000_000},
        "documents": {n: lambda c=c: xml_read(c) for n, c in files.documents().items()},
    }[kind]


def _wants(column: str) -> Callable[[list[str]], list[str]]:
    return lambda header: [] if column in header else [f"There is no column {column!r}."]


def main(kind: str) -> None:
    """Open all files of a kind."""
    django.setup()
    cases = opened(kind)
    _warm(kind)
    slowest, grown, let_in = 0.0, 0.0, []
    for name, case in cases.items():
        began, before = time.process_time(), _memory_now()
        try:
            case()
            let_in.append(name)
        except REFUSALS:
            pass
        slowest = max(slowest, time.process_time() - began)
        grown = max(grown, (_memory("VmHWM") - before) / 1024)
    sys.stdout.write(json.dumps({"cases": len(cases), "let_in": let_in, "grown_mb": grown, "cpu": slowest}))


def _memory_now() -> int:
    """The resident set in kB; the peak counts anew from here."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])


def _warm(kind: str) -> None:
    """Bring in the libraries, which count for nothing."""
    from openpyxl import load_workbook
    from PIL import Image, PngImagePlugin

    for used in (load_workbook, Image.open, PngImagePlugin.PngImageFile):
        assert used
    content = files.workbook(files.SHEET + "</sheetData></worksheet>")
    load_workbook(io.BytesIO(content), read_only=True).close()


if __name__ == "__main__":
    main(sys.argv[1])
