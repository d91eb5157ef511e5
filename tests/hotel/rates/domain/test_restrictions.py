"""Restrictions: which stay breaks which rule, at which level and on which date; see docs/algorithms/restrictions.md."""

from datetime import date, timedelta

import pytest

from hotel.rates.domain.restrictions import (
    CHECKS,
    Wish,
    access_broken,
    broken_by_scope,
    broken_rules,
    explained,
    plan_broken,
    promo_counts,
)
from hotel.rates.domain.terms import PromoTerms
from tests.factories.rate_terms import plan, rule

BOOKED = date(2027, 3, 1)
TENTH = date(2027, 3, 10)


def wish(nights: int = 2, arrival: date = TENTH, persons: int = 2, **over) -> Wish:
    return Wish(arrival, arrival + timedelta(nights), BOOKED, persons, **over)


def on(day: int) -> dict:
    """The one day of March."""
    return {"start": date(2027, 3, day), "end": date(2027, 3, day + 1)}


def told(row, asked: Wish) -> list:
    """The dates on which the rule is broken."""
    return [day for found in broken_by_scope([row], asked).values() for _, day in found]


# A stay of 10 and 11 March, departing on the 12th.
@pytest.mark.parametrize(
    ("kind", "value", "broken_on", "kept_on"),
    [
        ("closed", None, [10, 11], [9, 12]),
        ("cta", None, [10], [9, 11, 12]),
        ("ctd", None, [12], [9, 10, 11, 13]),
        ("min_los", 3, [10], [9, 11, 12]),
        ("min_stay_through", 3, [10, 11], [9, 12]),
        ("max_los", 1, [10], [9, 11, 12]),
        ("max_stay_through", 1, [10, 11], [9, 12]),
        ("min_advance", 10, [10], [9, 11, 12]),
        ("max_advance", 8, [10], [9, 11, 12]),
        ("min_occupancy", 3, [10, 11], [9, 12]),
        ("max_occupancy", 1, [10, 11], [9, 12]),
    ],
)
def test_on_which_day_a_rule_stands(kind, value, broken_on, kept_on):
    for day in broken_on:
        assert told(rule(kind, value, **on(day)), wish()) == [date(2027, 3, day)]
    for day in kept_on:
        assert told(rule(kind, value, **on(day)), wish()) == []


@pytest.mark.parametrize(
    ("kind", "value", "kept", "broken"),
    [
        ("min_los", 3, wish(3), wish(2)),
        ("max_los", 3, wish(3), wish(4)),
        ("min_stay_through", 3, wish(3), wish(2)),
        ("max_stay_through", 3, wish(3), wish(4)),
        ("min_advance", 9, wish(), wish(arrival=TENTH - timedelta(1))),
        ("max_advance", 9, wish(), wish(arrival=TENTH + timedelta(1))),
        ("min_occupancy", 2, wish(persons=2), wish(persons=1)),
        ("max_occupancy", 2, wish(persons=2), wish(persons=3)),
    ],
)
def test_a_value_is_the_last_that_is_allowed(kind, value, kept, broken):
    assert told(rule(kind, value), kept) == []
    assert told(rule(kind, value), broken) == [broken.arrival]


@pytest.mark.parametrize(("nights", "is_kept"), [(2, False), (3, True), (4, False), (7, True)])
def test_a_pattern_allows_only_its_lengths(nights, is_kept):
    assert (told(rule("los_pattern", pattern=(3, 5, 7)), wish(nights)) == []) is is_kept


def test_a_rule_over_several_nights_is_told_once_with_the_first():
    assert told(rule("closed"), wish(5)) == [TENTH]
    assert told(rule("closed", weekdays=48), wish(7)) == [date(2027, 3, 12)]


def test_departure_on_new_years_day_meets_the_rule_of_the_new_year():
    asked = wish(2, arrival=date(2027, 12, 30))
    assert told(rule("ctd", start=date(2028, 1, 1), end=date(2028, 1, 2)), asked) == [date(2028, 1, 1)]
    assert told(rule("ctd", start=date(2027, 12, 31), end=date(2028, 1, 1)), asked) == []


DAY_USE = Wish(TENTH, TENTH, BOOKED, 2, is_day_use=True, minutes=240)


@pytest.mark.parametrize("kind", [kind for kind, check in CHECKS.items() if check.of_nights])
def test_lengths_and_departures_do_not_concern_day_use(kind):
    assert told(rule(kind, 9, pattern=(9,)), wish(1)) != [] or kind.startswith("max") or kind == "ctd"
    assert told(rule(kind, 9, pattern=(9,)), DAY_USE) == []


@pytest.mark.parametrize("kind", ["closed", "cta"])
def test_closings_concern_day_use_too(kind):
    assert told(rule(kind), DAY_USE) == [TENTH]


def test_every_level_is_asked_and_the_house_comes_first():
    rows = [
        rule("closed", plan_id=1, type_id=1),
        rule("closed", plan_id=1),
        rule("closed", type_id=1),
        rule("closed"),
        rule("closed", type_id=2),
        rule("closed", plan_id=2),
    ]
    found = broken_rules(broken_by_scope(rows, wish()), [plan()], (1, "Double"))
    assert [(broken.level, broken.text) for broken in found] == [
        ("house", "The house: closed on Wed 10 Mar 2027."),
        ("room_type", "Double: closed on Wed 10 Mar 2027."),
        ("rate_plan", "Bar: closed on Wed 10 Mar 2027."),
        ("rate_plan_room_type", "Bar on Double: closed on Wed 10 Mar 2027."),
    ]
    assert {(broken.code, broken.night) for broken in found} == {("closed", TENTH)}


