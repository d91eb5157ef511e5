"""Which backups there are, and how the last drill ended."""

from pathlib import Path

from django.conf import settings

from hotel.core.clock import now
from hotel.core.health_checks import DEGRADED, OFF, Finding
from hotel.monitoring.domain.drills import standing
from hotel.monitoring.models import RestoreDrill


def newest_backup() -> Path | None:
    """The backup that was written last, as far as this machine sees them."""
    found = [(path.stat().st_mtime, path) for path in Path(settings.BACKUP_DIR).glob("*.tar")]
    return max(found)[1] if found else None


def restore_check() -> Finding:
    """Whether a backup was restored on trial lately; the value is how many days ago."""
    last = RestoreDrill.objects.first()
    if last is None:
        if newest_backup() is None:
            return Finding(OFF, detail="No backups are known here.")
        return Finding(DEGRADED, detail="No backup has been restored on trial yet.")
    days = (now() - last.started_at).days
    wrong = [check["name"] for check in last.checks if not check["is_ok"]]
    detail = f"Not as it should be: {', '.join(wrong)}" if wrong else f"Restored in {last.restore_seconds} s"
    return Finding(standing(is_proven=last.is_proven, age_days=days), days, "days ago", detail)
