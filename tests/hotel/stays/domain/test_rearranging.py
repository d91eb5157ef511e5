from datetime import timedelta

import pytest

from hotel.core.exceptions import PmsError
from hotel.stays.domain.rearranging import Placing, steps
from tests.cast import TODAY

DAY = timedelta(days=1)


def at(room, first=1, last=3):
    return Placing(room_id=room, arrival=TODAY + first * DAY, departure=TODAY + last * DAY)


def found(now, wanted, status="confirmed", part=None):
    return steps(now, wanted, status=status, today=TODAY, part=part or (now.arrival, now.departure))


@pytest.mark.parametrize(
    ("now", "wanted", "status", "commands"),
    [
        (at(1), at(2), "confirmed", ["assign"]),
        (at(None), at(2), "confirmed", ["assign"]),
        (at(1), at(None), "confirmed", ["unassign"]),
        (at(1), at(1, 2, 4), "confirmed", ["amend", "assign"]),
        (at(1), at(2, 1, 5), "confirmed", ["amend", "assign"]),
        (at(1), at(None, 2, 4), "confirmed", ["amend", "unassign"]),
        (at(None), at(None, 2, 4), "option", ["amend"]),
        (at(1, -1), at(2, -1), "in_house", ["move-room"]),
        (at(1, -1), at(1, -1, 5), "in_house", ["extend"]),
        (at(1, -1), at(1, -1, 2), "in_house", ["amend"]),
        (at(1, -1), at(2, -1, 5), "in_house", ["move-room", "extend"]),
    ],
)
def test_the_commands_come_in_their_order(now, wanted, status, commands):
    assert list(found(now, wanted, status)) == commands


def test_a_later_part_of_a_guest_in_house_is_planned_not_moved():
    part = (TODAY + DAY, TODAY + 3 * DAY)
    assert list(found(at(1, -1), at(2, -1), "in_house", part)) == ["assign"]


@pytest.mark.parametrize(
    ("now", "wanted", "status", "part", "code"),
    [
        (at(1), at(1), "confirmed", None, "nothing_to_change"),
        (at(1), at(1, 2, 3), "confirmed", (TODAY + DAY, TODAY + 2 * DAY), "part_has_dates"),
        (at(1, -1), at(1, 0), "in_house", None, "arrived_already"),
        (at(1, -1), at(1, -1, 0), "in_house", None, "early_departure"),
        (at(1, -1), at(None, -1), "in_house", None, "room_needed"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(now, wanted, status, part, code):
    with pytest.raises(PmsError) as refused:
        found(now, wanted, status, part)
    assert refused.value.code == code
