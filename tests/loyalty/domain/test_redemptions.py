"""What may be done with a redemption, and what cancelling costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.redemptions import COMMANDS, RedemptionState, action, actions, nights_left, penalty
from tests.pages import worked_table

NIGHT = date(2027, 3, 20)
DAY = timedelta(days=1)
ALLOWED = {
    "held": ["confirm", "cancel"],
    "confirmed": ["fulfil", "cancel", "refund"],  # on no bill
    "fulfilled": ["refund"],
    "cancelled": [],
    "released": [],
    "refunded": [],
}


@pytest.mark.parametrize("status", ALLOWED)
def test_what_may_be_done_in_each_state(status):
    found = actions(RedemptionState(status, "Somehow"))
    assert [one.name for one in found] == list(COMMANDS)
    assert [one.name for one in found if one.is_allowed] == ALLOWED[status]
    denied = {one.code for one in found if not one.is_allowed}
    assert denied - {"no_bill"} == {f"redemption_{status}"}
    assert [one.verb for one in found] == ["enrol", "enrol", "enrol", "enrol", "approve"]
    assert {one.area for one in found} == {"loyalty"}


def test_what_pays_on_a_bill_is_used_by_settling_it():
    billed, other = (RedemptionState("confirmed", "Confirmed", is_billed=yes) for yes in (True, False))
    assert (action("settle", billed).is_allowed, action("fulfil", billed).code) == (True, "pays_on_bill")
    assert (action("settle", other).code, action("fulfil", other).is_allowed) == ("no_bill", True)


def test_what_was_held_too_long_is_not_confirmed_but_cancelled():
    state = RedemptionState("held", "Held", is_over=True)
    assert (action("confirm", state).code, action("cancel", state).is_allowed) == ("hold_over", True)


@pytest.mark.parametrize(
    ("on", "first_day", "kept"),
    [
        (NIGHT - 3 * DAY, NIGHT, 0),
        (NIGHT - 2 * DAY, NIGHT, 251),
        (NIGHT, NIGHT, 251),
        (NIGHT, None, 251),
    ],
    ids=["in time", "too late", "on the day", "no day"],
)
def test_the_penalty_begins_some_days_before(on, first_day, kept):
    found = penalty(1003, percent=Decimal(25), free_days=2, first_day=first_day, on=on)
    assert found == kept


def test_a_penalty_is_rounded_half_up():
    assert penalty(10, percent=Decimal("25"), free_days=0, first_day=None, on=NIGHT) == 3
    assert penalty(10, percent=Decimal(0), free_days=0, first_day=None, on=NIGHT) == 0
    assert penalty(10, percent=Decimal(100), free_days=0, first_day=None, on=NIGHT) == 10


def test_the_page_keeps_what_we_keep():
    rows = worked_table("points", "8. Redemptions")
    assert len(rows) == 4
    for row in rows:
        on = date.fromisoformat(row["Cancelled on"])
        kept = penalty(1003, percent=Decimal(25), free_days=2, first_day=NIGHT, on=on)
        assert (str(kept), str(1003 - kept)) == (row["Kept"], row["Given back"])


DAYS = st.integers(0, 30)


@given(DAYS, DAYS, DAYS, DAYS, st.integers(1, 100_000))
def test_what_is_left_lies_in_both_and_its_points_are_its_part(first, nights, arrival, stay, points):
    first, arrival = NIGHT + first * DAY, NIGHT + arrival * DAY
    past, departure = first + (nights + 1) * DAY, arrival + (stay + 1) * DAY
    both = {first + n * DAY for n in range(nights + 1)} & {arrival + n * DAY for n in range(stay + 1)}
    found = nights_left(first, past, arrival=arrival, departure=departure, points=points)
    if found is None:
        assert not both
        return
    assert (found.first_day, found.past_day) == (min(both), max(both) + DAY)
    assert (found.nights, found.of) == (len(both), nights + 1)
    assert abs(found.points - points * (1 - Decimal(found.nights) / found.of)) <= Decimal("0.5")
    assert found.lost_from not in both


def test_the_first_night_that_is_lost():
    """1003 points for the nights of 20, 21 and 22 March."""
    past = NIGHT + 3 * DAY
    later = nights_left(NIGHT, past, arrival=NIGHT + DAY, departure=past, points=1003)
    shorter = nights_left(NIGHT, past, arrival=NIGHT, departure=past - DAY, points=1003)
    assert later is not None
    assert shorter is not None
    assert (later.points, later.lost_from) == (334, NIGHT)
    assert (shorter.points, shorter.lost_from) == (334, past - DAY)
