"""Checks the whole trail: entries against seals, seals against one another, and both against heads kept outside.

Every hash is computed anew from what the entries say; the stored ones are compared, never trusted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from security.domain.heads import HASH_SIZE, Head
from security.domain.merkle import Frontier, frontier_of, frontier_root, leaf_hash, root_of
from security.models import AuditArchive, AuditLog, AuditSeal
from security.seal_keys import SealKeys, seal_keys
from security.selectors.captured import unwatched
from security.selectors.seals import HASH, head_of_seal, seal_of

CHUNK_SEALS = 50
CHUNK_ROWS = 20_000
MOST_FINDINGS = 100

_SEALED = f"""
    SELECT seal.number, string_agg(entry.made, ''::bytea ORDER BY entry.id), array_agg(entry.id ORDER BY entry.id),
           min(entry.id) FILTER (WHERE entry.made <> entry.row_hash)
      FROM security_auditseal AS seal
      JOIN LATERAL (SELECT id, row_hash, {HASH} AS made FROM security_auditlog
                     WHERE id BETWEEN seal.first_id AND seal.last_id OFFSET 0) AS entry ON true
     WHERE seal.number BETWEEN %s AND %s
     GROUP BY seal.number
"""  # noqa: S608
_UNSEALED = f"""
    SELECT count(*), max(id), min(id) FILTER (WHERE made <> row_hash)
      FROM (SELECT id, row_hash, {HASH} AS made FROM security_auditlog WHERE id > %s ORDER BY id LIMIT %s) AS entry
"""  # noqa: S608


@dataclass
class Verification:
    """What a check found.

    Attributes:
        rows: entries checked, those in archives included.
        seals: seals checked.
        unsealed: entries after the last seal; only their own hashes were checked.
        heads: heads that were kept outside and compared.
        findings: what is wrong, the first ``MOST_FINDINGS``, each with ``kind`` and ``text``.
    """

    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    heads: int = 0
    findings: list[dict[str, str]] = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        """A finding; those beyond the limit are left out."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append({"kind": kind, "text": text})


Progress = Callable[[int], None]


def trail_verify(
    *, heads: Iterator[Head] | None = None, progress: Progress = lambda rows: None
) -> Verification:
    """Check everything.

    Args:
        heads: kept outside; those of the configured exporters when not given.
        progress: told after each chunk how many entries were checked.
    """
    found, keys = Verification(), seal_keys()
    kept = _kept(found, heads, keys)
    archives = [_Archive(row, found) for row in AuditArchive.objects.order_by("first_id")]
    frontier: Frontier = []
    sealed, number = 0, 0
    rows = AuditSeal.objects.order_by("number")
    while chunk := list(rows.filter(number__gt=number)[:CHUNK_SEALS]):
        entries = _entries(chunk)
        for seal in chunk:
            if (seal.number, seal.first_id) != (number + 1, sealed + 1):
                found.add(
                    "seal_gap", f"Seal {seal.number} does not follow on number {number}, entry {sealed}."
                )
            frontier = _seal_check(seal, entries.get(seal.number), archives, frontier, found)
            _head_check(seal, frontier, kept, keys, found)
            number, sealed = seal.number, seal.last_id
        progress(found.rows)
    for head in kept.values():
        found.add("head_lost", f"Seal {head.number}, whose head was kept outside, is not in the database.")
    _tail_check(sealed, found, progress)
    for table in unwatched():
        found.add(
            "not_watched", f"The triggers of {table} are not as they should be; the next migrate mends them."
        )
    return found


def _kept(found: Verification, heads: Iterator[Head] | None, keys: SealKeys) -> dict[int, Head]:
    """By number; each is used up by its seal, so that those left over are lost."""
    kept: dict[int, Head] = {}
    try:
        for head in heads if heads is not None else _exported():
            if not keys.is_signed(head.key_id, head.message(), head.signature_bytes()):
                found.add("head_forged", f"The head of seal {head.number} kept outside is not signed by us.")
            elif kept.setdefault(head.number, head).log_root != head.log_root:
                found.add(
                    "head_twice", f"Two heads of seal {head.number} were kept outside, and they differ."
                )
    except ValueError as error:
        found.add("heads_unreadable", str(error))
    found.heads = len(kept)
    return kept


def _exported() -> Iterator[Head]:
    for dotted in settings.AUDIT_HEAD_EXPORTERS:
        yield from import_string(dotted)().kept()


