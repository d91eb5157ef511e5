"""Incidents over the API."""

import pytest

from hotel.accounts.models import User
from security.models import IncidentEntry, IncidentEvidence, SecurityIncident
from tests.contracts.base import assert_problem
from tests.contracts.crud import CreateContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.scoping import ScopedModelContract
from tests.contracts.stage import Client
from tests.factories.security import (
    incident_detector_make,
    incident_entry_make,
    incident_evidence_make,
    security_incident_make,
)

ROOT = "/api/v1/security/incident-response"


class TestIncidents(ReadContract, CreateContract, QueryContract, ScopedModelContract):
    model, url, area, write = SecurityIncident, ROOT, "security", "respond"
    factory = security_incident_make

    def create(self, place):
        return {
            "property": place.pk, "category": "account", "severity": "high", "title": "Somebody acts as Bo.",
            "summary": "He was abroad.", "subject": "user:7", "is_drill": True, "detected_at": "2026-01-02T03:04:05Z",
        }  # fmt: skip


class TestTimeline(ReadContract, QueryContract, ScopedModelContract):
    model, url, area = IncidentEntry, f"{ROOT}/timeline", "security"
    factory = incident_entry_make


class TestEvidence(ReadContract, CreateContract, QueryContract, ScopedModelContract):
    model, url, area, write = IncidentEvidence, f"{ROOT}/evidence", "security", "respond"
    factory = incident_evidence_make

    def create(self, place):
        return {
            "incident": security_incident_make(place).pk,
            "kind": "text",
            "title": "A call",
            "words": "He said no.",
        }


ONE = f"{ROOT}/{{incident}}"
RIGHT = "respond_security_area"
COMMANDS = [
    Case("post", f"{ONE}/triage", RIGHT, 200, {}),
    Case("post", f"{ONE}/declare", RIGHT, 409, {}),
    Case("post", f"{ONE}/contain", RIGHT, 409, {}),
    Case("post", f"{ONE}/eradicate", RIGHT, 409, {"words": "x"}),
    Case("post", f"{ONE}/begin-recovery", RIGHT, 409, {}),
    Case("post", f"{ONE}/finish-recovery", RIGHT, 409, {}),
    Case("post", f"{ONE}/review", RIGHT, 409, {"words": "x"}),
    Case("post", f"{ONE}/close", RIGHT, 409, {}),
    Case("post", f"{ONE}/dismiss", RIGHT, 200, {"words": "It was Bo."}),
    Case("post", f"{ONE}/write", RIGHT, 200, {"words": "Called him."}),
    Case("post", f"{ONE}/grade", RIGHT, 200, {"severity": "low"}),
    Case("post", f"{ONE}/assess", RIGHT, 200, {"is_breach": True}),
    Case("post", f"{ONE}/tell-authority", RIGHT, 409, {}),
    Case("post", f"{ONE}/tell-people", RIGHT, 409, {"how": "By letter."}),
]


@pytest.mark.parametrize("case", COMMANDS, ids=str)
def test_commands_are_for_those_who_respond(case, stage):
    assert_case(case, stage, incident=security_incident_make(stage.alpha).pk)


@pytest.fixture
def as_(house):
    def client(user) -> Client:
        made = Client()
        made.force_authenticate(user=User.objects.get(pk=user.pk))
        return made

    return client


