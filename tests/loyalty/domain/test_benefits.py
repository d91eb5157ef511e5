"""Which benefits the house knows, and how they read."""

from datetime import time

import pytest

from loyalty.domain.benefits import in_words, late_check_out, refusal, tasks

ALL = {
    "amenities": ["fruit", "water"],
    "late_check_out": "16:00",
    "early_check_in": "10:00",
    "upgrade": "next_category",
    "breakfast": True,
}


def test_each_benefit_reads_in_one_order():
    assert refusal(ALL) == refusal({}) == ""
    assert in_words(ALL) == [
        "check-out until 16:00",
        "check-in from 10:00",
        "upgrade to the next category when there is one",
        "breakfast included",
        "in the room: fruit, water",
    ]
    assert in_words({"sauna": True}) == []


@pytest.mark.parametrize(
    ("benefits", "why"),
    [
        (["breakfast"], "Benefits are named: late_check_out"),
        ({"sauna": True}, "sauna is no benefit that the house knows; there are late_check_out"),
        ({"late_check_out": "16"}, "late_check_out may be an hour from 10:00 to 20:00."),
        ({"early_check_in": 10}, "early_check_in may be an hour from 10:00 to 20:00."),
        ({"late_check_out": ["16:00"]}, "late_check_out may be an hour from 10:00 to 20:00."),
        ({"upgrade": "suite"}, "upgrade may be next_category or best_available."),
        ({"breakfast": False}, "breakfast may be true."),
        ({"bonus_percent": 25}, "bonus_percent is no benefit that the house knows"),
        ({"breakfast": 1}, "breakfast may be true."),
        ({"amenities": []}, "amenities may be a list of 1 to 10 short texts."),
        ({"amenities": ["x"] * 11}, "amenities may be a list of 1 to 10 short texts."),
        ({"amenities": ["x" * 61]}, "amenities may be a list of 1 to 10 short texts."),
        ({"amenities": [" "]}, "amenities may be a list of 1 to 10 short texts."),
        ({"amenities": "fruit"}, "amenities may be a list of 1 to 10 short texts."),
    ],
)
def test_what_nobody_could_honour_is_refused(benefits, why):
    assert refusal(benefits).startswith(why)


def test_what_somebody_has_to_do_is_a_task_of_a_department():
    assert [(task.department, task.words) for task in tasks(ALL)] == [
        ("housekeeping", "check-in from 10:00"),
        ("front desk", "upgrade to the next category when there is one"),
        ("restaurant", "breakfast included"),
        ("housekeeping", "in the room: fruit, water"),
    ]
    assert tasks({"late_check_out": "16:00"}) == []


def test_a_later_check_out_is_an_hour():
    assert (late_check_out(ALL), late_check_out({})) == (time(16), None)
