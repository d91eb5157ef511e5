"""What blocks a day, and which steps come next."""

from datetime import date, timedelta

from hotel.stays.choices import StepName
from hotel.stays.domain.night_audit import STEPS, Blocker, DayBefore, blockers, steps_left

TODAY = date(2027, 3, 14)


def test_a_quiet_day_is_closed_on_its_own_date_and_later():
    for later in range(3):
        assert blockers(DayBefore(TODAY, TODAY + timedelta(days=later))) == []


def test_the_business_date_runs_one_day_ahead_of_the_calendar_at_most():
    (found,) = blockers(DayBefore(TODAY, TODAY - timedelta(days=1)))
    assert found.code == "day_not_begun"
    assert found.text.startswith("The calendar still says Sat 13 Mar 2027:")


def test_guests_due_out_and_open_cashiers_block_in_this_order():
    found = blockers(DayBefore(TODAY, TODAY, staying_over=(9, 4), open_cashiers=("Bo", "Cy")))
    assert [blocker.code for blocker in found] == ["guests_due_out", "cashiers_open"]
    assert found[0].reservations == (4, 9)
    assert found[0].text.startswith("2 guests have not left")
    assert found[1] == Blocker("cashiers_open", "Close the cashier sessions of Bo, Cy.")


def test_one_guest_is_one():
    (found,) = blockers(DayBefore(TODAY, TODAY, staying_over=(4,)))
    assert found.text.startswith("1 guest has not left")


def test_the_steps_come_in_their_order_and_done_ones_never_again():
    assert [str(step) for step in STEPS] == [
        "checks", "no_shows", "nights", "fixed_charges", "allowances", "rooms", "statistics", "proof", "roll",
    ]  # fmt: skip
    assert list(steps_left(())) == list(STEPS)
    assert list(steps_left({"checks", "no_shows", "rooms"})) == [
        StepName.NIGHTS, StepName.FIXED_CHARGES, StepName.ALLOWANCES, StepName.STATISTICS, StepName.PROOF,
        StepName.ROLL,
    ]  # fmt: skip
    assert list(steps_left(set(STEPS))) == []


def test_guests_who_are_to_be_moved_block_the_night():
    one, two = (
        blockers(DayBefore(TODAY, TODAY, moving=(4,))),
        blockers(DayBefore(TODAY, TODAY, moving=(9, 4))),
    )
    assert one == [Blocker("moves_due", "1 guest is not yet in the room of tonight: move them.", (4,))]
    assert two[0].reservations == (4, 9)


def test_a_property_that_takes_no_changes_says_so_before_all_else():
    found = blockers(DayBefore(TODAY, TODAY, open_cashiers=("Bo",), held="Nothing can be changed here."))
    assert [blocker.code for blocker in found] == ["read_only", "cashiers_open"]
    assert found[0].text == "The audit waits. Nothing can be changed here."
