"""Reads of incidents."""

from hotel.accounts.models import User
from security.models import SecurityIncident
from security.selectors.incidents import actions_of, incidents_counted
from tests.factories.security import incident_step_make, security_incident_make


def allowed(row, user) -> set[str]:
    return {action.name for action in actions_of(row, User.objects.get(pk=user.pk)) if action.is_allowed}


def test_open_steps_are_counted(house):
    incident = security_incident_make(house.alpha)
    incident_step_make(house.alpha, incident=incident)
    incident_step_make(house.alpha, incident=incident, code="b", status="done", done_at=incident.detected_at)
    assert incidents_counted().get().open_steps == 1


def test_commands_are_for_who_may_respond_there(house):
    here, all_over = security_incident_make(house.alpha), security_incident_make(None)
    mine = {"triage", "dismiss", "assess", "write", "grade", "act"}
    assert (allowed(here, house.ada), allowed(here, house.bo)) == (mine, set())
    assert (allowed(all_over, house.ada), allowed(all_over, house.bo)) == (mine, set())
    root = User.objects.create_superuser(username="root", password="x", chain=house.chain)
    assert (allowed(here, root), allowed(all_over, root)) == (mine, mine)


def test_what_concerns_all_is_seen_by_who_sees_all(stage):
    row = security_incident_make(None)
    one, both = (
        stage.person({"view_security_area"}),
        stage.person({"view_security_area"}, stage.alpha, stage.beta),
    )
    assert list(SecurityIncident.objects.all().visible_to(both)) == [row]
    assert not SecurityIncident.objects.all().visible_to(one).exists()
