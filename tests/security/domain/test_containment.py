"""Ways to contain: what they are aimed at, what forbids them, and what may be taken back."""

import pytest

from security.domain.containment import (
    WAYS,
    Aim,
    StepStanding,
    Taken,
    containment_actions,
    covers,
    fits,
    obstacle,
    step_actions,
    target_read,
)
from security.incident_choices import ContainmentAction


def test_the_choices_are_the_ways():
    assert [(one.value, one.label) for one in ContainmentAction] == [
        (code, way.title) for code, way in WAYS.items()
    ]


@pytest.mark.parametrize(
    ("action", "text", "kept"),
    [
        ("end_sessions", "7", "user:7"),
        ("end_sessions", " user: 007 ", "user:7"),
        ("revoke_token", "token:3", "token:3"),
        ("block_address", "192.0.2.1", "address:192.0.2.1"),
        ("block_address", "192.0.2.77/24", "address:192.0.2.0/24"),
        ("block_address", "address:2001:db8::1", "address:2001:db8::/64"),
        ("block_address", "2001:db8:1::/48", "address:2001:db8:1::/48"),
        ("block_address", "::ffff:192.0.2.1", "address:192.0.2.1"),
    ],
)
def test_a_target_is_kept_in_one_form(action, text, kept):
    assert target_read(action, text) == kept


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("end_sessions", "token:7"), ("end_sessions", ""), ("end_sessions", "0"), ("end_sessions", "-1"),
        ("end_sessions", "٧"), ("end_sessions", "9" * 19), ("end_sessions", "bo"), ("revoke_token", "user:3"),
        ("block_address", "192.0.2.0/23"), ("block_address", "0.0.0.0/0"), ("block_address", "::/0"),
        ("block_address", "2001:db8::/47"), ("block_address", "::"), ("block_address", "224.0.0.1"),
        ("block_address", "user:7"), ("block_address", "here"), ("block_address", "::ffff:0:0/96"),
    ],
)  # fmt: skip
def test_what_is_no_target_or_too_wide_is_refused(action, text):
    with pytest.raises(ValueError):
        target_read(action, text)


@pytest.mark.parametrize(
    ("action", "subject", "does"),
    [
        ("end_sessions", "user:7", True), ("block_address", "user:7", False), ("end_sessions", "7", False),
        ("block_address", "address:192.0.2.1", True), ("block_address", "address:x", False), ("revoke_token", "", False),
    ],
)  # fmt: skip
def test_a_step_is_aimed_at_the_subject_of_its_own_kind(action, subject, does):
    assert fits(action, subject) is does


@pytest.mark.parametrize(
    ("target", "address", "does"),
    [
        ("address:192.0.2.0/24", "192.0.2.9", True), ("address:192.0.2.1", "192.0.2.2", False),
        ("address:192.0.2.1", "::ffff:192.0.2.1", True), ("address:2001:db8::/64", "2001:db8::5", True),
        ("address:2001:db8::/64", "192.0.2.1", False), ("address:192.0.2.1", "", False),
    ],
)  # fmt: skip
def test_one_s_own_address_is_known_in_whatever_form(target, address, does):
    assert covers(target, address) is does


def code_of(reason) -> str:
    return reason[0] if reason else ""


def test_nobody_shuts_himself_or_the_last_keeper_out():
    owned = [action for action, way in WAYS.items() if way.kind not in {"property", "role"}]
    own = {action: code_of(obstacle(action, Aim(is_own=True))) for action in owned}
    assert own == {
        "end_sessions": "own_account", "disable_account": "own_account", "revoke_token": "own_key",
        "revoke_integrator": "own_key", "block_address": "own_address", "pause_webhook": "own_key",
        "new_password": "own_account",
    }  # fmt: skip
    last = {action: code_of(obstacle(action, Aim(is_last_keeper=True))) for action in WAYS}
    assert last == {**dict.fromkeys(WAYS, ""), "disable_account": "last_keeper"}
    lacking = {action: code_of(obstacle(action, Aim(lacks_step=True))) for action in WAYS}
    asked = ("second_step_role", "second_step_hotel")
    assert lacking == {**dict.fromkeys(WAYS, ""), **dict.fromkeys(asked, "own_second_step")}
    assert {code_of(obstacle(action, Aim())) for action in WAYS} == {""}


def test_what_ended_for_good_is_not_taken_back():
    undo = {action: containment_actions(Taken(action))[0].code for action in WAYS}
    assert undo == {
        "end_sessions": "cannot_undo", "disable_account": "", "revoke_token": "cannot_undo",
        "revoke_integrator": "cannot_undo", "block_address": "", "pause_webhook": "", "freeze_exports": "",
        "read_only": "", "new_password": "", "second_step_role": "", "second_step_hotel": "",
    }  # fmt: skip
    assert containment_actions(Taken("block_address", is_undone=True))[0].code == "undone"
    assert containment_actions(Taken("block_address", has_changed=False))[0].code == "nothing_changed"


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (StepStanding("open", has_way=True), ["", "", ""]),
        (StepStanding("open"), ["by_hand", "", ""]),
        (StepStanding("done", has_way=True), ["step_settled"] * 3),
        (StepStanding("skipped"), ["step_settled"] * 3),
        (StepStanding("open", has_way=True, is_ended=True), ["incident_ended"] * 3),
    ],
)
def test_a_step_is_settled_once(state, codes):
    found = step_actions(state)
    assert [one.name for one in found] == ["take", "finish", "skip"]
    assert [one.code for one in found] == codes
    assert {(one.verb, one.area) for one in found} == {("respond", "security")}
