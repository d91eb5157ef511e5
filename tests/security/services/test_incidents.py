"""Incidents from their opening to their end."""

import pytest
from django.db import DatabaseError, connection, transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.messaging.models import Message
from security.models import IncidentEntry, SecurityIncident
from security.services.incident_log import incident_locked
from security.services.incidents import Seen, incident_grade, incident_move, incident_open, incident_write
from tests.factories.security import (
    incident_entry_make,
    incident_evidence_make,
    incident_step_make,
    security_incident_make,
)
from tests.structure import by_owner
from tests.together import together

SEEN = Seen(category="account", severity="high", title="Somebody else acts as Bo.", subject="user:7")
LIFE = (
    ("triage", "triaged"), ("declare", "declared"), ("contain", "contained"), ("eradicate", "eradicated"),
    ("begin_recovery", "recovering"), ("finish_recovery", "recovered"), ("review", "reviewed"), ("close", "closed"),
)  # fmt: skip


def told() -> set[tuple[str, str]]:
    return {(message.recipient_name, message.subject) for message in Message.objects.all()}


def test_who_may_respond_is_told_once(house, drain):
    incident = incident_open(seen=SEEN, place=house.alpha, by=house.bo)
    drain()
    drain()
    assert told() == {("ada", "High incident: Somebody else acts as Bo.")}
    assert list(incident.entries.values_list("kind", "actor", "detail")) == [
        ("opened", house.bo.pk, {"detector": "", "signals": 1, "is_drill": False})
    ]


def test_a_drill_is_marked_in_its_mail(house, drain):
    incident_open(seen=SEEN, place=house.alpha, is_drill=True)
    drain()
    assert told() == {("ada", "DRILL – High incident: Somebody else acts as Bo.")}
    assert Message.objects.get().body.startswith("This is a drill.")


def test_of_the_whole_installation_those_are_told_who_respond_everywhere(house, drain):
    incident_open(seen=SEEN)
    drain()
    assert told() == {("ada", "High incident: Somebody else acts as Bo.")}


def test_nothing_is_seen_in_the_future(house):
    with pytest.raises(InvalidInput):
        incident_open(
            seen=Seen(category="other", severity="low", title="Soon", detected_at=now().replace(year=2999))
        )
    assert not SecurityIncident.objects.exists()


def test_a_whole_life_leaves_its_timeline(house):
    incident = incident_open(seen=SEEN, place=house.alpha)
    for command, status in LIFE:
        incident = incident_move(incident=incident, command=command, words=f"{command}!", by=house.ada)
        assert incident.status == status
    assert incident.lessons == "review!"
    assert incident.closed_at is not None
    lines = list(incident.entries.order_by("pk").values_list("kind", "text"))
    assert lines == [("opened", SEEN.title), *(("status", f"{command}!") for command, _ in LIFE)]


@pytest.mark.parametrize("command", ["declare", "contain", "close", "review"])
def test_no_state_is_jumped_over(house, command):
    incident = security_incident_make(house.alpha)
    with pytest.raises(Conflict) as refused:
        incident_move(incident=incident, command=command, words="x", by=house.ada)
    assert (refused.value.code, refused.value.extra) == (
        "status_forbids",
        {"command": command, "status": "detected"},
    )
    incident.refresh_from_db()
    assert (incident.status, incident.entries.count()) == ("detected", 0)


@pytest.mark.parametrize(
    ("status", "command"), [("detected", "dismiss"), ("contained", "eradicate"), ("recovered", "review")]
)
def test_some_commands_ask_for_words(house, status, command):
    incident = security_incident_make(house.alpha, status=status)
    with pytest.raises(InvalidInput):
        incident_move(incident=incident, command=command, words="  ", by=house.ada)
    incident.refresh_from_db()
    assert incident.status == status


def test_open_steps_hold_it_back(house):
    incident = security_incident_make(house.alpha, status="declared")
    step = incident_step_make(house.alpha, incident=incident)
    with pytest.raises(Conflict) as refused:
        incident_move(incident=incident, command="contain", by=house.ada)
    assert refused.value.code == "steps_open"
    step.status, step.done_at = "skipped", now()
    step.save()
    assert incident_move(incident=incident, command="contain", by=house.ada).status == "contained"


def test_notes_and_grades_are_written_down(house):
    incident = security_incident_make(house.alpha)
    incident_write(incident=incident, words=" Called Bo. ", by=house.ada)
    for _ in range(2):
        incident_grade(incident=incident, severity="critical", words="It was Bo's key.", by=house.ada)
    lines = list(incident.entries.order_by("pk").values_list("kind", "text"))
    assert lines == [("note", "Called Bo."), ("assessed", "High → Critical. It was Bo's key.")]
    with pytest.raises(InvalidInput):
        incident_write(incident=incident, words=" ", by=house.ada)
    with pytest.raises(InvalidInput):
        incident_grade(incident=incident, severity="huge", by=house.ada)
    assert incident.entries.count() == 2


def test_nothing_is_written_about_what_has_ended(house):
    incident = security_incident_make(house.alpha, status="closed", closed_at=now())
    for call in (
        lambda: incident_write(incident=incident, words="More.", by=house.ada),
        lambda: incident_grade(incident=incident, severity="low", by=house.ada),
    ):
        with pytest.raises(Conflict) as refused:
            call()
        assert refused.value.code == "incident_ended"
    assert not incident.entries.exists()


@pytest.mark.parametrize("make", [incident_entry_make, incident_evidence_make])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_timelines_and_evidence_are_only_ever_added_to(house, make, change):
    row = make(house.alpha)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL auberge.ledger_emptying = ''")
    with (
        by_owner(),
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(row._meta.db_table))
    assert type(row).objects.filter(pk=row.pk).exists()


def test_one_incident_of_a_subject_is_open_at_a_time(house):
    over = {"detector": "password_spray", "subject": "address:192.0.2.1"}
    security_incident_make(house.alpha, **over, status="closed", closed_at=now())
    security_incident_make(house.alpha, **over)
    security_incident_make(house.alpha, **over, is_drill=True)
    with pytest.raises(DatabaseError, match="incident_open_once"), transaction.atomic():
        security_incident_make(house.beta, **over)
    assert SecurityIncident.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_it_at_once_one_is_told_that_it_was_moved(house):
    incident = security_incident_make(house.alpha)

    def move():
        return incident_move(incident=incident, command="triage", by=house.ada).status

    found = together(move, move)
    assert sorted(str(getattr(one, "code", one)) for one in found) == ["status_forbids", "triaged"]
    assert IncidentEntry.objects.filter(kind="status").count() == 1


def test_the_log_locks_the_incident_that_it_writes_about(house):
    incident = security_incident_make(house.alpha)
    assert incident_locked(incident, "write").pk == incident.pk
