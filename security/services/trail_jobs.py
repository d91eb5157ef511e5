"""Checks and exports of the trail: asked for by a person, done by a worker, with progress to be seen meanwhile."""

import json
import logging
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from hotel.contracts.security import TrailJobAsked
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotPermitted, StorageLow
from hotel.core.exports import csv_write
from hotel.core.facts import publish
from hotel.core.words import _
from hotel.properties.scoping import scope_of
from hotel.properties.selectors.restraints import require_export
from security.choices import TrailJobStatus
from security.models import AuditLog, TrailJob
from security.selectors.trail import COLUMNS, entries_wanted, entry_shown
from security.selectors.verification import trail_verify

logger = logging.getLogger(__name__)

STEP = 2_000


@transaction.atomic
def job_ask(*, kind: str, by: Any, filters: dict[str, Any] | None = None) -> TrailJob:
    """Ask for a check or an export.

    Args:
        kind: ``TrailJob.VERIFY`` or ``TrailJob.EXPORT``.
        by: the person; an export has what he may see when it is made.
        filters: of an export, as ``selectors.trail.entries_wanted`` reads them, and ``format``: csv or jsonl.

    Raises:
        Conflict: a check is being done already.
        NotPermitted: exports of a hotel whose entries ``by`` may see are frozen.
        StorageLow: there is no room for files.
    """
    if kind == TrailJob.EXPORT:
        require_export(scope_of(by))
    open_states = (TrailJobStatus.WAITING, TrailJobStatus.RUNNING)
    if kind == TrailJob.VERIFY and TrailJob.objects.filter(kind=kind, status__in=open_states).exists():
        raise Conflict(_("The trail is being checked already."), code="check_running")
    job = TrailJob.objects.create(kind=kind, asked_by=by, filters=filters or {})
    publish(TrailJobAsked(property_id=None, job_id=job.pk, kind=kind))
    return job


def jobs_work() -> int:
    """Do what waits, oldest first; returns how many jobs were done. Two workers never do the same."""
    done = 0
    while job := _claimed():
        job_do(job)
        done += 1
    return done


@transaction.atomic
def _claimed() -> TrailJob | None:
    rows = TrailJob.objects.filter(status=TrailJobStatus.WAITING).order_by("pk")
    job = rows.select_for_update(skip_locked=True, no_key=True).first()
    if job is not None:
        job.status = TrailJobStatus.RUNNING
        job.save(update_fields=["status"])
    return job


def job_do(job: TrailJob) -> None:
    """Do a job that was claimed; whatever happens it ends as done or failed."""
    try:
        if job.kind == TrailJob.VERIFY:
            _verify(job)
        else:
            _export(job)
        job.status = TrailJobStatus.DONE
    except (NotPermitted, StorageLow) as refused:
        job.status, job.result = TrailJobStatus.FAILED, {"refused": refused.code, "text": refused.message}
    except Exception:
        logger.exception("The job %s of the trail failed.", job.pk)
        job.status = TrailJobStatus.FAILED
    job.finished_at = now()
    job.save()


def _verify(job: TrailJob) -> None:
    newest = AuditLog.objects.order_by("-pk").values_list("pk", flat=True).first()
    TrailJob.objects.filter(pk=job.pk).update(total=newest or 0)
    job.total = newest or 0

    def progress(rows: int) -> None:
        TrailJob.objects.filter(pk=job.pk).update(done=rows)

    found = trail_verify(progress=progress)
    job.done = job.total = found.rows
    job.result = {**asdict(found), "is_sound": not found.findings}
    for finding in found.findings:
        logger.error("The trail was tampered with: %s", finding["text"])


def _export(job: TrailJob) -> None:
    rows = entries_wanted(AuditLog.objects.visible_to(job.asked_by), job.filters)
    job.total = rows.count()
    TrailJob.objects.filter(pk=job.pk).update(total=job.total)
    form = job.filters.get("format", "csv")
    job.file = f"trail-{job.pk}-{secrets.token_hex(8)}.{form}"
    path = Path(settings.AUDIT_EXPORT_DIR) / job.file
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _write(job, rows, path, form)
    except (NotPermitted, StorageLow):
        path.unlink(missing_ok=True)
        raise


def _write(job: TrailJob, rows: Any, path: Path, form: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            rows_shown = ([_cell(shown[name]) for name in COLUMNS] for shown in _counted(job, rows))
            csv_write(file, chain([COLUMNS], rows_shown))
        else:
            for shown in _counted(job, rows):
                file.write(json.dumps(shown, ensure_ascii=False) + "\n")


def _counted(job: TrailJob, rows: Any) -> Iterator[dict[str, Any]]:
    """The entries as they are shown; asks now and then whether exports were frozen meanwhile."""
    require_export(scope_of(job.asked_by))
    for number, entry in enumerate(rows.order_by("pk").iterator(chunk_size=STEP), start=1):
        yield entry_shown(entry)
        if number % STEP == 0:
            require_export(scope_of(job.asked_by))
            TrailJob.objects.filter(pk=job.pk).update(done=number)
        job.done = number


def _cell(value: Any) -> Any:
    """JSON columns as text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