def test_without_a_type_only_house_and_plans_are_asked():
    rows = [rule("cta", plan_id=1, type_id=1), rule("cta", plan_id=1), rule("cta", type_id=1), rule("cta")]
    found = broken_rules(broken_by_scope(rows, wish()), [plan()], None)
    assert [broken.level for broken in found] == ["house", "rate_plan"]


def test_rules_of_ancestors_count_for_the_plan():
    rows = [rule("min_los", 3, plan_id=1)]
    found = broken_rules(broken_by_scope(rows, wish()), [plan(2, "Nrf", parent_id=1), plan()], (1, "Double"))
    assert [broken.text for broken in found] == ["Bar: at least 3 nights when arriving on Wed 10 Mar 2027."]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (rule("ctd"), "The house: closed to departure on Wed 10 Mar 2027."),
        (rule("max_los", 4), "The house: at most 4 nights when arriving on Wed 10 Mar 2027."),
        (rule("min_stay_through", 4), "The house: at least 4 nights for a stay through Wed 10 Mar 2027."),
        (
            rule("los_pattern", pattern=(3, 7)),
            "The house: only stays of 3, 7 nights when arriving on Wed 10 Mar 2027.",
        ),
        (rule("min_advance", 7), "The house: book at least 7 days before arrival on Wed 10 Mar 2027."),
        (rule("max_occupancy", 2), "The house: at most 2 persons on Wed 10 Mar 2027."),
        (rule("closed", reason="Fair"), "The house: closed on Wed 10 Mar 2027 (Fair)."),
    ],
)
def test_a_rule_says_itself_in_one_sentence(row, text):
    assert explained(row, TENTH, "the house") == text


@pytest.mark.parametrize(
    ("over", "asked", "codes"),
    [
        ({}, wish(), []),
        ({"is_active": False}, wish(), ["plan_inactive"]),
        ({"sell_from": BOOKED, "sell_until": BOOKED}, wish(), []),
        ({"sell_from": BOOKED + timedelta(1)}, wish(), ["outside_selling_dates"]),
        ({"sell_until": BOOKED - timedelta(1)}, wish(), ["outside_selling_dates"]),
        ({"stay_from": TENTH, "stay_until": TENTH + timedelta(1)}, wish(), []),
        ({"stay_from": TENTH + timedelta(1)}, wish(), ["outside_stay_dates"]),
        ({"stay_until": TENTH}, wish(), ["outside_stay_dates"]),
        ({}, DAY_USE, ["no_day_use"]),
        ({"day_use_hours": 4}, DAY_USE, []),
        ({"day_use_hours": 3}, DAY_USE, ["day_use_too_long"]),
        ({"day_use_hours": 3}, Wish(TENTH, TENTH, BOOKED, 2, is_day_use=True), []),
        ({"day_use_hours": 4}, wish(), ["day_use_only"]),
    ],
    ids=[
        "open", "retired", "sold today only", "not yet sold", "no more sold", "exactly its nights", "too early",
        "last night too late", "no day use", "day use", "day use too long", "day use of open length", "night in day use",
    ],
)  # fmt: skip
def test_what_a_plan_itself_forbids(over, asked, codes):
    assert [broken.code for broken in plan_broken(plan(**over), asked)] == codes


def test_the_first_night_outside_is_named():
    (broken,) = plan_broken(plan(stay_until=TENTH), wish(4))
    assert (broken.night, broken.level) == (TENTH + timedelta(1), "rate_plan")
    assert broken.text == "Bar: not for the night of Thu 11 Mar 2027."


@pytest.mark.parametrize(
    ("over", "is_agreed", "is_promo_good", "codes"),
    [
        ({}, False, False, []),
        ({"is_negotiated": True}, False, True, ["not_agreed"]),
        ({"is_negotiated": True}, True, False, []),
        ({"needs_promo": True}, True, False, ["promo_required"]),
        ({"needs_promo": True}, False, True, []),
        ({"is_negotiated": True, "needs_promo": True}, False, False, ["not_agreed", "promo_required"]),
    ],
)
def test_plans_behind_agreements_and_codes(over, is_agreed, is_promo_good, codes):
    found = access_broken(plan(**over), is_agreed=is_agreed, is_promo_good=is_promo_good)
    assert [broken.code for broken in found] == codes


@pytest.mark.parametrize(
    ("over", "wanted"),
    [
        ({}, True),
        ({"plan_ids": frozenset({1, 2})}, True),
        ({"plan_ids": frozenset({2})}, False),
        ({"is_used_up": True}, False),
        ({"book_from": BOOKED, "book_until": BOOKED}, True),
        ({"book_from": BOOKED + timedelta(1)}, False),
        ({"book_until": BOOKED - timedelta(1)}, False),
        ({"stay_from": TENTH, "stay_until": TENTH + timedelta(1)}, True),
        ({"stay_from": TENTH + timedelta(1)}, False),
        ({"stay_until": TENTH}, False),
    ],
)
def test_whether_a_code_counts(over, wanted):
    assert promo_counts(PromoTerms("SPRING", **over), 1, wish()) is wanted
