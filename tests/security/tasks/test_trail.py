"""Tasks and the handler of security: each calls its service; a job asked for is handed to a worker after the commit."""

import pytest

from security import handlers, tasks
from security.models import AuditSeal, TrailJob
from security.services.trail_jobs import job_ask
from tests.security.trail import trail_made


@pytest.mark.django_db
def test_each_task_says_what_it_did(monkeypatch, settings, tmp_path, mailoutbox):
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.jsonl")
    settings.AUDIT_HEADS_MAIL_TO = ["dpo@example.com"]
    trail_made(5, monkeypatch)
    assert tasks.trail_seal() >= 0
    assert tasks.trail_months() == 0
    assert tasks.head_mail_send() == 1
    assert tasks.trail_jobs_work() == 0
    assert AuditSeal.objects.filter(exported_at=None).count() == 0


def test_a_job_is_handed_to_a_worker(cast, drain, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.OUTBOX_HINTS = True
    asked = []
    monkeypatch.setattr(tasks.trail_jobs_work, "apply_async", lambda **how: asked.append(how))
    with django_capture_on_commit_callbacks(execute=True):
        job_ask(kind=TrailJob.VERIFY, by=cast.ada)
        drain()
    assert {"retry": False} in asked


def test_without_a_broker_the_sweep_will_do_it(monkeypatch, caplog):
    def away(**how):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.trail_jobs_work, "apply_async", away)
    handlers._hint(tasks.trail_jobs_work)
    assert "the sweep will begin the job" in caplog.text


def test_a_report_is_asked_for_and_handed_to_a_worker(
    cast, drain, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.OUTBOX_HINTS = True
    asked = []
    monkeypatch.setattr(tasks.compliance_work, "apply_async", lambda **how: asked.append(how))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.compliance_ask() == 3
        drain()
    assert {"retry": False} in asked
