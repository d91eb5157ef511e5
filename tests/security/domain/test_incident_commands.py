"""Which commands an incident takes: every state, every refusal with its code."""

import pytest

from security.domain.incident_commands import OTHERS, WAYS, Standing, incident_actions
from security.domain.incidents import EDGES


def codes(state: Standing) -> dict[str, str]:
    return {action.name: action.code for action in incident_actions(state)}


def allowed(state: Standing) -> set[str]:
    return {action.name for action in incident_actions(state) if action.is_allowed}


WRITING = {"assess", "write", "grade", "act"}


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        ("detected", {"triage", "dismiss"}),
        ("triaged", {"declare", "dismiss"}),
        ("declared", {"contain", "dismiss"}),
        ("contained", {"eradicate"}),
        ("eradicated", {"begin_recovery"}),
        ("recovering", {"finish_recovery"}),
        ("recovered", {"review"}),
        ("reviewed", {"close"}),
    ],
)
def test_each_state_takes_its_own_commands(status, moves):
    assert allowed(Standing(status)) == moves | WRITING


@pytest.mark.parametrize("status", ["closed", "false_positive"])
def test_what_has_ended_takes_none(status):
    assert allowed(Standing(status)) == set()
    assert codes(Standing(status))["write"] == "incident_ended"


def test_the_table_knows_every_state_and_names_every_command_once():
    assert set(WAYS.values()) | {"detected"} == set(EDGES)
    assert [action.name for action in incident_actions(Standing("detected"))] == [*WAYS, *OTHERS]
    assert {(action.verb, action.area) for action in incident_actions(Standing("detected"))} == {
        ("respond", "security")
    }


def test_open_steps_hold_back_that_it_is_contained():
    assert codes(Standing("declared", open_steps=1))["contain"] == "steps_open"
    assert codes(Standing("declared"))["contain"] == ""


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"is_breach": True}, "risk_unknown"),
        ({"is_breach": True, "risk": "likely"}, "notice_missing"),
        ({"is_breach": True, "risk": "high", "is_authority_told": True}, "people_not_told"),
        ({"is_breach": True, "risk": "high", "is_authority_told": True, "is_people_told": True}, ""),
        ({"is_breach": True, "risk": "likely", "is_authority_told": True}, ""),
        ({"is_breach": True, "risk": "unlikely"}, ""),
        ({"is_breach": True, "is_drill": True}, ""),
        ({"is_breach": True, "risk": "high", "is_drill": True}, ""),
        ({"is_breach": False}, ""),
        ({}, ""),
    ],
)
def test_a_breach_is_closed_when_those_were_told_who_must_be(about, code):
    assert codes(Standing("reviewed", **about))["close"] == code


@pytest.mark.parametrize(
    ("about", "authority", "people"),
    [
        ({"is_breach": True}, "", ""),
        ({"is_breach": False}, "no_breach", "no_breach"),
        ({}, "no_breach", "no_breach"),
        ({"is_breach": True, "is_drill": True}, "drill", "drill"),
        ({"is_breach": True, "is_authority_told": True}, "authority_told", ""),
        ({"is_breach": True, "is_people_told": True}, "", "people_told"),
    ],
)
def test_who_may_be_told(about, authority, people):
    found = codes(Standing("declared", **about))
    assert (found["tell_authority"], found["tell_people"]) == (authority, people)


def test_what_the_authority_was_told_of_is_no_false_alarm():
    state = Standing("declared", is_breach=True, is_authority_told=True)
    assert codes(state)["dismiss"] == "authority_told"


@pytest.mark.parametrize(
    ("about", "runs"),
    [
        ({"is_breach": True}, True),
        ({"is_breach": True, "is_drill": True}, True),
        ({"is_breach": True, "risk": "unlikely"}, False),
        ({"is_breach": True, "is_authority_told": True}, False),
        ({}, False),
    ],
)
def test_when_the_clock_runs(about, runs):
    assert Standing("declared", **about).needs_clock is runs
    assert not Standing("closed", **about).needs_clock
