"""Lines of a timeline."""

import pytest

from hotel.core.exceptions import Conflict, NotFound
from security.models import SecurityIncident
from security.services.incident_log import entry_add, incident_locked
from tests.factories.security import security_incident_make


def test_a_line_names_who_wrote_it_and_what_of(house):
    row = entry_add(security_incident_make(house.alpha), "note", "x" * 5000, by=house.ada, step="call")
    assert (row.actor, row.detail, len(row.text)) == (house.ada, {"step": "call"}, 4000)


def test_an_incident_is_locked_if_it_takes_the_command(house):
    incident = security_incident_make(house.alpha)
    assert incident_locked(incident, "triage") == incident
    with pytest.raises(Conflict) as refused:
        incident_locked(incident, "close")
    assert refused.value.code == "status_forbids"
    with pytest.raises(NotFound):
        incident_locked(SecurityIncident(pk=0))
