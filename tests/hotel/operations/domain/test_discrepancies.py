"""How what was found differs from what the front office has."""

import pytest

from hotel.operations.domain.discrepancies import Occupied, discrepancy_kind


@pytest.mark.parametrize(
    ("found", "office", "kind"),
    [
        (Occupied(False), Occupied(True, 2), "skip"),
        (Occupied(True, 1), Occupied(False, 0), "sleep"),
        (Occupied(True), Occupied(False, 0), "sleep"),
        (Occupied(True, 3), Occupied(True, 2), "person"),
        (Occupied(True, 0), Occupied(True, 2), "person"),
        (Occupied(True, 2), Occupied(True, 2), ""),
        (Occupied(True), Occupied(True, 2), ""),
        (Occupied(False), Occupied(False, 0), ""),
        (Occupied(False, 0), Occupied(False, 0), ""),
    ],
)
def test_skip_sleep_person(found, office, kind):
    assert discrepancy_kind(found, office) == kind
