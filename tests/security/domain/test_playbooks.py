"""The playbooks a chain begins with."""

from security.domain.containment import WAYS
from security.domain.detectors import DETECTORS
from security.domain.playbooks import PLAYBOOKS
from security.incident_choices import IncidentCategory


def test_each_category_has_one_and_those_of_detectors_are_of_their_category():
    assert {category for category, detector in PLAYBOOKS if not detector} == set(IncidentCategory.values)
    for category, detector in PLAYBOOKS:
        assert not detector or DETECTORS[detector].category == category


def test_each_step_says_what_who_and_why_and_is_named_once():
    for title, steps in PLAYBOOKS.values():
        assert title
        assert len({step.code for step in steps}) == len(steps) >= 3
        for step in steps:
            assert all((step.title, step.who, step.why)), step.code
            assert (len(step.title) <= 200, len(step.who) <= 80, len(step.why) <= 400) == (True, True, True)
            assert step.action in ("", *WAYS)
