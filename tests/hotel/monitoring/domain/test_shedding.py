"""What is refused first, and when."""

import pytest

from hotel.monitoring.domain.shedding import NEVER, Pressure, next_level, shed_level


@pytest.mark.parametrize(
    ("area", "method", "is_list", "level"),
    [
        ("reports", "POST", False, 1),
        ("analytics", "GET", True, 2),
        ("rooms", "GET", True, 3),
        ("rooms", "GET", False, NEVER),
        ("reservations", "POST", False, NEVER),
        ("folios", "POST", False, NEVER),
        ("stays", "POST", False, NEVER),
        ("accounts", "POST", False, NEVER),
    ],
)
def test_reports_go_first_then_analytics_then_lists_and_never_a_booking(area, method, is_list, level):
    assert shed_level(area, method, is_list=is_list) == level


def test_the_worse_of_lag_and_queue_is_the_load():
    assert Pressure(0.1, 4, lag_limit=0.2, flight_limit=40).load == 0.5
    assert Pressure(0.1, 80, lag_limit=0.2, flight_limit=40).load == 2.0


def test_the_level_rises_at_once_and_falls_by_steps_when_it_is_calm():
    seen, level = [], 0
    for load in (0.5, 1.0, 5.0, 3.9, 2.9, 2.7, 1.5, 1.3, 0.8, 0.6, 0.1):
        level = next_level(level, load)
        seen.append(level)
    assert seen == [0, 1, 3, 3, 3, 2, 2, 1, 1, 0, 0]
