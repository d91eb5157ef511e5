"""Reports over the API: for who holds the right everywhere, asked for once, read with their rows, downloaded."""

import uuid

import pytest

from security.domain.compliance import Look
from security.models import ComplianceEvidence, ComplianceReport
from security.services import compliance
from security.services.compliance import report_ask, reports_work
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import HOSTILE, HOSTILE_QUERIES
from tests.factories.security_compliance import (
    compliance_evidence_make,
    compliance_item_make,
    compliance_report_make,
)

REPORTS = "/api/v1/security/compliance"
ITEMS, EVIDENCE = f"{REPORTS}/items", f"{REPORTS}/evidence"
VIEW, MANAGE = {"view_security_area"}, {"view_security_area", "manage_security_area"}


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "none.json")
    monkeypatch.setattr(compliance, "check_run", lambda code: Look("checked", "Seen."))


def everywhere(stage, rights=VIEW):
    return stage.client_of(rights, stage.alpha, stage.beta)


def asked(client, framework="gdpr", key=None):
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return client.post(REPORTS, {"framework": framework}, format="json", headers=headers)


def test_who_holds_the_right_at_a_part_of_the_hotels_sees_nothing(stage):
    item, given = compliance_item_make(stage.alpha), compliance_evidence_make(stage.alpha)
    partly, whole = stage.client_of(MANAGE, stage.alpha), everywhere(stage)
    for path, pk in ((REPORTS, item.report_id), (ITEMS, item.pk), (EVIDENCE, given.pk)):
        assert ids_of(whole.get(path)) == [pk]
        assert ids_of(partly.get(path)) == []
        assert_problem(partly.get(f"{path}/{pk}"), 404, "not_found")
        assert_problem(stage.client().get(path), 401, "not_authenticated")
        assert_problem(stage.client_of({"view_rooms_area"}).get(path), 403, "permission_denied")
    assert_problem(partly.get(f"{REPORTS}/frameworks"), 403, "permission_denied")
    assert_problem(asked(partly), 403, "permission_denied")
    assert_problem(asked(whole), 403, "permission_denied")
    assert ComplianceReport.objects.count() == 1


def test_frameworks_tell_what_is_bound_to_what(stage):
    found = {row["code"]: row for row in everywhere(stage).get(f"{REPORTS}/frameworks").json()}
    assert found["asvs"]["levels"] == {"1": 70, "2": 183, "3": 92}
    assert found["asvs"]["figures"]["requirements"] == 345
    assert list(found) == ["asvs", "pci", "gdpr"]


@pytest.mark.pdf
def test_a_report_is_asked_for_once_made_and_read(stage):
    client, key = everywhere(stage, MANAGE), str(uuid.uuid4())
    first, second = asked(client, key=key), asked(client, key=key)
    assert (first.status_code, second.json()["id"]) == (202, first.json()["id"])
    assert_problem(asked(client), 409, "compliance_report_runs")
    pk = first.json()["id"]
    assert_problem(client.get(f"{REPORTS}/{pk}/pdf"), 422, "report_not_done")
    reports_work()
    told = client.get(f"{REPORTS}/{pk}").json()
    assert (told["status"], told["percent"], sum(told["figures"].values())) == ("done", 100, 54)
    rows = client.get(ITEMS, {"report": pk, "outcome": "not_applicable"}).json()["results"]
    assert [row["requirement"] for row in rows] == ["22"]
    for kind, start in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        answer = client.get(f"{REPORTS}/{pk}/{kind}")
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]


def test_evidence_is_given_and_withdrawn(stage):
    client = everywhere(stage, MANAGE)
    body = {"framework": "gdpr", "requirement": "13", "title": "Notice", "kept_at": "Folder 7"}
    body |= {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    assert_problem(everywhere(stage).post(EVIDENCE, body, format="json"), 403, "permission_denied")
    wrong = client.post(EVIDENCE, {**body, "requirement": "99"}, format="json")
    assert_problem(wrong, 400, "invalid")
    assert not ComplianceEvidence.objects.exists()
    answer = client.post(EVIDENCE, body, format="json")
    assert answer.status_code == 201, answer.content
    path = f"{EVIDENCE}/{answer.json()['id']}/withdraw"
    assert client.post(path).json()["withdrawn_at"] is not None
    assert_problem(client.post(path), 409, "evidence_withdrawn")
    assert ids_of(client.get(EVIDENCE, {"is_withdrawn": "false"})) == []
    assert len(ids_of(client.get(EVIDENCE, {"is_withdrawn": "true"}))) == 1


def test_hostile_input_is_refused(stage):
    client = everywhere(stage, MANAGE)
    for value in HOSTILE:
        assert 400 <= asked(client, value).status_code < 500, value
    for query in HOSTILE_QUERIES:
        for path in (REPORTS, ITEMS, EVIDENCE):
            assert client.get(f"{path}?{query}").status_code < 500
    assert not ComplianceReport.objects.exists()


def test_lists_cost_the_same_for_many_rows(stage, django_assert_max_num_queries):
    report = compliance_report_make(stage.alpha)
    for _ in range(12):
        compliance_report_make(stage.alpha)
        compliance_item_make(stage.alpha, report=report)
        compliance_evidence_make(stage.alpha)
    client = everywhere(stage)
    for path in (REPORTS, ITEMS, EVIDENCE):
        with django_assert_max_num_queries(8):
            assert len(ids_of(client.get(path))) >= 12


def test_what_waits_is_shown_with_how_far_it_is(stage):
    report = report_ask(framework="asvs", by=None)
    ComplianceReport.objects.filter(pk=report.pk).update(status="running", total=50, done=10)
    assert everywhere(stage).get(f"{REPORTS}/{report.pk}").json()["percent"] == 20
