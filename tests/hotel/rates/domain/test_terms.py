"""Plain terms: nights, weekdays, validity."""

from datetime import date

import pytest

from hotel.rates.domain.terms import nights_between, weekday_bit
from tests.factories.rate_terms import MONDAY, price, rule, tax


def test_weekdays_are_bits_from_monday():
    assert [weekday_bit(date(2027, 3, day)) for day in range(1, 8)] == [1, 2, 4, 8, 16, 32, 64]


def test_nights_do_not_contain_the_departure_and_cross_the_year():
    nights = nights_between(date(2027, 12, 30), date(2028, 1, 2))
    assert list(nights) == [date(2027, 12, 30), date(2027, 12, 31), date(2028, 1, 1)]
    assert list(nights_between(MONDAY, MONDAY)) == []


@pytest.mark.parametrize(
    "make", [lambda **over: price(1, level=2, **over), lambda **over: rule("closed", **over)]
)
def test_rows_cover_their_weekdays_from_start_to_before_the_end(make):
    row = make(start=date(2027, 2, 27), end=date(2027, 3, 7), weekdays=96)
    covered = [day for day in range(1, 15) if row.covers(date(2027, 3, day))]
    assert covered == [6]
    assert [row.covers(date(2027, 2, day)) for day in (26, 27, 28)] == [False, True, True]


def test_a_tax_version_counts_from_its_first_night_to_before_its_end():
    version = tax(valid_from=date(2027, 3, 1), valid_until=date(2027, 3, 3))
    assert [version.counts_on(date(2027, 3, day)) for day in (1, 2, 3)] == [True, True, False]
    assert not version.counts_on(date(2027, 2, 28))
    assert tax(valid_from=date(2027, 3, 1)).counts_on(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("over", "wanted"),
    [
        ({}, False),
        ({"min_age": 18}, True),
        ({"max_age": 17}, True),
        ({"max_nights": 7}, True),
        ({"method": "per_person_night", "amount": 1}, True),
        ({"method": "per_person_stay", "amount": 1}, True),
        ({"method": "per_room_night", "amount": 1}, False),
    ],
)
def test_a_tax_is_personal_when_it_asks_who_the_guest_is(over, wanted):
    assert tax(**over).is_personal is wanted
