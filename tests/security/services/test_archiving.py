"""Old months go to a file, after they were sealed; the check goes on with the file."""

from hashlib import sha256
from pathlib import Path

import pytest

from security.models import AuditArchive, AuditSeal
from security.selectors.verification import trail_verify
from security.services.archiving import month_archive, months_archive
from security.services.capture import partitions_ahead
from security.services.sealing import range_seal
from tests.security.trail import execute, hashes_made_anew, trail_made

OLD = "security_auditlog_2020_01"


@pytest.fixture
def old_month(db, monkeypatch, tmp_path, settings):
    """Entries 1–25 lie in an old month, 26–45 in this one; all are sealed in tens."""
    settings.AUDIT_ARCHIVE_DIR = str(tmp_path / "archive")
    trail_made(45, monkeypatch)
    execute("DELETE FROM security_auditseal")
    execute("DELETE FROM security_sealmark")
    execute("SELECT security_trail_partition('2020-01-05')")
    execute("UPDATE security_auditlog SET at = '2020-01-05 12:00+00' WHERE id <= 25")
    hashes_made_anew()
    range_seal(up_to=45)
    AuditSeal.objects.update(exported_at="2027-03-14T12:00Z")
    return tmp_path / "archive" / f"{OLD}.jsonl"


def test_a_month_goes_to_a_file_that_proves_itself(old_month):
    assert months_archive() == 1
    row = AuditArchive.objects.get()
    assert (row.partition, row.first_id, row.last_id, row.rows, row.seal_number) == (OLD, 1, 25, 25, 3)
    assert sha256(old_month.read_bytes()).hexdigest() == row.file_hash
    assert len(old_month.read_text().splitlines()) == 25
    assert execute("SELECT to_regclass(%s), min(id) FROM security_auditlog", [OLD]) == [(None, 26)]
    found = trail_verify(heads=iter([]))
    assert (found.rows, found.unsealed, found.findings) == (46, 1, [])  # with the entry of the archive itself


def test_a_file_that_was_changed_or_lost_is_found(old_month):
    months_archive()
    text = old_month.read_text()
    old_month.write_text(text.replace('"rooms_room", "5"', '"rooms_room", "6"', 1))
    kinds = {finding["kind"] for finding in trail_verify(heads=iter([])).findings}
    assert kinds == {"archive_changed", "seal_root"}
    old_month.unlink()
    kinds = {finding["kind"] for finding in trail_verify(heads=iter([])).findings}
    assert kinds == {"archive_lost", "seal_root", "seal_rows"}


def test_what_is_not_sealed_or_not_kept_outside_stays(old_month):
    execute("UPDATE security_auditseal SET exported_at = NULL")
    assert months_archive() == 0
    execute("DELETE FROM security_auditseal WHERE number > 2")
    assert month_archive(partition=OLD) is False
    assert not Path(old_month).exists()
    assert execute("SELECT count(*) FROM security_auditlog") == [(45,)]


def test_an_empty_month_is_only_dropped(old_month):
    execute("SELECT security_trail_partition('2019-06-01')")
    assert months_archive() == 1
    assert execute("SELECT to_regclass('security_auditlog_2019_06')") == [(None,)]


def test_months_are_made_ahead_and_those_that_came_too_late_stay_with_the_rest(db):
    execute("ALTER TABLE security_auditlog DISABLE TRIGGER USER")
    month = execute("SELECT 'security_auditlog_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')")[0][0]
    execute(f"DROP TABLE {month}")
    assert partitions_ahead() == 1
    assert partitions_ahead() == 0
