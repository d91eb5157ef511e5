"""Windows over year ends, rising at once, falling softly, and what is missing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.tiers import (
    Credit,
    Qualification,
    Status,
    TierRule,
    counted_on,
    earned_level,
    lasts_until,
    progress,
    reviewed,
    totals,
    window_before,
    window_on,
)
from tests.pages import worked_table

D = Decimal
TIERS = (
    TierRule(0, "Member"),
    TierRule(1, "Silver", {"nights": D(10), "stays": D(5)}),
    TierRule(2, "Gold", {"nights": D(25), "spend": D(3000)}, "all"),
    TierRule(3, "Circle"),
)
YEAR, OWN, ROLLING = Qualification(), Qualification("anniversary"), Qualification("rolling", 12)
ENROLLED = date(2025, 5, 20)


def credit(day: date, **amounts: int) -> Credit:
    return Credit(day, {metric: D(amount) for metric, amount in amounts.items()})


@pytest.mark.parametrize(
    ("rules", "day", "window", "before", "until"),
    [
        (YEAR, date(2027, 12, 31), ((2027, 1, 1), (2027, 12, 31)), ((2026, 1, 1), (2026, 12, 31)), (2028, 12, 31)),
        (YEAR, date(2028, 1, 1), ((2028, 1, 1), (2028, 12, 31)), ((2027, 1, 1), (2027, 12, 31)), (2029, 12, 31)),
        (OWN, date(2027, 5, 19), ((2026, 5, 20), (2027, 5, 19)), ((2025, 5, 20), (2026, 5, 19)), (2028, 5, 19)),
        (OWN, date(2027, 5, 20), ((2027, 5, 20), (2028, 5, 19)), ((2026, 5, 20), (2027, 5, 19)), (2029, 5, 19)),
        (ROLLING, date(2028, 2, 29), ((2027, 3, 1), (2028, 2, 29)), ((2027, 3, 1), (2028, 2, 29)), (2029, 2, 28)),
    ],
    ids=["31 December", "1 January", "the last day of his year", "the first day of his year", "rolling"],
)  # fmt: skip
def test_windows_begin_and_end_on_their_days(rules, day, window, before, until):
    assert window_on(rules, day, ENROLLED) == tuple(date(*d) for d in window)
    assert window_before(rules, day, ENROLLED) == tuple(date(*d) for d in before)
    assert lasts_until(rules, day, ENROLLED) == date(*until)


def test_who_enrolled_on_29_february_has_years_from_the_28th_when_there_is_none():
    first, last = window_on(OWN, date(2027, 6, 1), date(2024, 2, 29))
    assert (first, last) == (date(2027, 2, 28), date(2028, 2, 28))
    assert window_on(OWN, date(2028, 2, 29), date(2024, 2, 29))[0] == date(2028, 2, 29)


def test_grace_runs_to_the_end_of_its_month():
    assert lasts_until(Qualification(grace_months=2), date(2026, 7, 1), ENROLLED) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("counted", "level"),
    [
        ({"nights": D(9), "stays": D(4)}, 0),
        ({"stays": D(5)}, 1),
        ({"nights": D(25), "spend": D("2999.99")}, 1),
        ({"nights": D(25), "spend": D(3000)}, 2),
    ],
)
def test_a_tier_is_reached_by_any_or_by_all_and_never_without_thresholds(counted, level):
    assert earned_level(TIERS, counted) == level


def test_a_window_sums_what_lies_in_it_and_corrections_do_not_go_below_zero():
    credits = [credit(date(2026, 12, 31), nights=3), credit(date(2027, 1, 1), nights=2, stays=1), credit(date(2027, 2, 1), stays=-4)]  # fmt: skip
    found = totals(credits, date(2027, 1, 1), date(2027, 12, 31))
    assert found == {"nights": D(2), "stays": D(0), "points": D(0), "spend": D(0)}


def test_what_was_above_the_tier_rolls_over_once():
    rules = Qualification(rolls_over=frozenset({"nights"}))
    credits = [credit(date(2026, 6, 1), nights=14, stays=9), credit(date(2027, 6, 1), nights=3)]
    assert counted_on(TIERS, rules, credits, date(2027, 7, 1), ENROLLED)["nights"] == 7
    assert counted_on(TIERS, rules, credits, date(2027, 7, 1), ENROLLED)["stays"] == 0
    assert counted_on(TIERS, rules, credits, date(2028, 7, 1), ENROLLED)["nights"] == 0
    below = [credit(date(2026, 6, 1), nights=9)]
    assert counted_on(TIERS, rules, below, date(2027, 7, 1), ENROLLED)["nights"] == 0


def review(status, credits, on, rules=YEAR, **more):
    return reviewed(status, TIERS, rules, credits, on=on, enrolled_on=ENROLLED, **more)


def test_a_member_rises_on_the_day_and_stays_through_the_next_year():
    rise = [credit(date(2026, 8, 9), nights=10)]
    silver = review(Status(0, ENROLLED), rise, date(2026, 8, 9))
    assert silver == Status(1, date(2026, 8, 9), date(2027, 12, 31))
    assert review(silver, rise, date(2027, 12, 31)) == silver


def test_he_falls_after_his_last_day_and_not_before():
    silver = Status(1, date(2026, 8, 9), date(2027, 12, 31))
    assert review(silver, [], date(2028, 1, 1)) == Status(0, date(2028, 1, 1))


def test_who_qualifies_anew_keeps_his_tier_since_when_he_had_it():
    silver = Status(1, date(2026, 8, 9), date(2027, 12, 31))
    again = review(silver, [credit(date(2027, 3, 1), stays=5)], date(2027, 3, 1))
    assert again == Status(1, date(2026, 8, 9), date(2028, 12, 31))


def test_a_review_that_comes_late_finds_what_the_year_before_had_earned():
    silver = Status(1, date(2026, 8, 9), date(2027, 12, 31))
    late = review(silver, [credit(date(2027, 11, 1), stays=5)], date(2028, 2, 1))
    assert late == Status(1, date(2026, 8, 9), date(2028, 12, 31))


def test_a_soft_landing_loses_one_level_for_the_year_and_a_hard_one_all():
    gold = Status(2, date(2026, 8, 9), date(2027, 12, 31))
    soft = review(gold, [], date(2028, 1, 1))
    assert soft == Status(1, date(2028, 1, 1), date(2028, 12, 31))
    assert review(soft, [], date(2029, 1, 1)) == Status(0, date(2029, 1, 1))
    hard = Qualification(landing="as_earned")
    assert review(gold, [], date(2028, 1, 1), hard) == Status(0, date(2028, 1, 1))


def test_a_level_for_life_has_no_end_and_is_never_lost():
    life = review(Status(0, ENROLLED), [], date(2027, 1, 1), least=2)
    assert life == Status(2, date(2027, 1, 1))
    assert review(life, [], date(2040, 1, 1), least=2) == life
    gold = Status(2, date(2026, 8, 9), date(2027, 12, 31))
    assert review(gold, [], date(2028, 1, 1), least=1) == Status(1, date(2028, 1, 1))


days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
histories = st.lists(st.builds(credit, days, nights=st.integers(0, 12), stays=st.integers(0, 3)), max_size=12)


@given(histories, st.sampled_from([YEAR, OWN, ROLLING, Qualification(grace_months=2)]), st.randoms())
def test_nobody_falls_mid_window_more_than_a_level_or_by_the_order_of_his_stays(credits, rules, random):
    status = Status(0, ENROLLED)
    shuffled = list(credits)
    random.shuffle(shuffled)
    for week in range(0, 365 * 5, 7):
        on = date(2026, 1, 1) + timedelta(week)
        known = [one for one in credits if one.day <= on]
        after = review(status, known, on, rules)
        assert after == review(status, [one for one in shuffled if one.day <= on], on, rules)
        assert review(after, known, on, rules) == after
        assert after.level >= status.level - 1
        if after.level < status.level:
            assert status.until is not None
            assert status.until < on
        assert (after.until is None) is (after.level == 0)
        status = after


def test_progress_says_what_is_missing_by_when():
    silver = Status(1, date(2026, 8, 9), date(2027, 12, 31))
    counted = {"nights": D(23), "spend": D(2400)}
    found = progress(silver, TIERS, YEAR, counted, on=date(2027, 6, 1), enrolled_on=ENROLLED)
    assert found.missing == {"nights": D(2), "spend": D(600)}
    assert found.in_words() == "2 nights and 600 spend to Gold by 31 December 2027"
    first = progress(Status(0, ENROLLED), TIERS, ROLLING, {"nights": D(9), "stays": D(4)}, on=date(2027, 6, 1), enrolled_on=ENROLLED)  # fmt: skip
    assert first.in_words() == "1 night or 1 stay to Silver"


def test_the_top_that_can_be_earned_has_nothing_above_it():
    gold = Status(2, date(2026, 8, 9), date(2027, 12, 31))
    assert progress(gold, TIERS, YEAR, {}, on=date(2027, 6, 1), enrolled_on=ENROLLED) is None


def test_the_page_rises_and_falls_as_we_do():
    names = {tier.level: tier.name for tier in TIERS}
    status, credits = Status(0, ENROLLED), [credit(date(2026, 8, 9), nights=10)]
    for row in worked_table("points", "Silver at 10 nights, soft landing, calendar years"):
        on = date.fromisoformat(row["Day"])
        counted = counted_on(TIERS, YEAR, credits, on, ENROLLED)
        before, status = status, review(status, credits, on)
        assert {
            "Day": str(on),
            "Nights this year": f"{counted['nights']:f}",
            "Tier before": names[before.level],
            "Tier after": names[status.level],
            "Until": str(status.until or "–"),
        } == row
