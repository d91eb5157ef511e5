"""A report is asked for once, made with progress, frozen, compared with the one before, and told."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.messaging.models import Message
from security.domain.compliance import Look
from security.models import ComplianceItem, ComplianceReport
from security.selectors.checks.registry import CHECKS
from security.selectors.frameworks import bound_tests, catalogue
from security.services import compliance
from security.services.compliance import report_ask, reports_ask_all, reports_work
from security.services.compliance_evidence import evidence_give
from tests.factories.accounts import role_make, user_make

OUTCOMES = {"checked", "failed", "needs_evidence", "not_applicable"}


@pytest.fixture
def looks(monkeypatch):
    """What each check comes to: good, unless a test says otherwise."""
    found = dict.fromkeys(CHECKS, "checked")
    monkeypatch.setattr(compliance, "check_run", lambda code: Look(found[code], f"{code} seen."))
    return found


@pytest.fixture(autouse=True)
def no_record(settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "results.json")
    return tmp_path / "results.json"


def made(framework, by=None):
    report = report_ask(framework=framework, by=by)
    assert reports_work() == 1
    report.refresh_from_db()
    return report


def item(report, name):
    return report.items.get(requirement=name)


def test_every_requirement_has_a_row_with_one_of_four_outcomes(cast, looks):
    report = made("asvs", cast.ada)
    assert (report.status, report.done, report.percent) == ("done", report.total, 100)
    assert list(report.items.values_list("requirement", flat=True)) == [
        row.id for row in catalogue("asvs").requirements
    ]
    assert set(report.figures) <= OUTCOMES
    assert sum(report.figures.values()) == 345
    assert report.figures["not_applicable"] == 67
    assert item(report, "8.4.1").outcome == "checked"
    assert item(report, "1.2.4").outcome == "needs_evidence"
    assert item(report, "5.2.4").outcome == "failed"
    assert item(report, "17.1.1").grounds == [
        {"kind": "reason", "outcome": "not_applicable", "detail": "There are no calls by WebRTC.", "code": ""}
    ]
    assert "compliant" not in json.dumps(list(report.items.values_list("says", "grounds"))).lower()


def test_one_of_a_framework_is_made_at_a_time(cast, looks):
    report_ask(framework="gdpr", by=cast.ada)
    with pytest.raises(Conflict):
        report_ask(framework="gdpr", by=cast.ada)
    assert reports_ask_all() == 2
    assert reports_work() == 3
    assert report_ask(framework="gdpr", by=None).status == "waiting"


def test_recorded_tests_count_while_they_are_fresh(cast, looks, no_record):
    passed = dict.fromkeys(bound_tests(), True)
    passed["tests/architecture/test_dangerous_code.py::test_sql_is_never_put_together_from_values"] = False
    no_record.write_text(json.dumps({"ran_at": now().isoformat(), "passed": passed}))
    report = made("asvs")
    assert (item(report, "1.2.4").outcome, item(report, "8.2.1").outcome) == ("failed", "checked")
    assert report.tests_at is not None
    no_record.write_text(json.dumps({"ran_at": (now() - timedelta(days=46)).isoformat(), "passed": passed}))
    assert item(made("asvs"), "1.2.4").outcome == "needs_evidence"


def test_a_report_is_compared_with_the_one_before(cast, looks):
    first = made("gdpr")
    assert (first.before, first.changes) == (None, {})
    looks["backup_age"] = "failed"
    second = made("gdpr")
    row = item(second, "32(1)(c)")
    assert (row.outcome_before, row.outcome) == ("checked", "failed")
    assert (second.before, second.changes) == (first, {"same": 53, "worse": 1})
    assert second.rows_hash != first.rows_hash


def test_evidence_of_a_person_counts_until_its_day(cast, looks):
    today = now().date()
    given = {
        "framework": "gdpr",
        "requirement": "13",
        "title": "Notice",
        "kept_at": "Folder 7",
        "by": cast.ada,
    }
    assert item(made("gdpr"), "13").outcome == "needs_evidence"
    evidence_give(**given, valid_from=today - timedelta(days=9), valid_until=today - timedelta(days=1))
    old = item(made("gdpr"), "13")
    assert (old.outcome, old.grounds[0]["detail"][:11]) == ("needs_evidence", "Out of date")
    evidence = evidence_give(**given, valid_from=today, valid_until=today)
    row = item(made("gdpr"), "13")
    assert (row.outcome, row.evidence) == ("checked", evidence)
    assert str(cast.ada) in row.grounds[0]["detail"]


def test_a_done_report_and_its_rows_are_never_changed(cast, looks):
    report = made("gdpr")
    for change in (
        lambda: ComplianceReport.objects.filter(pk=report.pk).update(figures={}),
        lambda: ComplianceItem.objects.filter(report=report).update(outcome="checked"),
        lambda: item(report, "13").delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert item(report, "13").outcome == "needs_evidence"


def test_a_report_that_breaks_has_failed_and_left_no_rows(cast, monkeypatch):
    monkeypatch.setattr(compliance, "_freeze", lambda *told: 1 / 0)
    monkeypatch.setattr(compliance, "check_run", lambda code: Look("checked", "Seen."))
    report = made("gdpr")
    assert (report.status, report.failure, report.items.count()) == ("failed", "ZeroDivisionError", 0)


def test_what_a_dead_worker_left_is_begun_anew(cast, looks):
    report = report_ask(framework="gdpr", by=None)
    ComplianceReport.objects.filter(pk=report.pk).update(
        status="running", started_at=now() - timedelta(minutes=29)
    )
    assert reports_work() == 0
    ComplianceReport.objects.filter(pk=report.pk).update(started_at=now() - timedelta(minutes=31))
    assert reports_work() == 1


def test_who_manages_security_everywhere_is_written_to(cast, looks):
    role = role_make(cast.chain, "security.manage", code="keeper")
    whole, part = (
        user_make(cast.alpha, username=name, email=f"{name}@example.com") for name in ("whole", "part")
    )
    for user, places in ((whole, (cast.alpha, cast.beta)), (part, (cast.alpha,))):
        for place in places:
            role_assign(user=user, role=role, place=place)
    Message.objects.all().delete()
    report = made("gdpr")
    told = {row.address: row for row in Message.objects.filter(template_code="staff_notice")}
    assert "whole@example.com" in told
    assert "part@example.com" not in told
    letter = told["whole@example.com"]
    assert letter.subject.startswith("Report on GDPR of ")
    assert f"/dashboard/security/compliance/{report.pk}" in letter.body
    assert "54 requirements:" in letter.body
    assert "compliant" not in letter.body.lower()
