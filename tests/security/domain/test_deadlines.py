"""One month ends with the month's last day when there is no such day."""

from datetime import date

import pytest

from security.domain.deadlines import due_on


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (date(2027, 1, 15), date(2027, 2, 15), date(2027, 4, 15)),
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 4, 30)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2027, 11, 30), date(2027, 12, 30), date(2028, 2, 29)),
        (date(2027, 12, 31), date(2028, 1, 31), date(2028, 3, 31)),
        (date(2027, 3, 28), date(2027, 4, 28), date(2027, 6, 28)),
    ],
)
def test_a_month_and_three(received, due, extended):
    assert due_on(received) == due
    assert due_on(received, is_extended=True) == extended
