"""The command tells what was found and ends as it ended."""

import io

import pytest
from django.core.management import CommandError, call_command

from hotel.monitoring.management.commands import restore_drill as module
from tests.factories.monitoring import restore_drill_make


def test_a_proven_backup_is_told_with_its_figures(db, monkeypatch):
    monkeypatch.setattr(module, "restore_drill", lambda file: restore_drill_make())
    said = io.StringIO()
    call_command("restore_drill", stdout=said)
    assert "ok    restored    database.dump was restored." in said.getvalue()
    assert "restored in 12.50 s, examined in 3.25 s; would have lost 3600 s of work" in said.getvalue()


def test_one_that_is_not_ends_with_an_error(db, monkeypatch):
    checks = [{"name": "trail", "is_ok": False, "text": "tampered"}]
    monkeypatch.setattr(
        module, "restore_drill", lambda file: restore_drill_make(is_proven=False, checks=checks)
    )
    said = io.StringIO()
    with pytest.raises(CommandError, match="is not proven"):
        call_command("restore_drill", stdout=said)
    assert "WRONG trail       tampered" in said.getvalue()


def test_without_a_backup_it_says_so(db, settings):
    settings.BACKUP_DIR = "/nowhere"
    with pytest.raises(CommandError, match="There is no backup in /nowhere"):
        call_command("restore_drill")
