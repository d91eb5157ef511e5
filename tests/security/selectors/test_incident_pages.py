"""Clocks and lists of the pages of incidents."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from security.selectors.incident_pages import clock_of, incidents_found
from tests.factories.security import security_incident_make


@pytest.mark.parametrize(
    ("over", "hours", "state"),
    [
        ({}, 1, "runs"), ({}, 72, "runs"), ({}, 73, "over"), ({"risk": "unlikely"}, 73, "not_needed"),
        ({"is_breach": False, "aware_at": None}, 73, "none"),
    ],
)  # fmt: skip
def test_how_the_72_hours_stand(house, over, hours, state):
    knew = now()
    row = security_incident_make(house.alpha, **{"is_breach": True, "aware_at": knew, **over})
    found = clock_of(row, knew + timedelta(hours=hours))
    assert found.state == state
    assert found.late_hours == (1 if state == "over" else 0)


def test_open_ones_are_found_first_of_all_and_others_when_asked_for(house):
    here = security_incident_make(house.alpha, title="Here")
    gone = security_incident_make(house.alpha, status="closed", closed_at=now(), severity="low")

    def found(**wanted):
        return set(incidents_found(house.ada, wanted))

    assert (found(), found(show="ended"), found(show="all")) == ({here}, {gone}, {here, gone})
    assert (found(q="ere"), found(show="all", severity="low")) == ({here}, {gone})
    assert set(incidents_found(house.eve, {})) == set()
