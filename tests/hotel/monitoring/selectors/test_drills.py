"""Which backup is the newest, and how the last drill stands."""

import os
from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.monitoring.selectors.drills import newest_backup, restore_check
from tests.factories.monitoring import restore_drill_make


@pytest.fixture
def backups(settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    return tmp_path


def test_the_newest_is_the_one_written_last_and_drafts_are_none(backups):
    assert newest_backup() is None
    for name, at in (("b.tar", 100), ("a.tar", 200), ("c.tar.unfinished", 300)):
        (backups / name).write_text("x")
        os.utime(backups / name, (at, at))
    assert newest_backup() == backups / "a.tar"


def test_a_folder_that_is_not_there_holds_none(settings):
    settings.BACKUP_DIR = "/nowhere/backups"
    assert newest_backup() is None


def test_the_house_tells_how_the_last_drill_stands(backups, db):
    assert restore_check().state == "off"
    (backups / "a.tar").write_text("x")
    assert (restore_check().state, restore_check().value) == ("degraded", None)
    restore_drill_make(started_at=now() - timedelta(days=40))
    assert (restore_check().state, restore_check().value) == ("degraded", 40)
    restore_drill_make(started_at=now() - timedelta(days=3))
    found = restore_check()
    assert (found.state, found.value, found.unit, found.detail) == (
        "ok",
        3,
        "days ago",
        "Restored in 12.50 s",
    )
    wrong = [{"name": "restored", "is_ok": True, "text": ""}, {"name": "trail", "is_ok": False, "text": "x"}]
    restore_drill_make(started_at=now(), is_proven=False, checks=wrong)
    assert (restore_check().state, restore_check().detail) == ("failed", "Not as it should be: trail")
