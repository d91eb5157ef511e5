"""Checks and exports by a worker."""

import pytest

from hotel.core.exceptions import Conflict, StorageLow
from hotel.core.models import OutboxMessage
from security.models import AuditLog, TrailJob
from security.services import trail_jobs
from security.services.trail_jobs import job_ask, jobs_work
from tests.security.trail import execute, trail_made


def test_asking_tells_the_house(cast):
    job = job_ask(kind=TrailJob.VERIFY, by=cast.ada)
    message = OutboxMessage.objects.get(topic="TrailJobAsked")
    assert (message.payload["job_id"], message.payload["kind"]) == (job.pk, "verify")


def test_a_second_check_waits_for_the_first_to_end(cast):
    job_ask(kind=TrailJob.VERIFY, by=cast.ada)
    with pytest.raises(Conflict, match="already"):
        job_ask(kind=TrailJob.VERIFY, by=cast.ada)
    job_ask(kind=TrailJob.EXPORT, by=cast.ada)
    assert TrailJob.objects.count() == 2


def test_tampering_is_in_the_result_and_in_the_log(cast, monkeypatch, caplog, tmp_path, settings):
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.jsonl")
    trail_made(25, monkeypatch)
    execute("UPDATE security_auditlog SET reason = 'x' WHERE id = 5")
    job_ask(kind=TrailJob.VERIFY, by=cast.ada)
    assert jobs_work() == 1
    job = TrailJob.objects.get()
    assert (job.status, job.result["is_sound"]) == ("done", False)
    assert {finding["kind"] for finding in job.result["findings"]} == {"entry_hash", "seal_root"}
    assert "Entry 5 does not say what its hash says." in caplog.text


def test_with_little_room_no_export_is_asked_for_or_made_and_checks_go_on(
    cast, settings, tmp_path, disk_left
):
    settings.AUDIT_EXPORT_DIR = str(tmp_path)
    waiting = job_ask(kind=TrailJob.EXPORT, by=cast.ada)
    disk_left(9)
    with pytest.raises(StorageLow):
        job_ask(kind=TrailJob.EXPORT, by=cast.ada)
    assert TrailJob.objects.get() == waiting
    assert jobs_work() == 1
    waiting.refresh_from_db()
    assert (waiting.status, waiting.result["refused"]) == ("failed", "storage_low")
    assert list(tmp_path.iterdir()) == []
    assert job_ask(kind=TrailJob.VERIFY, by=cast.ada).status == "waiting"


def test_a_job_that_breaks_is_failed_and_the_next_is_done(cast, monkeypatch, tmp_path, settings):
    settings.AUDIT_EXPORT_DIR = str(tmp_path)
    one, other = (job_ask(kind=TrailJob.EXPORT, by=cast.ada, filters={"format": f}) for f in ("csv", "jsonl"))
    real = trail_jobs._export

    def export(job):
        if job.pk == one.pk:
            raise OSError("no space left")
        real(job)

    monkeypatch.setattr(trail_jobs, "_export", export)
    assert jobs_work() == 2
    assert [TrailJob.objects.get(pk=job.pk).status for job in (one, other)] == ["failed", "done"]
    assert AuditLog.objects.count() > 0
