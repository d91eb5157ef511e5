"""The house from its parts."""

import pytest

from hotel.monitoring.domain.health import overall, working_per_mille


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([], "ok"),
        ([("ok", True), ("off", False)], "ok"),
        ([("ok", True), ("failed", False)], "degraded"),
        ([("degraded", True)], "degraded"),
        ([("failed", True), ("ok", False)], "failed"),
    ],
)
def test_a_vital_part_fails_the_house_others_make_it_worse(looks, state):
    assert overall(looks) == state


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ([], None),
        ([("ok", 3)], 1000),
        ([("ok", 1), ("degraded", 1), ("failed", 2)], 500),
        ([("ok", 9999), ("failed", 1)], 999),
        ([("failed", 5)], 0),
    ],
)
def test_all_is_said_only_when_no_look_found_a_failure(counts, share):
    assert working_per_mille(counts) == share
