"""Numbers of documents, as printed and as typed."""

import pytest

from hotel.guests.domain.documents import normal_number, number_searched


def test_a_number_is_capitals_and_digits():
    assert normal_number(" p 123-456/x") == "P123456X"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("p 123-4567", "P1234567"),
        ("1234567890", "1234567890"),
        ("P1234", "P1234"),
        ("P123", ""),
        ("ABCDEFGH", ""),
        ("anna@example.com", ""),
        ("+43 664 12345", ""),
        ("A1" * 11, ""),
        ("", ""),
    ],
    ids=[
        "written apart",
        "digits",
        "shortest",
        "too short",
        "a word",
        "an address",
        "telephone",
        "too long",
        "nothing",
    ],
)
def test_a_search_may_be_for_a_number(typed, number):
    assert number_searched(typed) == number
