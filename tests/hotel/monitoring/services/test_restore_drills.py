"""What is kept of a drill; the restoring itself is shown in tests/config/stack/test_drill.py."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.stack.drill import Report
from hotel.core.clock import now
from hotel.monitoring.domain.drills import proof_of
from hotel.monitoring.models import RestoreDrill
from hotel.monitoring.services import restore_drills
from hotel.monitoring.services.restore_drills import NoBackup, restore_drill
from hotel.monitoring.tasks import restore_drill_run

GOOD = {"name": "restored", "is_ok": True, "text": "database.dump was restored."}
BAD = {"name": "contents", "is_ok": False, "text": "public.rooms_room has 3 rows instead of 4."}


@pytest.fixture
def drilled(settings, tmp_path, monkeypatch):
    """A function that makes the next drill find these checks; what was asked for is kept."""
    settings.BACKUP_DIR = str(tmp_path)
    (tmp_path / "monday.tar").write_text("x")
    asked = []

    def make(*checks, made_at=None):
        made = made_at or now() - timedelta(hours=2)
        report = Report("c" * 64, 1, made.isoformat(), 12.5, 3.25, 200, 7, "2027-03-14", list(checks))
        monkeypatch.setattr(
            restore_drills,
            "import_string",
            lambda name: lambda *words: asked.append((name, *words)) or report,
        )
        return asked

    return make


def test_a_drill_is_kept_with_its_figures_and_its_proof(drilled, tmp_path, db):
    asked = drilled(GOOD)
    drill = restore_drill()
    assert asked[0][:2] == ("config.stack.drill.drill", tmp_path / "monday.tar")
    drill.refresh_from_db()
    assert (drill.backup_name, drill.is_proven, drill.checks) == ("monday.tar", True, [GOOD])
    assert (drill.restore_seconds, drill.verify_seconds) == (Decimal("12.50"), Decimal("3.25"))
    assert (drill.table_count, drill.row_count, drill.business_date) == (200, 7, date(2027, 3, 14))
    assert 7199 < drill.lost.total_seconds() < 7260
    kept = {field.name: getattr(drill, field.name) for field in RestoreDrill._meta.fields}
    values = {name: value for name, value in kept.items() if name not in ("id", "proof")}
    values |= {"restore_seconds": Decimal("12.5"), "verify_seconds": Decimal("3.25")}
    assert drill.proof == proof_of(values)


def test_one_wrong_answer_or_none_at_all_proves_nothing(drilled, db):
    for checks in ((GOOD, BAD), ()):
        drilled(*checks)
        assert restore_drill().is_proven is False


def test_a_backup_of_a_clock_ahead_has_lost_nothing(drilled, db):
    drilled(GOOD, made_at=now() + timedelta(hours=1))
    assert restore_drill().lost == timedelta(0)


def test_without_a_backup_there_is_no_drill_and_the_clock_does_not_mind(settings, db, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    with pytest.raises(NoBackup, match="There is no backup"):
        restore_drill()
    with pytest.raises(NoBackup):
        restore_drill(file=tmp_path / "none.tar")
    restore_drill_run()
    assert RestoreDrill.objects.count() == 0


def test_the_clock_restores_the_newest(drilled, db):
    drilled(GOOD)
    restore_drill_run()
    assert RestoreDrill.objects.get().backup_name == "monday.tar"
