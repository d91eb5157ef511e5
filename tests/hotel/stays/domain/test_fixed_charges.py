"""On which nights a fixed charge is due."""

from datetime import date, timedelta

import pytest

from hotel.stays.domain.fixed_charges import is_due

FIRST = date(2027, 3, 14)


@pytest.mark.parametrize(
    ("every", "until", "days"),
    [
        (1, None, {0, 1, 2, 3, 4, 5, 6, 7}),
        (3, None, {0, 3, 6}),
        (7, None, {0, 7}),
        (1, 2, {0, 1}),
        (2, 4, {0, 2}),
        (1, 0, set()),
    ],
)
def test_every_nth_night_from_the_first_until_the_end(every, until, days):
    end = None if until is None else FIRST + timedelta(days=until)
    due = {
        n
        for n in range(-3, 8)
        if is_due(FIRST + timedelta(days=n), first_night=FIRST, until=end, every_nights=every)
    }
    assert due == days
