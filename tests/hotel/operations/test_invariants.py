"""The invariants of operations; each is broken on purpose in tests/architecture/test_invariants.py."""

from hotel.core.invariants import invariants_verify
from tests.factories.operations import task_change_make


def test_a_task_that_was_begun_breaks_none(cast):
    task_change_make(cast.alpha)
    assert [finding.invariant.name for finding in invariants_verify() if finding.violations] == []
