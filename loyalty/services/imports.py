"""Taking members over from another system: a file is read, each line is checked, and then each is enrolled.

Checking and enrolling are long work, which the worker does chunk by chunk; a chunk that was interrupted was not done.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import IO, Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.disk import require_room
from hotel.core.exceptions import Conflict, InvalidInput, NotFound, PmsError
from hotel.core.locks import lock_rows
from hotel.core.models_base import rows_number
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.services.import_files import table_rows
from loyalty.choices import ImportOutcome, MemberImportStatus
from loyalty.domain.imports import ToldMember, Unreadable, header_errors, told_member
from loyalty.models import MemberImport, MemberImportRow
from loyalty.selectors.members import program_at
from loyalty.services.import_rows import row_check, row_take

MAX_ROWS, MAX_BYTES = 20_000, 10_000_000
CHUNK, STORED = 100, 500
KEPT = timedelta(days=7)  # of what was checked and never begun
OPEN = (MemberImportStatus.CHECKING, MemberImportStatus.RUNNING)


@transaction.atomic
def import_read(
    *, place: Property, file: IO[bytes], name: str, is_xlsx: bool, actor: User | None
) -> MemberImport:
    """Read a file and have each of its lines checked; nobody is enrolled. Repeatable: the same file is one import.

    Args:
        file: CSV (UTF-8; comma, semicolon or tab) or XLSX (first sheet); see ``domain.imports``.

    Raises:
        InvalidInput: unreadable as a whole (``file_unreadable``), other columns (``mapping_unfit``), no line or too
            many of them (``import_size``).
        NotFound: the hotel takes part in no programme.
        StorageLow: there is too little room on the disk.
    """
    require_room()
    if program_at(place) is None:
        raise NotFound(
            _("%(place)s takes part in no programme now.") % {"place": place.name}, code="program_missing"
        )
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            _("Send a file of up to %(max_bytes)s MB.") % {"max_bytes": MAX_BYTES // 1_000_000},
            code="import_size",
        )
    file.seek(0)
    run, is_new = MemberImport.objects.get_or_create(
        property=place,
        fingerprint=hashlib.sha256(content).hexdigest(),
        defaults={"file_name": name[-200:], "total": 0, "started_by": actor},
    )
    if is_new:
        lines = table_rows(file=file, name=name, is_xlsx=is_xlsx, header_errors=header_errors)
        waiting = _rows(run, lines)
        while rows := list(islice(waiting, STORED)):
            rows_number(rows)
            MemberImportRow.objects.bulk_create(rows)
            run.total += len(rows)
        if not run.total:
            raise InvalidInput(
                _("A file has 1 to %(max_rows)s members.") % {"max_rows": MAX_ROWS}, code="import_size"
            )
        run.save(update_fields=["total", "updated_at"])
    return run


def _rows(run: MemberImport, lines: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[MemberImportRow]:
    """Each line as it will be looked at; one that cannot be read, or repeats a number, is refused at once."""
    numbers: dict[str, int] = {}
    for count, (line, cells) in enumerate(lines, 1):
        if count > MAX_ROWS:
            raise InvalidInput(
                _("A file has 1 to %(max_rows)s members.") % {"max_rows": MAX_ROWS}, code="import_size"
            )
        row = MemberImportRow(property_id=run.property_id, run=run, line=line)
        try:
            told = told_member(cells)
            if told.number and (first := numbers.setdefault(told.number, line)) != line:
                raise Unreadable(
                    "number", _("The number stands in line %(first)s already.") % {"first": first}
                )
            row.told = json.dumps(told.plain())
        except Unreadable as wrong:
            refuse(row, wrong.column, wrong.reason)
        yield row


def refuse(row: MemberImportRow, column: str, reason: str) -> None:
    """Note why a line is not taken."""
    row.outcome, row.column, row.reason = ImportOutcome.REFUSED, column, reason[:200]


@transaction.atomic
def import_start(*, run: MemberImport) -> MemberImport:
    """Let the lines that were not refused be taken over. Repeatable.

    Raises:
        Conflict: its lines are being checked still (``import_checking``).

    Locks: the import.
    """
    (fresh,) = lock_rows(MemberImport.objects.filter(pk=run.pk))
    if fresh.status == MemberImportStatus.CHECKING:
        raise Conflict(
            _("The lines are being checked still. Look at what they say first."), code="import_checking"
        )
    if fresh.status == MemberImportStatus.CHECKED:
        fresh.status, fresh.position = MemberImportStatus.RUNNING, 1
        fresh.save(update_fields=["status", "position", "updated_at"])
    return fresh


@transaction.atomic
def import_step(*, run_id: int) -> bool:
    """Do the next chunk of lines of an import; returns whether there may be more.

    Locks: the import, then per line as enrolling does.
    """
    (run,) = lock_rows(MemberImport.objects.select_related("property__chain", "started_by").filter(pk=run_id))
    if run.status not in OPEN:
        return False
    rows = list(run.rows.filter(line__gt=run.position).order_by("line")[:CHUNK])
    work = row_check if run.status == MemberImportStatus.CHECKING else row_take
    for row in rows:
        if row.outcome != ImportOutcome.REFUSED:
            _tried(run, row, work)
    changed = ["outcome", "column", "reason", "member"]
    MemberImportRow.objects.bulk_update(rows, changed)
    if rows:
        run.position = rows[-1].line
    else:
        _over(run)
    run.save(update_fields=["position", "status", "ended_at", "updated_at"])
    return run.status in OPEN


def _tried(run: MemberImport, row: MemberImportRow, work: Any) -> None:
    try:
        with transaction.atomic():
            row.outcome, row.member = work(run, row.line, ToldMember.of(json.loads(row.told)))
    except Unreadable as wrong:
        refuse(row, wrong.column, wrong.reason)
    except PmsError as refusal:
        column = next((name for name in refusal.fields if name in ToldMember.__dataclass_fields__), "")
        refuse(row, column, refusal.message)


def _over(run: MemberImport) -> None:
    if run.status == MemberImportStatus.CHECKING:
        run.status = MemberImportStatus.CHECKED
        return
    run.status, run.ended_at = MemberImportStatus.FINISHED, now()
    run.rows.exclude(told="").update(told="")


def imports_forget() -> int:
    """Remove what was checked and not begun for a week, with all that it tells of people. Repeatable."""
    old = MemberImport.objects.filter(status=MemberImportStatus.CHECKED, updated_at__lt=now() - KEPT)
    return old.delete()[0]
