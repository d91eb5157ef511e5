"""Missing migrations are counted until there are none."""

import shutil

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from hotel.core import readiness
from tests.structure import by_owner


@pytest.fixture(autouse=True)
def unknown(monkeypatch):
    monkeypatch.setattr(readiness, "_seen", {"is_current": False})


def test_a_migrated_database_lacks_none_and_is_asked_once(db, django_assert_num_queries):
    assert readiness.migrations_missing() == 0
    with django_assert_num_queries(0):
        assert readiness.migrations_missing() == 0


def test_one_that_was_not_applied_is_missing(db):
    rows = MigrationRecorder(connection).migration_qs.filter(app="monitoring")
    newest = max(rows.values_list("name", flat=True))
    with by_owner():
        assert rows.filter(name=newest).delete()[0] == 1
    assert readiness.migrations_missing() == 1


def test_what_is_free_is_asked_of_the_nearest_folder_there_is(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path / "not" / "yet" / "there")
    usage = shutil._ntuple_diskusage(1000, 958, 42)
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda folder: usage if folder == tmp_path else None)
    assert readiness.disk_free() == (4, 42)
