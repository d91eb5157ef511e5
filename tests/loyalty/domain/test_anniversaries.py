"""Once a year, whatever the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.anniversaries import celebrated_between, first_days_of, in_year, next_after, years_of

LEAP = date(2000, 2, 29)


@pytest.mark.parametrize(
    ("day", "after", "until", "expected"),
    [
        (LEAP, date(2027, 2, 27), date(2027, 2, 28), date(2027, 2, 28)),
        (LEAP, date(2027, 2, 28), date(2027, 3, 1), None),
        (LEAP, date(2028, 2, 27), date(2028, 2, 28), None),
        (LEAP, date(2028, 2, 28), date(2028, 2, 29), date(2028, 2, 29)),
        (date(1990, 1, 1), date(2026, 12, 30), date(2027, 1, 2), date(2027, 1, 1)),
        (date(1990, 12, 31), date(2026, 12, 30), date(2027, 1, 2), date(2026, 12, 31)),
        (date(2027, 5, 4), date(2027, 5, 3), date(2027, 5, 4), None),
        (date(1990, 5, 4), date(2024, 1, 1), date(2027, 6, 1), date(2027, 5, 4)),
    ],
    ids=[
        "29 February in a common year", "not again on 1 March", "a leap year waits", "a leap year",
        "over the year's end", "the last day of a year", "the day itself is no anniversary", "a long gap gives one",
    ],
)  # fmt: skip
def test_an_anniversary_within_a_span(day, after, until, expected):
    assert celebrated_between(day, after, until) == expected


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.dates(date(2021, 1, 1), date(2060, 1, 1)))
def test_looking_each_day_finds_each_year_once(day, begin):
    found = [celebrated_between(day, begin + timedelta(n - 1), begin + timedelta(n)) for n in range(1, 1462)]
    assert [one.year for one in found if one] == sorted({one.year for one in found if one})
    assert 4 <= sum(one is not None for one in found) <= 5


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.dates(date(2021, 1, 1), date(2060, 1, 1)))
def test_the_next_one_is_later_by_a_year_at_most(day, on):
    later = next_after(day, on)
    assert on < later <= on + timedelta(366)
    assert later == in_year(day, later.year)
    assert years_of(day, later) == years_of(day, on) + 1 == later.year - day.year


def test_the_first_days_that_are_celebrated_on_a_day():
    found = first_days_of(date(2027, 3, 14))
    assert (found[0], found[-1], len(found)) == (date(2026, 3, 14), date(1902, 3, 14), 125)
    assert first_days_of(date(2028, 2, 29))[:2] == [date(2024, 2, 29), date(2020, 2, 29)]
    assert first_days_of(date(2027, 2, 28))[:4] == [
        date(2026, 2, 28), date(2025, 2, 28), date(2024, 2, 28), date(2024, 2, 29),
    ]  # fmt: skip
    assert date(2024, 2, 29) not in first_days_of(date(2028, 2, 28))
