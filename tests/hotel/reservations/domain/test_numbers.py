"""Confirmation numbers catch what people get wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.reservations.domain import numbers

VALUES = st.integers(min_value=0, max_value=numbers.SPACE - 1)


def test_number_has_code_seven_random_symbols_and_a_check_symbol():
    assert numbers.confirmation_number("ALPHA", 0) == "ALPHA-00000000"
    assert numbers.confirmation_number("ALPHA", 1) == "ALPHA-1000000M"
    assert numbers.confirmation_number("ALPHA", numbers.SPACE - 1)[:13] == "ALPHA-ZZZZZZZ"


@pytest.mark.parametrize("value", [-1, numbers.SPACE])
def test_a_value_outside_the_space_is_refused(value):
    with pytest.raises(ValueError):
        numbers.confirmation_number("ALPHA", value)


@given(VALUES)
def test_every_number_is_valid(value):
    assert numbers.is_valid(numbers.confirmation_number("MY-HOTEL", value))


@given(VALUES, VALUES)
def test_different_values_give_different_numbers(one, other):
    assert (one == other) == (
        numbers.confirmation_number("A", one) == numbers.confirmation_number("A", other)
    )


@given(VALUES, st.integers(0, 7), st.sampled_from(numbers.ALPHABET))
def test_one_wrong_symbol_is_caught(value, position, symbol):
    right = numbers.confirmation_number("A", value).removeprefix("A-")
    wrong = right[:position] + symbol + right[position + 1 :]
    assert numbers.is_valid(f"A-{wrong}") == (wrong == right)


@given(VALUES, st.integers(0, 7), st.integers(0, 7))
def test_two_exchanged_symbols_are_caught(value, one, other):
    right = numbers.confirmation_number("A", value).removeprefix("A-")
    symbols = list(right)
    symbols[one], symbols[other] = symbols[other], symbols[one]
    wrong = "".join(symbols)
    assert numbers.is_valid(f"A-{wrong}") == (wrong == right)


@pytest.mark.parametrize("text", ["", "A-", "A-123", "A-1234567U", "A-123456789"])
def test_other_texts_are_not_valid(text):
    assert not numbers.is_valid(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alpha-oi234567", "ALPHA-01234567"),
        (" MY-HOTEL-L0000000-2 ", "MY-HOTEL-10000000-2"),
        ("0123 4567", "01234567"),
        ("ALPHA-0123456I-1-X3", "ALPHA-01234561-1-X3"),
        ("Müller", "MÜLLER"),
    ],
)
def test_numbers_are_understood_as_they_are_said(typed, meant):
    assert numbers.normalised(typed) == meant


def test_reservations_and_cancellations_extend_the_number():
    assert numbers.reservation_number("ALPHA-01234567", 2) == "ALPHA-01234567-2"
    assert numbers.cancellation_number("ALPHA-01234567-2", 3) == "ALPHA-01234567-2-X3"
