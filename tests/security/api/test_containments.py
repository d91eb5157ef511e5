"""Steps, containments and playbooks over the API."""

from datetime import timedelta

import pytest
import time_machine

from hotel.accounts.models import User
from hotel.core.clock import now
from security.models import IncidentContainment, IncidentStep, Playbook
from security.services.playbooks import playbooks_seed
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract, queries_of
from tests.contracts.scoping import ScopedModelContract
from tests.factories.accounts import user_make
from tests.factories.properties import chain_make
from tests.factories.security import (
    incident_containment_make,
    incident_step_make,
    playbook_make,
    playbook_step_make,
    security_incident_make,
)

ROOT = "/api/v1/security/incident-response"
RIGHT = "respond_security_area"


class TestSteps(ReadContract, QueryContract, ScopedModelContract):
    model, url, area = IncidentStep, f"{ROOT}/steps", "security"
    factory = incident_step_make


class TestContainments(ReadContract, QueryContract, ScopedModelContract):
    model, url, area = IncidentContainment, f"{ROOT}/containments", "security"
    factory = incident_containment_make


COMMANDS = [
    Case("post", f"{ROOT}/steps/{{step}}/finish", RIGHT, 200, {"words": "He was abroad."}),
    Case("post", f"{ROOT}/steps/{{other}}/skip", RIGHT, 200, {"words": "He is here."}),
    Case("post", f"{ROOT}/steps/{{aimed}}/take", RIGHT, 200, {"reason": "Not he."}),
    Case("post", f"{ROOT}/containments/{{stands}}/undo", RIGHT, 409, {"reason": "It was he."}),
]


@pytest.mark.parametrize("case", COMMANDS, ids=str)
def test_commands_are_for_those_who_respond(case, stage):
    incident, bo = security_incident_make(stage.alpha), user_make(stage.alpha, username="bo")
    aimed = incident_step_make(
        stage.alpha, incident=incident, code="c", action="end_sessions", target=f"user:{bo.pk}"
    )
    values = {
        code: incident_step_make(stage.alpha, incident=incident, code=code).pk for code in ("step", "other")
    }
    stands = incident_containment_make(stage.alpha, incident=incident)
    assert_case(case, stage, aimed=aimed.pk, stands=stands.pk, **values)


def test_acting_is_for_those_who_respond(stage):
    bo = user_make(stage.alpha, username="bo")
    body = {"action": "disable_account", "target": f"user:{bo.pk}", "reason": "Not he."}
    case = Case("post", f"{ROOT}/{{incident}}/act", RIGHT, 201, body)
    assert_case(case, stage, incident=security_incident_make(stage.alpha).pk)
    assert not User.objects.get(pk=bo.pk).is_active


def test_it_is_done_explained_and_taken_back(stage):
    bo, incident = user_make(stage.alpha, username="bo"), security_incident_make(stage.alpha)
    client = stage.client_of({RIGHT, "view_security_area"})
    body = {"action": "disable_account", "target": str(bo.pk), "reason": "Not he."}
    made = client.post(f"{ROOT}/{incident.pk}/act", body)
    assert (made.status_code, made.json()["target"], made.json()["result"]) == (
        201, f"user:{bo.pk}", "The account of bo is disabled; sessions that ended: 0.",
    )  # fmt: skip
    one = f"{ROOT}/containments/{made.json()['id']}"
    assert client.post(f"{ROOT}/{incident.pk}/act", body).json()["id"] == made.json()["id"]
    assert [(a["name"], a["is_allowed"]) for a in client.get(one).json()["actions"]] == [("undo", True)]
    looks = stage.client_of({"view_security_area"})
    assert [a["code"] for a in looks.get(one).json()["actions"]] == ["permission_denied"]
    assert_problem(client.post(f"{one}/undo", {}), 400, "invalid")
    undone = client.post(f"{one}/undo", {"reason": "It was he."}).json()
    assert ([a["code"] for a in undone["actions"]], undone["undo_reason"]) == (["undone"], "It was he.")
    assert User.objects.get(pk=bo.pk).is_active
    assert ids_of(client.get(f"{ROOT}/containments?stands=true")) == []
    assert ids_of(client.get(f"{ROOT}/containments?stands=false&action=disable_account")) == [
        made.json()["id"]
    ]


def test_what_belongs_to_another_hotel_is_not_touched_and_not_told_apart_from_nothing(stage):
    eve, incident = user_make(stage.beta, username="eve"), security_incident_make(stage.alpha)
    client = stage.client_of({RIGHT, "view_security_area"})
    answers = [
        client.post(f"{ROOT}/{incident.pk}/act", {"action": "disable_account", "target": who, "reason": "x"})
        for who in (str(eve.pk), str(10**12))
    ]
    for answer in answers:
        assert_problem(answer, 400, "target_unknown")
    assert answers[0].json()["detail"] == answers[1].json()["detail"]
    assert User.objects.get(pk=eve.pk).is_active


def test_a_person_names_his_password_before_he_acts(stage, signed_in):
    user = stage.person({RIGHT, "view_security_area"})
    client, incident = signed_in(user), security_incident_make(stage.alpha)
    step = incident_step_make(stage.alpha, incident=incident, action="end_sessions", target=f"user:{user.pk}")
    stands = incident_containment_make(stage.alpha, incident=incident)
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        for path in (f"{incident.pk}/act", f"steps/{step.pk}/take", f"containments/{stands.pk}/undo"):
            answer = client.post(f"{ROOT}/{path}", {}, content_type="application/json")
            assert_problem(answer, 403, "step_up_required")
    assert not IncidentContainment.objects.exclude(pk=stands.pk).exists()


def test_playbooks_are_shown_in_their_chain_with_their_steps(stage):
    mine = playbook_step_make(stage.alpha).playbook
    theirs = playbook_make(stage.alpha, chain=chain_make(code="OTHER"))
    client = stage.client_of({"view_security_area"})
    assert ids_of(client.get(f"{ROOT}/playbooks")) == [mine.pk]
    assert client.get(f"{ROOT}/playbooks/{mine.pk}").json()["steps"] == [
        {
            "position": 10,
            "code": "think",
            "title": "Think first",
            "who": "You",
            "why": "Why not.",
            "action": "",
        }
    ]
    assert_problem(client.get(f"{ROOT}/playbooks/{theirs.pk}"), 404, "not_found")
    assert_problem(stage.client().get(f"{ROOT}/playbooks"), 401, "not_authenticated")
    assert_problem(stage.client_of({RIGHT}).get(f"{ROOT}/playbooks"), 403, "permission_denied")


def test_a_list_of_playbooks_costs_few_queries(stage):
    playbooks_seed(chain=stage.alpha.chain)
    user = stage.person({"view_security_area"})
    assert Playbook.objects.count() > 9
    assert len(queries_of(lambda: stage.client(user).get(f"{ROOT}/playbooks?page_size=50"))) <= 6
