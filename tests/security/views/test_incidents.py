"""The pages of incidents: empty they teach, one is written down, its steps taken with one click, and told of."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from hotel.accounts.models import StaffSession, User
from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from security.models import IncidentContainment, SecurityIncident
from security.services.incidents import Seen, incident_open
from security.services.playbooks import playbooks_seed
from tests.factories.accounts import role_make, user_make
from tests.factories.security import incident_step_make, security_incident_make

PAGE, PASSWORD = "/dashboard/security/incidents", "a very long passphrase"
RESPONDS = ("security.view", "security.respond")


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def person(cast):
    def make(*rights, places=None, name="nia"):
        user = user_make(cast.alpha, username=name)
        user.set_password(PASSWORD)
        user.save()
        for place in places or [cast.alpha]:
            role_assign(user=user, role=role_make(cast.chain, *rights, code=f"{name}{place.pk}"), place=place)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def later():
    """A function after which the password was named too long ago."""
    travels = []

    def go():
        travels.append(time_machine.travel(now() + timedelta(minutes=6)))
        travels[-1].start()

    yield go
    for travel in travels:
        travel.stop()


def opened(cast, **over):
    playbooks_seed(chain=cast.chain)
    seen = {
        "category": "account",
        "severity": "high",
        "title": "Not Bo",
        "subject": f"user:{cast.bo.pk}",
        **over,
    }
    return incident_open(seen=Seen(**seen), place=cast.alpha)


def test_an_empty_list_teaches_and_an_incident_is_written_down_once(cast, signed_in, person):
    playbooks_seed(chain=cast.chain)
    client = signed_in(person(*RESPONDS))
    assert "Every half minute the house looks" in text_of(client.get(PAGE))
    values = {
        "do": "open", "open-title": "A list was lost", "open-category": "personal_data", "open-severity": "high",
        "open-place": str(cast.alpha.pk), "open-subject": f"user:{cast.bo.pk}", "open-key": uuid.uuid4(),
    }  # fmt: skip
    page = text_of(client.post(PAGE, values, follow=True))
    assert "Written down; those who respond are told." in page
    row = SecurityIncident.objects.get()
    assert (row.title, row.property, row.is_drill, row.steps.count()) == (
        "A list was lost",
        cast.alpha,
        False,
        7,
    )
    assert "the second time did nothing" in text_of(client.post(PAGE, values, follow=True))
    assert SecurityIncident.objects.count() == 1
    refused = client.post(PAGE, {**values, "open-place": str(cast.beta.pk), "open-key": uuid.uuid4()})
    assert (refused.status_code, SecurityIncident.objects.count()) == (200, 1)
    assert "all" not in dict(refused.context["forms"]["open"].fields["place"].choices)


def test_the_list_shows_what_one_may_see_with_its_clock(
    cast, signed_in, person, django_assert_max_num_queries
):
    mine = security_incident_make(cast.alpha, title="Here", is_breach=True, aware_at=now())
    security_incident_make(cast.beta, title="Yonder")
    security_incident_make(cast.alpha, title="Long gone", status="closed", closed_at=now())
    for n in range(9):
        security_incident_make(cast.alpha, title=f"Number {n}", severity="low")
    client = signed_in(person("security.view"))
    client.get(PAGE)
    with django_assert_max_num_queries(20):
        page = text_of(client.get(PAGE))
    assert f'<a href="{PAGE}/{mine.pk}">Here</a>' in page
    assert "71 hours left" in page or "72 hours left" in page
    assert ("Yonder" in page, "Long gone" in page, "Write it down" in page) == (False, False, False)
    assert "Long gone" in text_of(client.get(PAGE, {"show": "ended"}))
    narrowed = text_of(client.get(PAGE, {"severity": "high", "show": "all"}))
    assert ("Long gone" in narrowed, "Number 1" in narrowed) == (True, False)
    assert "No incident fits" in text_of(client.get(PAGE, {"q": "zebra"}))
    assert client.get(PAGE, {"show": "zebra", "page": "x"}).status_code == 200


def test_a_step_is_taken_with_one_click_after_the_password_and_taken_back(cast, signed_in, person, later):
    client, incident = signed_in(person(*RESPONDS)), opened(cast)
    bo = signed_in(cast.bo)
    one = f"{PAGE}/{incident.pk}"
    later()
    page = text_of(client.get(one))
    assert 'name="take-confirm"' in page
    assert f'value="user:{cast.bo.pk}"' in page
    step = incident.steps.get(code="disable_account")
    values = {
        "do": "take", "take-step": step.pk, "take-target": step.target, "take-reason": "Not he.",
        "take-confirm": "wrong",
    }  # fmt: skip
    assert "This is not your password." in text_of(client.post(one, values))
    assert (IncidentContainment.objects.exists(), User.objects.get(pk=cast.bo.pk).is_active) == (False, True)

    done = text_of(client.post(one, {**values, "take-confirm": PASSWORD}, follow=True))
    assert "The account of bo is disabled; sessions that ended: 1." in done
    assert not User.objects.get(pk=cast.bo.pk).is_active
    assert not StaffSession.objects.filter(user=cast.bo).exists()
    assert bo.get("/account").status_code == 302
    made = IncidentContainment.objects.get()
    undo = {"do": "undo", "undo-containment": made.pk, "undo-reason": "It was he."}
    assert "Taken back." in text_of(client.post(one, undo, follow=True))  # the password was named just now
    assert User.objects.get(pk=cast.bo.pk).is_active


def test_an_incident_is_brought_to_its_end_on_its_page(cast, signed_in, person):
    client, incident = signed_in(person(*RESPONDS)), security_incident_make(cast.alpha)
    one = f"{PAGE}/{incident.pk}"
    step = incident_step_make(cast.alpha, incident=incident)

    def move(command, words="So."):
        return text_of(
            client.post(one, {"do": "move", "move-command": command, "move-words": words}, follow=True)
        )

    assert "It is now: Looked at." in move("triage")
    assert "It is now: Declared." in move("declare")
    assert "Take the open steps of containment first" in text_of(client.get(one))
    refused = text_of(client.post(one, {"do": "step", "step-step": step.pk, "step-decision": "skip"}))
    assert "Say why it is not needed." in refused
    told = {"do": "step", "step-step": step.pk, "step-decision": "finish", "step-words": "He was abroad."}
    assert "Noted." in text_of(client.post(one, told, follow=True))
    assert "It is now: Contained." in move("contain")
    assess = {
        "do": "assess",
        "assess-is_breach": "yes",
        "assess-risk": "likely",
        "assess-consequences": "None.",
    }
    assert "Noted." in text_of(client.post(one, assess, follow=True))
    for command in ("eradicate", "begin_recovery", "finish_recovery", "review"):
        move(command)
    assert "Tell the authority first" in text_of(client.get(one))
    assert "Noted that the authority was told." in text_of(
        client.post(one, {"do": "authority", "authority-reference": "DSB-7"}, follow=True)
    )
    note = {"do": "note", "note-words": "All is well.", "note-key": uuid.uuid4()}
    keep = {"do": "keep", "keep-title": "A call", "keep-words": "He said no.", "keep-key": uuid.uuid4()}
    grade = {"do": "grade", "grade-severity": "low", "grade-words": "Less bad."}
    people = {"do": "people", "people-how": "By letter."}
    for values in (note, keep, grade, people):
        assert client.post(one, values).status_code == 302, values
    assert "It is now: Closed." in move("close")
    incident.refresh_from_db()
    assert (incident.status, incident.authority_reference, incident.severity) == ("closed", "DSB-7", "low")
    assert (incident.lessons, incident.people_told_how) == ("So.", "By letter.")
    ended = text_of(client.get(one))
    assert ("authority told" in ended, 'value="note"' in ended, 'value="move"' in ended) == (
        True,
        False,
        False,
    )


def test_who_may_only_look_sees_no_form_and_changes_nothing(cast, signed_in, person):
    client, incident = signed_in(person("security.view")), opened(cast)
    one = f"{PAGE}/{incident.pk}"
    page = text_of(client.get(one))
    assert "Call the person" in page
    assert 'name="do"' not in page
    for name in (
        "move",
        "step",
        "take",
        "act",
        "undo",
        "note",
        "keep",
        "grade",
        "assess",
        "authority",
        "people",
    ):
        assert client.post(one, {"do": name}).status_code == 403, name
    assert client.post(PAGE, {"do": "open"}).status_code == 403
    incident.refresh_from_db()
    assert (incident.status, incident.entries.count()) == ("detected", 1)


def test_the_right_is_asked_where_it_happened(cast, signed_in, person):
    here = person(*RESPONDS, name="here")
    role_assign(user=here, role=role_make(cast.chain, "security.view", code="looks"), place=cast.beta)
    client = signed_in(User.objects.get(pk=here.pk))
    yonder, all_over = security_incident_make(cast.beta), security_incident_make(None)
    assert client.get(f"{PAGE}/{yonder.pk}").status_code == 200
    assert client.post(f"{PAGE}/{yonder.pk}", {"do": "move", "move-command": "triage"}).status_code == 403
    assert client.post(f"{PAGE}/{all_over.pk}", {"do": "move", "move-command": "triage"}).status_code == 403
    stranger = signed_in(person(*RESPONDS, name="stranger"))
    assert stranger.get(f"{PAGE}/{yonder.pk}").status_code == 404
    yonder.refresh_from_db()
    assert yonder.status == "detected"


def test_a_step_of_another_incident_is_not_taken(cast, signed_in, person):
    client, incident = signed_in(person(*RESPONDS)), opened(cast)
    other = incident_step_make(cast.beta, action="end_sessions", target=f"user:{cast.bo.pk}")
    values = {"do": "take", "take-step": other.pk, "take-target": other.target, "take-reason": "x"}
    answer = client.post(f"{PAGE}/{incident.pk}", {**values, "take-confirm": PASSWORD})
    assert (answer.status_code, IncidentContainment.objects.exists()) == (404, False)


def test_acting_beside_the_steps_and_a_drill(cast, signed_in, person):
    client, drill = signed_in(person(*RESPONDS)), security_incident_make(cast.alpha, is_drill=True)
    one = f"{PAGE}/{drill.pk}"
    values = {
        "do": "act",
        "act-action": "disable_account",
        "act-target": str(cast.bo.pk),
        "act-reason": "Practice.",
    }
    page = text_of(client.post(one, {**values, "act-confirm": PASSWORD}, follow=True))
    assert "Practised on bo; nothing was done." in page
    assert "drill: nothing is done" in page
    assert User.objects.get(pk=cast.bo.pk).is_active
    bad = text_of(client.post(one, {**values, "act-target": "bo"}))
    assert "Name it by its number, such as user:7." in bad


def test_one_incident_costs_few_queries(cast, signed_in, person, django_assert_max_num_queries):
    client, incident = signed_in(person(*RESPONDS)), opened(cast)
    one = f"{PAGE}/{incident.pk}"
    client.get(one)
    with django_assert_max_num_queries(28):
        client.get(one)
