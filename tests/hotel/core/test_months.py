"""Months of unequal length, forwards and back."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hotel.core.months import month_end, months_later

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_months_are_counted_back_as_well():
    assert months_later(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert months_later(date(2027, 1, 15), -36) == date(2024, 1, 15)


@given(days, st.integers(-60, 60))
def test_a_month_later_is_never_two_months_later(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_month_ends_with_its_last_day():
    ends = [month_end(date(2028, 2, 1)), month_end(date(2027, 2, 28)), month_end(date(2027, 12, 31))]
    assert ends == [date(2028, 2, 29), date(2027, 2, 28), date(2027, 12, 31)]
