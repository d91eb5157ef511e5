"""States of incidents, and 72 hours that no clock on the wall bends."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from security.domain.incidents import EDGES, hours_left, may_become, needs_reason, notice_due_at, reminders_at

WAYS = {
    ("detected", "triaged"), ("detected", "false_positive"), ("triaged", "declared"), ("triaged", "false_positive"),
    ("declared", "contained"), ("declared", "false_positive"), ("contained", "eradicated"),
    ("eradicated", "recovering"), ("recovering", "recovered"), ("recovered", "reviewed"), ("reviewed", "closed"),
}  # fmt: skip
VIENNA = ZoneInfo("Europe/Vienna")


def test_only_listed_ways_are_open():
    assert {pair for pair in itertools.product(EDGES, repeat=2) if may_become(*pair)} == WAYS


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (
            datetime(2027, 3, 26, 12, tzinfo=VIENNA),
            datetime(2027, 3, 29, 13, tzinfo=VIENNA),
        ),  # an hour is left out
        (
            datetime(2027, 10, 29, 12, tzinfo=VIENNA),
            datetime(2027, 11, 1, 11, tzinfo=VIENNA),
        ),  # an hour comes twice
        (datetime(2027, 6, 1, 12, tzinfo=VIENNA), datetime(2027, 6, 4, 12, tzinfo=VIENNA)),
    ],
)
def test_the_notice_is_due_after_72_hours_of_time(aware, due):
    assert notice_due_at(aware.astimezone(UTC)) == due
    with pytest.raises(ValueError, match="UTC"):
        notice_due_at(aware)


def test_reminders_come_after_24_48_and_66_hours():
    aware = datetime(2027, 3, 26, 23, tzinfo=UTC)
    assert [(at - aware) / timedelta(hours=1) for at in reminders_at(aware)] == [24, 48, 66]


def test_a_notice_is_late_after_the_very_instant():
    aware = datetime(2027, 3, 26, 23, tzinfo=UTC)
    due = notice_due_at(aware)
    assert not needs_reason(aware, due)
    assert needs_reason(aware, due + timedelta(microseconds=1))


def test_hours_left_are_rounded_down_and_go_below_zero():
    knew = datetime(2026, 3, 27, 10, tzinfo=UTC)  # summer time begins two days later
    assert hours_left(knew, knew) == 72
    assert hours_left(knew, knew + timedelta(seconds=1)) == 71
    assert hours_left(knew, knew + timedelta(hours=72)) == 0
    assert hours_left(knew, knew + timedelta(hours=73)) == -1
