"""The invariants of loyalty; each is broken on purpose in tests/architecture/test_invariants.py."""

from hotel.core.invariants import invariants_verify
from tests.factories.loyalty import points_make


def test_a_member_with_points_breaks_none(member):
    points_make(member)
    broken = [finding.invariant.name for finding in invariants_verify() if finding.violations]
    assert broken == []