def test_an_incident_from_its_report_to_its_end(house, as_):
    boss = as_(house.ada)
    body = {
        "property": house.alpha.pk,
        "category": "personal_data",
        "severity": "high",
        "title": "A list was lost.",
    }
    made = boss.post(ROOT, body).json()
    one = f"{ROOT}/{made['id']}"
    assert (made["status"], made["notice_due_at"], made["opened_by"]) == ("detected", None, house.ada.pk)
    assert {a["name"] for a in made["actions"] if a["is_allowed"]} == {
        "triage",
        "dismiss",
        "assess",
        "write",
        "grade",
        "act",
    }

    for name in ("triage", "declare", "contain"):
        assert boss.post(f"{one}/{name}").status_code == 200, name
    assert_problem(boss.post(f"{one}/eradicate"), 400, "invalid")
    for name in ("eradicate", "begin-recovery", "finish-recovery", "review"):
        assert boss.post(f"{one}/{name}", {"words": "So."}).status_code == 200, name
    assessed = boss.post(f"{one}/assess", {"is_breach": True, "people_affected": 40}).json()
    assert assessed["notice_due_at"] is not None
    assert_problem(boss.post(f"{one}/close"), 409, "risk_unknown")
    boss.post(f"{one}/assess", {"risk": "high", "risk_reason": "Names and arrival days."})
    assert_problem(boss.post(f"{one}/close"), 409, "notice_missing")
    assert boss.post(f"{one}/tell-authority", {"reference": "DSB-7"}).json()["authority_reference"] == "DSB-7"
    assert_problem(boss.post(f"{one}/close"), 409, "people_not_told")
    assert boss.post(f"{one}/tell-people", {"how": "By mail."}).json()["people_told_how"] == "By mail."
    closed = boss.post(f"{one}/close").json()
    assert (closed["status"], closed["lessons"]) == ("closed", "So.")
    assert {a["name"] for a in closed["actions"] if a["is_allowed"]} == set()
    lines = boss.get(f"{ROOT}/timeline?incident={made['id']}&page_size=50").json()["results"]
    assert [line["kind"] for line in lines] == [
        "status",
        "notice",
        "notice",
        "assessed",
        "assessed",
        *["status"] * 7,
        "opened",
    ]
    assert lines[0]["actor_name"] == "ada"


def test_what_concerns_all_is_written_down_by_who_responds_everywhere(stage):
    rights = {RIGHT, "view_security_area"}
    body = {"category": "load", "severity": "low", "title": "Slow everywhere"}
    assert_problem(stage.client_of(rights).post(ROOT, body), 403, "permission_denied")
    assert not SecurityIncident.objects.exists()
    made = stage.client_of(rights, stage.alpha, stage.beta).post(ROOT, body)
    assert (made.status_code, made.json()["property"]) == (201, None)


def test_open_ones_and_those_that_ended_are_told_apart(house, as_):
    here, gone = (security_incident_make(house.alpha) for _ in range(2))
    boss = as_(house.ada)
    boss.post(f"{ROOT}/{gone.pk}/dismiss", {"words": "No."})
    for value, row in (("true", here), ("false", gone)):
        assert [one["id"] for one in boss.get(f"{ROOT}?is_open={value}").json()["results"]] == [row.pk]


def test_evidence_is_checked_and_handed_out(house, as_):
    boss, incident = as_(house.ada), security_incident_make(house.alpha)
    about = {"incident": incident.pk, "title": "A call"}
    words = boss.post(f"{ROOT}/evidence", {**about, "kind": "text", "words": "He said no."}).json()
    check = boss.get(f"{ROOT}/evidence/{words['id']}/check").json()
    assert (check["is_sound"], check["problem"], check["is_sealed"]) == (True, "", False)
    content = boss.get(f"{ROOT}/evidence/{words['id']}/content")
    assert (content.content, content["Content-Disposition"]) == (
        b"He said no.",
        f'attachment; filename="evidence-{words["id"]}.txt"',
    )
    file = {"kind": "file", "sha256": "ab" * 32, "size": 9, "where_kept": "Safe 2"}
    made = boss.post(f"{ROOT}/evidence", {**about, **file}).json()
    assert (made["digest"], made["size"], made["where_kept"]) == ("ab" * 32, 9, "Safe 2")
    assert_problem(boss.get(f"{ROOT}/evidence/{made['id']}/content"), 404, "not_found")
    assert boss.get(f"{ROOT}/evidence/{made['id']}/check").json()["is_sound"]
    assert_problem(boss.post(f"{ROOT}/evidence", {**about, "kind": "file"}), 400, "invalid")


def test_detectors_are_set_by_who_manages_security_everywhere(stage):
    row = incident_detector_make()
    one, body = f"{ROOT}/detectors/{row.pk}", {"threshold": 4, "is_active": False, "code": "x"}
    rights = {"view_security_area", "manage_security_area"}
    here, everywhere = stage.client_of(rights), stage.client_of(rights, stage.alpha, stage.beta)
    assert here.get(f"{ROOT}/detectors").json()["results"] == []
    assert here.patch(one, body).status_code in {403, 404}
    assert_problem(everywhere.patch(one, {"window_seconds": 59}), 400, "invalid")
    row.refresh_from_db()
    assert (row.threshold, row.window_seconds) == (8, 600)
    changed = everywhere.patch(one, body).json()
    assert (changed["threshold"], changed["is_active"], changed["code"]) == (4, False, "password_spray")
