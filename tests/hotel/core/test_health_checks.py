"""Bounds belong to the worse state."""

import pytest

from hotel.core.health_checks import graded


@pytest.mark.parametrize(
    ("value", "state"), [(0, "ok"), (59, "ok"), (60, "degraded"), (599, "degraded"), (600, "failed")]
)
def test_a_value_is_graded_by_its_bounds(value, state):
    assert graded(value, degraded_from=60, failed_from=600) == state
