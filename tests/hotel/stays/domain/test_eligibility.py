"""The table of the desk: from where, when not, and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotel.reservations.choices import ReservationStatus as S
from hotel.stays.domain.eligibility import (
    STAY_COMMANDS,
    StaySituation,
    stay_action,
    stay_actions,
    stay_obstacles,
)

TODAY = date(2027, 3, 14)
DAY = timedelta(days=1)
ARRIVING = StaySituation(
    status=S.CONFIRMED, arrival=TODAY, departure=TODAY + 2 * DAY, business_date=TODAY, has_room=True
)
HERE = replace(ARRIVING, status=S.IN_HOUSE)
LEAVING = replace(HERE, arrival=TODAY - 2 * DAY, departure=TODAY)
LEFT = replace(LEAVING, status=S.CHECKED_OUT)

ALLOWED = [
    (ARRIVING, {"check-in"}),
    (HERE, {"revert-check-in", "move-room", "early-departure", "late-check-out", "extend"}),
    (replace(HERE, arrival=TODAY - DAY), {"move-room", "early-departure", "late-check-out", "extend"}),
    (LEAVING, {"late-check-out", "extend", "check-out"}),
    (LEFT, {"reinstate-check-out"}),
    (replace(ARRIVING, status=S.OPTION), set()),
    (replace(ARRIVING, status=S.CANCELLED), set()),
    (replace(ARRIVING, status=S.NO_SHOW), set()),
]


@pytest.mark.parametrize(("situation", "names"), ALLOWED)
def test_what_is_allowed_as_a_stay_stands(situation, names):
    assert {answer.name for answer in stay_actions(situation) if answer.is_allowed} == names


@pytest.mark.parametrize(("situation", "names"), ALLOWED)
def test_every_denial_has_a_code_and_a_reason_and_every_answer_its_right(situation, names):
    found = stay_actions(situation)
    assert [answer.name for answer in found] == list(STAY_COMMANDS)
    for answer in found:
        assert bool(answer.code and answer.reason) is not answer.is_allowed
        assert (answer.area, answer.verb) == ("stays", "manage")


DENIED = [
    ("check-in", ARRIVING, {"business_date": TODAY - DAY}, "arrival_not_reached"),
    ("check-in", ARRIVING, {"business_date": TODAY + DAY}, "arrival_in_past"),
    ("check-in", ARRIVING, {"has_room": False}, "no_room_assigned"),
    ("check-in", ARRIVING, {"is_registered": False}, "not_registered"),
    ("check-in", ARRIVING, {"is_room_vacant": False}, "room_occupied"),
    ("check-in", ARRIVING, {"is_room_ready": False}, "room_not_ready"),
    ("check-in", ARRIVING, {"is_room_vacant": False, "is_room_ready": False}, "room_occupied"),
    ("check-in", ARRIVING, {"status": S.IN_HOUSE}, "status_forbids"),
    ("revert-check-in", HERE, {"business_date": TODAY + DAY}, "arrived_earlier"),
    ("revert-check-in", HERE, {"has_charges": True}, "has_charges"),
    ("move-room", LEAVING, {}, "stay_over"),
    ("move-room", HERE, {"is_room_locked": True}, "room_locked"),
    ("early-departure", LEAVING, {}, "nothing_to_shorten"),
    ("early-departure", HERE, {"is_day_use": True, "departure": TODAY}, "day_use"),
    ("late-check-out", LEAVING, {"departure": TODAY - DAY}, "stay_over"),
    ("extend", HERE, {"is_day_use": True, "departure": TODAY}, "day_use"),
    ("check-out", HERE, {}, "nights_left"),
    ("check-out", LEAVING, {"is_settled": False}, "not_settled"),
    ("reinstate-check-out", LEFT, {"business_date": TODAY + DAY}, "left_earlier"),
    ("reinstate-check-out", LEFT, {"is_room_vacant": False}, "room_occupied"),
]


@pytest.mark.parametrize(("command", "situation", "changes", "code"), DENIED)
def test_each_condition_denies_by_its_code(command, situation, changes, code):
    answer = stay_action(command, replace(situation, **changes))
    assert (answer.is_allowed, answer.code) == (False, code)


@pytest.mark.parametrize("command", STAY_COMMANDS)
def test_nothing_is_done_while_the_day_is_being_closed(command):
    source = next(iter(STAY_COMMANDS[command].sources))
    answer = stay_action(command, replace(ARRIVING, status=source, is_day_closing=True))
    assert (answer.is_allowed, answer.code) == (False, "day_closing")


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({"departure": TODAY + DAY}, False),
        ({"departure": TODAY + DAY, "is_tonight_charged": True}, True),
        ({"departure": TODAY + 2 * DAY, "is_tonight_charged": True}, False),
        ({"departure": TODAY + DAY, "arrival": TODAY - DAY, "is_tonight_charged": True}, False),
        ({"departure": TODAY, "is_day_use": True}, True),
        ({"departure": TODAY - DAY, "arrival": TODAY - 3 * DAY}, True),
    ],
    ids=["tonight unpaid", "tonight paid", "two nights", "came yesterday", "day use", "overdue"],
)
def test_a_guest_leaves_when_no_night_is_left_to_be_slept_and_paid(changes, allowed):
    assert stay_action("check-out", replace(HERE, **changes)).is_allowed is allowed


def test_a_day_use_guest_may_move():
    assert stay_action("move-room", replace(HERE, departure=TODAY, is_day_use=True)).is_allowed


def test_all_that_stands_against_a_command_is_told_in_the_order_of_the_table():
    found = stay_obstacles(
        "check-in", replace(ARRIVING, is_registered=False, is_room_ready=False, is_room_vacant=False)
    )

    assert [row.code for row in found] == ["not_registered", "room_occupied", "room_not_ready"]
    assert not any(row.is_allowed for row in found)
    assert stay_obstacles("check-in", ARRIVING) == []
    assert [row.code for row in stay_obstacles("check-in", HERE)] == ["status_forbids"]


def test_an_unknown_command_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        stay_action("explode", HERE)
