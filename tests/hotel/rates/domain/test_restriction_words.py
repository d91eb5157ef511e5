"""Restrictions in words say what they do, and one judged alone says no to the stays that the house would refuse."""

from datetime import date

import pytest

from hotel.rates.domain.restriction_words import SAYS, refusal, restriction_in_words
from hotel.rates.domain.restrictions import CHECKS, Wish
from hotel.rates.domain.terms import PlanTerms, RestrictionRow

FRI, SUN, MON = date(2027, 4, 2), date(2027, 4, 4), date(2027, 4, 5)
BAR = PlanTerms(id=7, code="BAR", name="Best")
WEEK = PlanTerms(id=8, code="WEEK", name="Week", parent_id=7)
DOUBLE = (3, "Double")


def row(kind: str, value: int | None = None, end: date = MON, **over) -> RestrictionRow:
    return RestrictionRow(
        **{"room_type_id": None, "rate_plan_id": None, **over}, kind=kind, start=FRI, end=end, value=value
    )


SPAN = "from Fri 2 Apr 2027 to Sun 4 Apr 2027"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (row("closed"), f"In the whole house, {SPAN}: no night is sold."),
        (row("closed", end=date(2027, 4, 3)), "In the whole house, on Fri 2 Apr 2027: no night is sold."),
        (row("cta", weekdays=48), f"In the whole house, on Fridays and Saturdays {SPAN}: nobody arrives."),
        (row("cta", weekdays=1), f"In the whole house, on Mondays {SPAN}: nobody arrives."),
        (
            row("cta", weekdays=0b1010001),
            f"In the whole house, on Mondays, Fridays and Sundays {SPAN}: nobody arrives.",
        ),
        (row("ctd", reason="Fair"), f"In the whole house, {SPAN}: nobody departs. Reason: Fair."),
        (row("min_los", 1), f"In the whole house, {SPAN}: who arrives stays at least 1 night."),
        (row("min_los", 3), f"In the whole house, {SPAN}: who arrives stays at least 3 nights."),
        (row("max_los", 7), f"In the whole house, {SPAN}: who arrives stays at most 7 nights."),
        (row("min_stay_through", 2), f"In the whole house, {SPAN}: who sleeps here stays at least 2 nights in all."),
        (row("max_stay_through", 9), f"In the whole house, {SPAN}: who sleeps here stays at most 9 nights in all."),
        (row("los_pattern", pattern=(7,)), f"In the whole house, {SPAN}: who arrives stays 7 nights."),
        (row("los_pattern", pattern=(1,)), f"In the whole house, {SPAN}: who arrives stays 1 night."),
        (row("los_pattern", pattern=(7, 3, 4)), f"In the whole house, {SPAN}: who arrives stays 3, 4 or 7 nights."),
        (row("min_advance", 14), f"In the whole house, {SPAN}: who arrives has booked at least 14 days before."),
        (row("max_advance", 1), f"In the whole house, {SPAN}: who arrives has booked at most 1 day before."),
        (row("min_occupancy", 2), f"In the whole house, {SPAN}: a room is sold to at least 2 persons."),
        (row("max_occupancy", 1), f"In the whole house, {SPAN}: a room is sold to at most 1 person."),
        (
            row("min_guarantee", guarantee="credit_card"),
            f"In the whole house, {SPAN}: a stay is sold with a credit card at least.",
        ),
        (row("min_guarantee", guarantee="prepayment"), f"In the whole house, {SPAN}: a stay is sold with prepayment."),
        (
            row("min_guarantee", guarantee="hold_6pm"),
            f"In the whole house, {SPAN}: a stay is sold with a promise to come until the evening at least.",
        ),
    ],
)  # fmt: skip
def test_each_kind_is_told_with_its_days(rule, words):
    assert restriction_in_words(rule) == words


def test_no_kind_is_without_words():
    assert set(SAYS) == set(CHECKS)


def test_where_it_holds_and_who_takes_it_over_is_told():
    def told(**over):
        return restriction_in_words(row("closed"), **over)

    assert told(room_type="Double") == f"On Double, {SPAN}: no night is sold."
    assert told(rate_plan="BAR") == f"In BAR, {SPAN}: no night is sold."
    assert told(rate_plan="BAR", room_type="Double", heirs=["WEEK"]) == (
        f"In BAR on Double, {SPAN}: no night is sold. WEEK takes it over."
    )
    assert told(rate_plan="BAR", heirs=["WEEK", "CORP"]) == (
        f"In BAR, {SPAN}: no night is sold. CORP and WEEK take it over."
    )


def says(rule: RestrictionRow, nights: int = 1, lineage=(BAR,), room_type=DOUBLE, **over) -> str:
    wish = Wish(FRI, date(2027, 4, 2 + nights), date(2027, 3, 1), 2)
    return refusal(rule, wish, lineage=lineage, room_type=room_type, **over)


@pytest.mark.parametrize(
    ("case", "answer", "words"),
    [
        ("too short", says(row("min_los", 2)), "The house: at least 2 nights when arriving on Fri 2 Apr 2027."),
        ("long enough", says(row("min_los", 2), 2), ""),
        ("its type", says(row("closed", room_type_id=3)), "Double: closed on Fri 2 Apr 2027."),
        ("another type", says(row("closed", room_type_id=4)), ""),
        ("no type known", says(row("closed", room_type_id=3), room_type=None), ""),
        ("its plan", says(row("closed", rate_plan_id=7)), "Best: closed on Fri 2 Apr 2027."),
        ("an heir", says(row("closed", rate_plan_id=7), lineage=(WEEK, BAR)), "Best: closed on Fri 2 Apr 2027."),
        ("no heir", says(row("closed", rate_plan_id=7), lineage=(WEEK,)), ""),
        (
            "too little behind it",
            says(row("min_guarantee", guarantee="company"), guarantee="credit_card"),
            "The house: a company that answers for it at least on Fri 2 Apr 2027.",
        ),
        ("enough behind it", says(row("min_guarantee", guarantee="company"), guarantee="prepayment"), ""),
        ("not known what", says(row("min_guarantee", guarantee="company")), ""),
    ],
)  # fmt: skip
def test_a_rule_alone_says_what_the_house_would_say(case, answer, words):
    assert answer == words
