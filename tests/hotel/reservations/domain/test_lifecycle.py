"""The table of commands: from where, when not, and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotel.reservations.choices import ReservationStatus as S
from hotel.reservations.domain.lifecycle import COMMANDS, Situation, action, actions

TODAY = date(2027, 3, 14)
TOMORROW = TODAY + timedelta(days=1)
COMING = Situation(
    status=S.CONFIRMED, arrival=TODAY, departure=TODAY + timedelta(days=3), business_date=TODAY
)

ALLOWED = {
    S.INQUIRY: {
        "link",
        "combine",
        "option",
        "confirm",
        "waitlist",
        "amend",
        "split",
        "copy",
        "guests",
        "cancel",
    },
    S.OPTION: {
        "link",
        "combine",
        "option",
        "confirm",
        "waitlist",
        "amend",
        "split",
        "copy",
        "guests",
        "cancel",
    },
    S.REQUESTED: {
        "link",
        "combine",
        "option",
        "confirm",
        "waitlist",
        "amend",
        "split",
        "copy",
        "guests",
        "cancel",
    },
    S.WAITLISTED: {"link", "option", "confirm", "waitlist", "amend", "split", "copy", "guests", "cancel"},
    S.CONFIRMED: {
        "link",
        "combine",
        "share",
        "amend",
        "assign",
        "split",
        "copy",
        "guests",
        "cancel",
        "no-show",
    },
    S.IN_HOUSE: {"link", "combine", "share", "amend", "assign", "copy", "guests"},
    S.CHECKED_OUT: {"copy"},
    S.CANCELLED: {"copy", "reinstate"},
    S.NO_SHOW: {"copy", "reinstate"},
}


@pytest.mark.parametrize("status", list(S))
def test_what_is_allowed_in_each_status(status):
    found = actions(replace(COMING, status=status))
    assert {answer.name for answer in found if answer.is_allowed} == ALLOWED[status]


@pytest.mark.parametrize("status", list(S))
def test_every_denial_has_a_code_and_a_reason(status):
    found = actions(replace(COMING, status=status))
    assert [answer.name for answer in found] == list(COMMANDS)
    for answer in found:
        assert bool(answer.code and answer.reason) is not answer.is_allowed


@pytest.mark.parametrize(
    ("command", "changes", "code"),
    [
        ("no-show", {"business_date": TODAY - timedelta(days=1)}, "arrival_not_reached"),
        ("amend", {"business_date": TODAY + timedelta(days=3)}, "stay_over"),
        ("confirm", {"status": S.INQUIRY, "business_date": TOMORROW}, "arrival_in_past"),
        ("option", {"status": S.WAITLISTED, "business_date": TOMORROW}, "arrival_in_past"),
        ("confirm", {"status": S.OPTION, "business_date": TOMORROW}, ""),
        ("reinstate", {"status": S.CANCELLED, "business_date": TODAY + timedelta(days=3)}, "stay_over"),
        ("reinstate", {"status": S.CANCELLED, "business_date": TODAY + timedelta(days=2)}, ""),
        ("unassign", {}, "no_room_assigned"),
        ("unassign", {"has_room": True}, ""),
        ("unassign", {"has_room": True, "is_room_locked": True}, "room_locked"),
        ("unassign", {"has_room": True, "status": S.IN_HOUSE}, "status_forbids"),
        ("assign", {"has_room": True, "status": S.IN_HOUSE}, ""),
        ("assign", {"status": S.IN_HOUSE, "business_date": TODAY + timedelta(days=2)}, "no_later_night"),
        ("amend", {"status": S.IN_HOUSE, "business_date": TODAY + timedelta(days=3)}, ""),
        ("lock", {}, "no_room_assigned"),
        ("lock", {"has_room": True}, ""),
        ("unlock", {"has_room": True}, "room_not_locked"),
        ("unlock", {"has_room": True, "is_room_locked": True}, ""),
        ("assign", {"is_room_locked": True}, "room_locked"),
        ("split", {"departure": TOMORROW}, "nothing_to_split"),
        ("amend", {"departure": TODAY, "is_day_use": True}, ""),
        ("amend", {"departure": TODAY, "is_day_use": True, "business_date": TOMORROW}, "stay_over"),
    ],
)
def test_conditions(command, changes, code):
    answer = action(command, replace(COMING, **changes))
    assert (answer.is_allowed, answer.code) == (code == "", code)


def test_a_checked_out_stay_says_why_it_cannot_be_amended():
    assert action("amend", replace(COMING, status=S.CHECKED_OUT)).reason == (
        "The guest has left; nothing of the stay can be changed."
    )


def test_an_unknown_command_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        action("explode", COMING)


def test_a_shared_room_keeps_a_stay_whole_and_only_it_can_be_left():
    shared = replace(COMING, is_shared=True)

    assert {name: action(name, shared).code for name in ("split", "combine", "unshare", "share")} == {
        "split": "room_shared", "combine": "room_shared", "unshare": "", "share": "",
    }  # fmt: skip
    assert action("unshare", COMING).code == "not_shared"
    assert action("share", replace(COMING, is_day_use=True, departure=TODAY)).code == "day_use"
