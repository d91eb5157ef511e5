"""Takes old months out of the database, after all of their entries were sealed and written to a file."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from hotel.core.clock import now
from security.models import AuditArchive, AuditSeal
from security.selectors.seals import LINE

CHUNK = 5_000


def months_archive() -> int:
    """Archive every month that ended more than ``settings.AUDIT_KEPT_MONTHS`` months ago; returns how many.

    A month whose newest entry is not sealed, or whose seal has not left the database, stays. Repeatable.
    """
    return sum(month_archive(partition=name) for name in _old_months())


def _old_months() -> list[str]:
    today = now().date()
    year, month = divmod(today.year * 12 + today.month - 1 - settings.AUDIT_KEPT_MONTHS, 12)
    border = f"security_auditlog_{year:04}_{month + 1:02}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'security_auditlog'::regclass"
        )
        names = sorted(name for (name,) in cursor.fetchall())
    return [name for name in names if name != "security_auditlog_rest" and name < border]


@transaction.atomic
def month_archive(*, partition: str) -> bool:
    """Write the partition to a file, line by line as the entries were hashed, and take it out of the database.

    Args:
        partition: its name, as PostgreSQL has it.

    Returns:
        Whether that was done; an empty partition is only dropped, and that is not counted.
    """
    with connection.cursor() as cursor:
        whole = "SELECT min(id), max(id), count(*) FROM security_auditlog WHERE at >= %s AND at < %s"
        cursor.execute(whole, _span(partition))
        first, last, rows = cursor.fetchone()
        if rows:
            seal = AuditSeal.objects.filter(last_id__gte=last).order_by("last_id").first()
            if seal is None or seal.exported_at is None:
                return False
            name = f"{partition}.jsonl"
            AuditArchive.objects.create(
                partition=partition,
                first_id=first,
                last_id=last,
                rows=rows,
                file=name,
                file_hash=_written(partition, Path(settings.AUDIT_ARCHIVE_DIR) / name),
                seal_number=seal.number,
                archived_at=now(),
            )
        cursor.execute("SELECT security_trail_month_drop(%s)", [partition])
    return bool(rows)


def _span(partition: str) -> tuple[datetime, datetime]:
    """From when until before when its entries are: no others lie in the month, see ``security_trail_partition``."""
    start = datetime.strptime(partition, "security_auditlog_%Y_%m").replace(tzinfo=UTC)
    return start, (start + timedelta(days=32)).replace(day=1)


def _written(partition: str, path: Path) -> str:
    """The SHA-256 of the file, which is on the disk when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole, last = sha256(), 0
    with path.open("wb") as file:
        while lines := _lines(partition, last):
            for key, line in lines:
                data = line.encode() + b"\n"
                whole.update(data)
                file.write(data)
                last = key
        file.flush()
        os.fsync(file.fileno())
    return whole.hexdigest()


def _lines(partition: str, after: int) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {LINE} FROM security_auditlog WHERE at >= %s AND at < %s AND id > %s ORDER BY id LIMIT %s",  # noqa: S608
            [*_span(partition), after, CHUNK],
        )
        return list(cursor.fetchall())
