"""When points end, at the ends of months and years."""

from datetime import date

import pytest

from loyalty.domain.expiry import ExpiryRule, last_day

EARNED = date(2027, 8, 31)


@pytest.mark.parametrize(
    ("rule", "active_on", "expected"),
    [
        (ExpiryRule(), None, None),
        (ExpiryRule("term", 6), None, date(2028, 2, 29)),
        (ExpiryRule("term", 18), None, date(2029, 2, 28)),
        (ExpiryRule("term", 24, "month"), None, date(2029, 8, 31)),
        (ExpiryRule("term", 6, "month"), None, date(2028, 2, 29)),
        (ExpiryRule("term", 24, "year"), None, date(2029, 12, 31)),
        (ExpiryRule("term", 24), date(2028, 5, 1), date(2029, 8, 31)),
        (ExpiryRule("activity", 12), None, date(2028, 8, 31)),
        (ExpiryRule("activity", 12), date(2028, 5, 1), date(2029, 5, 1)),
        (ExpiryRule("activity", 12), date(2026, 5, 1), date(2028, 8, 31)),
    ],
    ids=[
        "never", "leap February", "February", "end of month", "end of a short month", "end of year",
        "a term asks for no activity", "an earning is an activity", "kept alive", "an older activity",
    ],
)  # fmt: skip
def test_the_last_day(rule, active_on, expected):
    assert last_day(rule, earned_on=EARNED, active_on=active_on) == expected
