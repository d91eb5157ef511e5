"""Appends heads to a file, one JSON line each."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from security.adapters.heads.base import HeadsUnreadable
from security.domain.heads import Head, head_of_line


class FileExporter:
    """``settings.AUDIT_HEADS_FILE``: opened to append only, and flushed to the disk before it counts as kept."""

    def __init__(self, path: str = "") -> None:
        """Of the settings, or another file: a copy that was kept elsewhere."""
        self.path = Path(path or settings.AUDIT_HEADS_FILE)

    def export(self, heads: Iterable[Head]) -> None:
        """See HeadExporter."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(f"{head.line()}\n" for head in heads)
            file.flush()
            os.fsync(file.fileno())

    def kept(self) -> Iterator[Head]:
        """See HeadExporter. No file yet: nothing was kept."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield head_of_line(line)
                except ValueError as error:
                    raise HeadsUnreadable(f"{self.path}, line {number}: {error}") from error
