"""Rounding by minor unit, exact allocation, sums of one currency."""

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import CurrencyDoesNotExist, Money

from hotel.core.money import CurrencyMismatch, allocate, exponent, in_words, quantum, rounded, total, zero


@pytest.mark.parametrize(
    ("currency", "places"),
    [
        ("EUR", 2),
        ("JPY", 0),
        ("KWD", 3),
        ("ISK", 0),
        ("HUF", 2),
        ("RSD", 2),
        ("IQD", 3),
        ("CLP", 0),
        ("TWD", 2),
        ("LAK", 2),
    ],
)
def test_the_minor_unit_is_that_of_iso_4217(currency, places):
    assert exponent(currency) == places
    assert quantum(currency) == Decimal(1).scaleb(-places)


def test_an_unknown_currency_has_no_minor_unit():
    with pytest.raises(CurrencyDoesNotExist):
        exponent("ZZZ")


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("10.005", "EUR", "10.01"),
        ("-10.005", "EUR", "-10.01"),
        ("10.004999", "EUR", "10.00"),
        ("99.5", "JPY", "100"),
        ("99.4", "JPY", "99"),
        ("1.0005", "KWD", "1.001"),
        ("1234.5", "ISK", "1235"),
    ],
)
def test_rounding_is_half_away_from_zero_on_the_minor_unit(amount, currency, expected):
    result = rounded(Money(amount, currency))
    assert str(result.amount) == expected
    assert result.currency.code == currency


def test_another_rounding_can_be_named():
    assert rounded(Money("10.009", "EUR"), rounding=ROUND_DOWN) == Money("10.00", "EUR")


def test_totals_are_of_one_currency():
    assert total([Money("1.10", "EUR"), Money("2.20", "EUR")], "EUR") == Money("3.30", "EUR")
    assert total([], "JPY") == zero("JPY") == Money(0, "JPY")
    with pytest.raises(CurrencyMismatch):
        total([Money(1, "EUR"), Money(1, "JPY")], "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "weights", "expected"),
    [
        ("100.00", "EUR", [1, 1, 1], ["33.34", "33.33", "33.33"]),
        ("-100.00", "EUR", [1, 1, 1], ["-33.34", "-33.33", "-33.33"]),
        ("100", "JPY", [1, 1, 1], ["34", "33", "33"]),
        ("10.00", "EUR", [0, 1, 0], ["0.00", "10.00", "0.00"]),
        ("0.01", "EUR", [1, 1], ["0.01", "0.00"]),
        ("1.000", "KWD", [2, 1], ["0.667", "0.333"]),
        ("0.05", "EUR", [Decimal("0.5"), Decimal("0.3"), Decimal("0.2")], ["0.03", "0.01", "0.01"]),
    ],
)
def test_the_largest_remainders_get_the_odd_units(amount, currency, weights, expected):
    assert [str(part.amount) for part in allocate(Money(amount, currency), weights)] == expected


amounts = st.integers(min_value=-(10**12), max_value=10**12)
weights = st.lists(
    st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False), min_size=1, max_size=30
).filter(lambda found: sum(found) > 0)


@given(amounts, weights, st.sampled_from(["EUR", "JPY", "KWD", "ISK"]))
def test_the_parts_sum_to_the_whole_and_stray_less_than_one_unit(units, shares, currency):
    whole = Money(units * quantum(currency), currency)
    parts = allocate(whole, shares)
    assert len(parts) == len(shares)
    assert total(parts, currency) == whole
    mass = sum(shares)
    for part, share in zip(parts, shares, strict=True):
        assert rounded(part) == part
        assert abs(part.amount - whole.amount * share / mass) <= quantum(currency)
        assert part.amount * units >= 0
        assert share > 0 or part.amount == 0


@pytest.mark.parametrize("bad", [[], [0, 0], [2, -1]])
def test_impossible_weights_are_refused(bad):
    with pytest.raises(ValueError, match="weights"):
        allocate(Money(1, "EUR"), bad)


def test_an_unrounded_amount_is_not_allocated():
    with pytest.raises(ValueError, match="round the amount"):
        allocate(Money("1.005", "EUR"), [1, 1])


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [("110.000", "EUR", "110.00 EUR"), ("110.000", "JPY", "110 JPY"), ("-1.5", "KWD", "-1.500 KWD")],
)
def test_sentences_name_an_amount_on_its_minor_unit(amount, currency, words):
    assert in_words(Money(amount, currency)) == words
