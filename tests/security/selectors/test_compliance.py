"""How two outcomes of one requirement compare."""

import pytest

from security.selectors.compliance import change_of, changes_of


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("", "failed", "new"),
        ("failed", "failed", "same"),
        ("failed", "needs_evidence", "better"),
        ("needs_evidence", "checked", "better"),
        ("checked", "needs_evidence", "worse"),
        ("checked", "failed", "worse"),
        ("not_applicable", "failed", "other"),
        ("checked", "not_applicable", "other"),
    ],
)
def test_each_pair(before, after, change):
    assert change_of(before, after) == change
    assert changes_of([(before, after)]) == {change: 1}
