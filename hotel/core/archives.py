"""Looks at a ZIP file's directory before anything in it is unpacked; workbooks are such files.

Source: security reference §3.4 and §4.11 (144 kB of XLSX kept a reader busy for 75 seconds).
"""

import struct
from typing import IO
from zipfile import BadZipFile, ZipFile

from hotel.core.words import _

MAX_UNPACKED = 50_000_000
MAX_ENTRIES = 200
MAX_RATIO = 100
_DIRECTORY_BYTES = 100_000
_SMALL = 1_000_000  # of one entry: blank cells pack very well
_END = b"PK\x05\x06"


class ArchiveRefused(ValueError):
    """An archive that would unpack to too much, or is none."""


def archive_check(file: IO[bytes], *, max_unpacked: int = MAX_UNPACKED) -> None:
    """Refuse a ZIP file by its directory; the file is at its beginning afterwards.

    Args:
        file: open for reading, seekable.
        max_unpacked: bytes of all entries together.

    Raises:
        ArchiveRefused: not a ZIP file; more than 200 entries, 100 times its size or ``max_unpacked`` when unpacked;
            encrypted; names that lead out of a folder.
    """
    _end_check(file)
    try:
        entries = ZipFile(file).infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise ArchiveRefused(_("it is not a whole ZIP file")) from error
    finally:
        file.seek(0)
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > max_unpacked or unpacked > max(_SMALL, MAX_RATIO * packed):
        raise ArchiveRefused(_("it is too large when unpacked"))
    for entry in entries:
        if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
            raise ArchiveRefused(_("it is too large when unpacked"))
        if entry.flag_bits & 1:
            raise ArchiveRefused(_("it is encrypted"))
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename or ":" in entry.filename:
            raise ArchiveRefused(_("its names lead out of its folder"))
    if any(entry.filename.lower().endswith(".zip") for entry in entries):
        raise ArchiveRefused(_("it has archives in it"))


def _end_check(file: IO[bytes]) -> None:
    """Read how large the directory claims to be, before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise ArchiveRefused(_("it is not a ZIP file"))
    entries, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    if entries > MAX_ENTRIES or directory > _DIRECTORY_BYTES:
        raise ArchiveRefused(_("it has too many parts"))
