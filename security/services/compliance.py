"""Reports of compliance: asked for, made by a worker with progress, frozen, told to those who manage security."""

import hashlib
import json
import logging
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction

from hotel.contracts.security import ComplianceReportAsked
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.facts import publish
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from security.compliance_choices import Framework, ReportStatus
from security.domain.compliance import Given, Look, Requirement, verdict
from security.models import ComplianceEvidence, ComplianceItem, ComplianceReport
from security.selectors.checks.registry import check_run
from security.selectors.compliance import changes_of, evidence_for, outcomes_of, report_before
from security.selectors.frameworks import Catalogue, catalogue
from security.selectors.recorded_tests import recorded_tests
from security.services.compliance_mail import report_tell

logger = logging.getLogger(__name__)
OPEN = (ReportStatus.WAITING, ReportStatus.RUNNING)
STALE = timedelta(minutes=30)


@transaction.atomic
def report_ask(*, framework: str, by: Any) -> ComplianceReport:
    """Ask for a report.

    Args:
        framework: of ``Framework``.
        by: who asks; None for the schedule.

    Raises:
        Conflict: one of this framework is being made.

    Locks: the register of reports, until the commit.
    """
    told = catalogue(framework)
    advisory_lock(LockSpace.COMPLIANCE, framework)
    if ComplianceReport.objects.filter(framework=framework, status__in=OPEN).exists():
        raise Conflict(_("A report of this framework is being made."), code="compliance_report_runs")
    report = ComplianceReport.objects.create(
        framework=framework, version=told.version, catalogue_hash=told.digest, asked_by=by
    )
    publish(ComplianceReportAsked(property_id=None, report_id=report.pk, framework=framework))
    return report


def reports_ask_all() -> int:
    """Ask for one of each framework, by the schedule; one that is being made is enough. Returns how many."""
    asked = 0
    for code in Framework.values:
        try:
            report_ask(framework=code, by=None)
            asked += 1
        except Conflict:
            logger.info("A report of %s is being made already.", code)
    return asked


def reports_work() -> int:
    """Make what waits, oldest first; what a dead worker left is begun anew. Returns how many. Two never do the same."""
    ComplianceReport.objects.filter(status=ReportStatus.RUNNING, started_at__lt=now() - STALE).update(
        status=ReportStatus.WAITING, done=0
    )
    done = 0
    while report := _claimed():
        report_make(report=report)
        done += 1
    return done


@transaction.atomic
def _claimed() -> ComplianceReport | None:
    rows = ComplianceReport.objects.filter(status=ReportStatus.WAITING).order_by("pk")
    report = rows.select_for_update(skip_locked=True, no_key=True).first()
    if report is not None:
        report.status, report.started_at, report.done = ReportStatus.RUNNING, now(), 0
        report.save(update_fields=["status", "started_at", "done"])
    return report


def report_make(*, report: ComplianceReport) -> ComplianceReport:
    """Make a report that was claimed; whatever happens it ends as done or failed."""
    try:
        _make(report)
    except Exception as error:
        logger.exception("The report %s could not be made.", report.pk)
        with transaction.atomic():
            (row,) = lock_rows(ComplianceReport.objects.filter(pk=report.pk))
            row.status, row.finished_at, row.failure = ReportStatus.FAILED, now(), type(error).__name__
            row.save(update_fields=["status", "finished_at", "failure"])
    report.refresh_from_db()
    return report


def _make(report: ComplianceReport) -> None:
    told = catalogue(report.framework)
    codes = sorted({code for row in told.requirements for code in row.checks})
    ComplianceReport.objects.filter(pk=report.pk).update(total=len(codes) + 1)
    looks: dict[str, Look] = {}
    for number, code in enumerate(codes, start=1):
        looks[code] = check_run(code)
        ComplianceReport.objects.filter(pk=report.pk).update(done=number)
    _freeze(report.pk, told, looks)


@transaction.atomic
def _freeze(pk: int, told: Catalogue, looks: dict[str, Look]) -> None:
    (report,) = lock_rows(ComplianceReport.objects.filter(pk=pk))
    if report.status != ReportStatus.RUNNING:
        return  # another worker took it over and has ended it
    before, tests = report_before(report.framework), recorded_tests()
    outcomes, given = outcomes_of(before), evidence_for(report.framework, now().date())
    counting = tests if tests is not None and tests.is_fresh else None
    passed = counting.passed if counting else None
    items = [
        _item(report, position, row, looks, passed, given.get(row.id), outcomes.get(row.id, ""))
        for position, row in enumerate(told.requirements, start=1)
    ]
    ComplianceItem.objects.bulk_create(items)
    report.figures = dict(Counter(item.outcome for item in items))
    report.changes = changes_of((item.outcome_before, item.outcome) for item in items) if before else {}
    report.before, report.tests_at = before, counting.ran_at if counting else None
    report.version, report.catalogue_hash = told.version, told.digest
    report.rows_hash = rows_hash(items)
    report.done, report.status, report.finished_at = report.total, ReportStatus.DONE, now()
    report.save()
    report_tell(report=report)


def _item(
    report: ComplianceReport,
    position: int,
    row: Requirement,
    looks: dict[str, Look],
    passed: dict[str, bool] | None,
    evidence: ComplianceEvidence | None,
    before: str,
) -> ComplianceItem:
    given = None
    if evidence is not None:
        words = f"{evidence.title}, kept at {evidence.kept_at}, given by {evidence.given_by}"
        words = f"{words}, valid from {evidence.valid_from} until {evidence.valid_until}."
        given = Given(words, evidence.valid_until >= now().date())
    outcome, grounds = verdict(row, looks=looks, tests=passed, given=given)
    return ComplianceItem(
        report=report, position=position, requirement=row.id, level=row.level, says=row.says, outcome=outcome,
        outcome_before=before, grounds=[asdict(ground) for ground in grounds], evidence=evidence, looked_at=now(),
    )  # fmt: skip


def rows_hash(items: list[ComplianceItem]) -> str:
    """SHA-256 over the rows of a report: requirement, outcome and grounds, in order."""
    rows = [[item.requirement, item.outcome, item.grounds] for item in items]
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