def _entries(chunk: list[AuditSeal]) -> dict[int, tuple[bytes, list[int], int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [chunk[0].number, chunk[-1].number])
        return {number: (bytes(made), ids, wrong) for number, made, ids, wrong in cursor.fetchall()}


def _seal_check(
    seal: AuditSeal, entries: Any, archives: list["_Archive"], frontier: Frontier, found: Verification
) -> Frontier:
    made, ids, wrong = entries or (b"", [], None)
    hashes = [made[at : at + HASH_SIZE] for at in range(0, len(made), HASH_SIZE)]
    if wrong is not None:
        found.add("entry_hash", f"Entry {wrong} does not say what its hash says.")
    for archive in archives:
        if archive.touches(seal.first_id, seal.last_id):
            merged = sorted(
                [*zip(ids, hashes, strict=True), *archive.hashes(seal.first_id, seal.last_id, found)]
            )
            ids, hashes = [key for key, _ in merged], [value for _, value in merged]
    if len(hashes) != seal.rows:
        found.add("seal_rows", f"Seal {seal.number} covers {seal.rows} entries; there are {len(hashes)}.")
    if root_of(map(leaf_hash, hashes)) != bytes(seal.root):
        found.add(
            "seal_root", f"The entries {seal.first_id}–{seal.last_id} are not those of seal {seal.number}."
        )
    found.rows += len(hashes)
    found.seals += 1
    return frontier_of([leaf_hash(seal_of(seal).leaf())], frontier)


def _head_check(
    seal: AuditSeal, frontier: Frontier, kept: dict[int, Head], keys: SealKeys, found: Verification
) -> None:
    head, root = head_of_seal(seal), frontier_root(frontier)
    if bytes(seal.log_root) != root:
        found.add("seal_log", f"Seal {seal.number} does not go on from the seals before it.")
    if not keys.is_signed(seal.key_id, head.message(), bytes(seal.signature)):
        found.add("seal_signature", f"Seal {seal.number} is not signed by us.")
    outside = kept.pop(seal.number, None)
    if outside is not None and outside.log_root != root.hex():
        found.add("head_differs", f"Seal {seal.number} is not the one whose head was kept outside.")


def _tail_check(sealed: int, found: Verification, progress: Progress) -> None:
    last = sealed
    for entry in AuditLog.objects.filter(pk__lt=1)[:1]:
        found.add("entry_forged", f"Entry {entry.pk} has a number that was never given out.")
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_UNSEALED, [last, CHUNK_ROWS])
            count, highest, wrong = cursor.fetchone()
        if wrong is not None:
            found.add("entry_hash", f"Entry {wrong} does not say what its hash says.")
        if not count:
            return
        found.rows += count
        found.unsealed += count
        last = highest
        progress(found.rows)


class _Archive:
    """The entries of a month that lie in a file; read when the first seal asks, forgotten after the last."""

    def __init__(self, row: AuditArchive, found: Verification) -> None:
        self.row = row
        self._hashes: dict[int, bytes] | None = None
        self.path = Path(settings.AUDIT_ARCHIVE_DIR) / row.file
        if not self.path.exists():
            found.add("archive_lost", f"The archive {row.file} is not in {settings.AUDIT_ARCHIVE_DIR}.")

    def touches(self, first_id: int, last_id: int) -> bool:
        """Whether it holds entries between these numbers."""
        return self.row.first_id <= last_id and first_id <= self.row.last_id

    def hashes(self, first_id: int, last_id: int, found: Verification) -> Iterator[tuple[int, bytes]]:
        """Number and hash of its entries between these numbers, of what the lines say."""
        if self._hashes is None:
            self._hashes = self._read(found)
        ids = range(max(first_id, self.row.first_id), min(last_id, self.row.last_id) + 1)
        yield from ((key, self._hashes[key]) for key in ids if key in self._hashes)
        if last_id >= self.row.last_id:
            self._hashes = {}

    def _read(self, found: Verification) -> dict[int, bytes]:
        if not self.path.exists():
            return {}
        hashes, whole = {}, sha256()
        with self.path.open("rb") as file:
            for line in file:
                whole.update(line)
                hashes[int(line[1 : line.index(b",")])] = sha256(line.rstrip(b"\n")).digest()
        if whole.hexdigest() != self.row.file_hash:
            found.add("archive_changed", f"The archive {self.row.file} is not as it was written.")
        return hashes
