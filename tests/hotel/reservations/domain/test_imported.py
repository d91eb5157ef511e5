from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.reservations.domain.imported import ImportedStay, RowError, nightly_amounts, stay_errors

TODAY = date(2027, 3, 14)
STAY = ImportedStay(
    line=5,
    status="confirmed",
    arrival=date(2027, 3, 14),
    departure=date(2027, 3, 17),
    booked_on=date(2027, 3, 1),
    room_type="DBL",
    adults=2,
    rate_per_night=Decimal("80.50"),
)


def changed(**over):
    return replace(STAY, **over)


@pytest.mark.parametrize(
    ("case", "stay", "wrong"),
    [
        ("fine", STAY, None),
        ("in house since yesterday", changed(arrival=date(2027, 3, 13)), None),
        ("nobody knows when", changed(booked_on=None), None),
        ("booked tomorrow", changed(booked_on=date(2027, 3, 15)), ("booked_on", "2027-03-15 is after the business date 2027-03-14")),
        ("over, yet confirmed", changed(arrival=date(2027, 3, 1), departure=date(2027, 3, 3)), ("status", "the stay was over on 2027-03-03: expected checked_out, cancelled or no_show")),
        ("option of the past", changed(status="option", arrival=date(2027, 3, 13)), ("status", "the arrival 2027-03-13 is past: expected checked_out, cancelled or no_show")),
        ("waiting for the past", changed(status="waitlisted", arrival=date(2027, 3, 13)), ("status", "the arrival 2027-03-13 is past: expected checked_out, cancelled or no_show")),
        ("left in the future", changed(status="checked_out"), ("status", "the stay lasts until 2027-03-17: expected confirmed or in_house")),
        ("in house before it came", changed(status="in_house", arrival=date(2027, 3, 15)), ("status", "2027-03-15 to 2027-03-17 does not include the business date 2027-03-14")),
        ("in house after it left", changed(status="in_house", arrival=date(2027, 3, 10), departure=date(2027, 3, 13)), ("status", "2027-03-10 to 2027-03-13 does not include the business date 2027-03-14")),
        ("missed in the future", changed(status="no_show", arrival=date(2027, 3, 15)), ("status", "the arrival 2027-03-15 has not come: expected confirmed or cancelled")),
        ("missed today", changed(status="no_show"), None),
        ("cancelled tomorrow", changed(status="cancelled", ended_on=date(2027, 3, 15)), ("ended_on", "2027-03-15 is after the business date 2027-03-14")),
        ("a long market", changed(texts={"market": "x" * 41}), ("market", "expected at most 40 characters")),
        ("a long number", changed(external_id="x" * 121), ("external_id", "expected at most 120 characters")),
    ],
)  # fmt: skip
def test_what_cannot_be_true_today_is_told(case, stay, wrong):
    assert stay_errors(stay, TODAY) == ([RowError(5, *wrong)] if wrong else [])


def test_a_rate_counts_for_each_night_and_day_use_has_one_price():
    assert nightly_amounts(STAY, "EUR") == [Money("80.50", "EUR")] * 3
    assert nightly_amounts(changed(departure=STAY.arrival), "EUR") == [Money("80.50", "EUR")]
    assert nightly_amounts(changed(rate_per_night=Decimal("-6.38")), "EUR") == [Money("-6.38", "EUR")] * 3


def test_a_total_counts_before_a_rate_and_is_spread_to_the_cent():
    parts = nightly_amounts(changed(total=Decimal(100)), "EUR")

    assert parts == [Money("33.34", "EUR"), Money("33.33", "EUR"), Money("33.33", "EUR")]


@given(cents=st.integers(-1_000_000, 1_000_000), nights=st.integers(1, 60))
def test_the_nights_always_sum_to_the_total(cents, nights):
    departure = date.fromordinal(STAY.arrival.toordinal() + nights)
    parts = nightly_amounts(changed(departure=departure, total=Decimal(cents) / 100), "EUR")

    assert len(parts) == nights
    assert sum(part.amount for part in parts) == Decimal(cents) / 100


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("80.505", "EUR", "80.505 is finer than EUR has: expected a multiple of 0.01"),
        ("80.5", "JPY", "80.5 is finer than JPY has: expected a multiple of 1"),
        ("1e11", "EUR", "1E+11 makes more than 100000000000 in all"),
    ],
)
def test_an_impossible_amount_is_refused(amount, currency, text):
    with pytest.raises(ValueError) as refused:
        nightly_amounts(changed(rate_per_night=Decimal(amount)), currency)

    assert str(refused.value) == text
