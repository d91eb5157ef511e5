"""Restores backups on trial and keeps what was found."""

import logging
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from hotel.core.clock import now
from hotel.core.exceptions import RuleBroken
from hotel.monitoring.domain.drills import proof_of
from hotel.monitoring.models import RestoreDrill
from hotel.monitoring.selectors.drills import newest_backup

logger = logging.getLogger(__name__)


class NoBackup(RuleBroken):
    """There is no backup to restore."""

    default_code = "no_backup"


def restore_drill(*, file: Path | None = None) -> RestoreDrill:
    """Restore a backup into a database of its own, examine it, and keep the result. Takes minutes; no transaction.

    Args:
        file: the backup; the newest of ``BACKUP_DIR`` when not given.

    Raises:
        NoBackup: no such file, or none at all.
    """
    chosen = file or newest_backup()
    if chosen is None or not chosen.is_file():
        raise NoBackup(f"There is no backup {chosen or f'in {settings.BACKUP_DIR}'}.")
    began = now()
    report = asdict(import_string(settings.RESTORE_DRILL)(chosen, Path(settings.AUDIT_HEADS_FILE)))
    values = _values(report, chosen, began)
    drill = RestoreDrill.objects.create(**values, proof=proof_of(values))
    if not drill.is_proven:
        logger.error("The backup %s could not be proven: see the restore drills.", drill.backup_name)
    return drill


def _values(report: dict[str, Any], file: Path, began: datetime) -> dict[str, Any]:
    told = report["made_at"]
    made_at = (
        datetime.fromisoformat(told) if told else datetime.fromtimestamp(file.stat().st_mtime, began.tzinfo)
    )
    checks = report["checks"]
    return {
        "started_at": began,
        "backup_name": file.name[:255],
        "backup_sha256": report["sha256"],
        "backup_bytes": report["bytes"],
        "backup_made_at": min(made_at, began),
        "restore_seconds": Decimal(str(report["restore_seconds"])),
        "verify_seconds": Decimal(str(report["verify_seconds"])),
        "table_count": report["tables"],
        "row_count": report["rows"],
        "business_date": date.fromisoformat(report["business_date"]) if report["business_date"] else None,
        "is_proven": bool(checks) and all(check["is_ok"] for check in checks),
        "checks": checks,
    }
