"""Looks for card data in everything that is kept: columns of text and JSON, uploads and logs.

Nothing is ever copied into a finding but the place. Source: security reference §4.6 (3.2/3.3).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hotel.core.card_numbers import holds_card_data
from hotel.core.security_events import security_event

SCANNED_BYTES = 50_000_000
_TEXT_FILES = frozenset({".txt", ".csv", ".json", ".jsonl", ".xml", ".log", ".html", ".eml", ".md", ""})


@dataclass(frozen=True)
class Finding:
    """Where card data lies.

    Attributes:
        place: ``app.Model.field``, or a file.
        key: primary key of the row, or number of the line.
    """

    place: str
    key: str


@dataclass(frozen=True)
class CardScan:
    """What was looked at, and what was found."""

    columns: int
    rows: int
    files: int
    findings: tuple[Finding, ...]


def card_scan() -> CardScan:
    """Look everywhere; each place with findings becomes one security event. Repeatable; takes no locks."""
    columns = rows = files = 0
    findings: list[Finding] = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if _is_text(field)]
        if not names:
            continue
        columns += len(names)
        for key, *values in model._base_manager.values_list("pk", *names).iterator(chunk_size=2_000):
            rows += 1
            findings += [
                Finding(f"{model._meta.label}.{name}", str(key))
                for name, value in zip(names, values, strict=True)
                if value and holds_card_data(_as_text(value))
            ]
    for path in _files():
        files += 1
        findings += list(_in_file(path))
    for place in sorted({finding.place for finding in findings}):
        keys = [finding.key for finding in findings if finding.place == place]
        security_event("card_data_found", place=place, rows=len(keys), first=keys[:10])
    return CardScan(columns, rows, files, tuple(findings))


def _is_text(field: models.Field) -> bool:  # type: ignore[type-arg]
    if isinstance(field, ArrayField):
        return _is_text(field.base_field)
    return isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _files() -> Iterator[Path]:
    for folder in map(Path, settings.CARD_SCAN_FOLDERS):
        if folder.is_dir():
            yield from sorted(
                path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in _TEXT_FILES
            )


def _in_file(path: Path) -> Iterator[Finding]:
    with path.open(encoding="utf-8", errors="replace") as file:
        read = 0
        for number, line in enumerate(file, 1):
            read += len(line)
            if read > SCANNED_BYTES:
                return
            if holds_card_data(line):
                yield Finding(str(path), str(number))
