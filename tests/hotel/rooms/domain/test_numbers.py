"""Room numbers by pattern: what is read, what is refused, and that nothing is named twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rooms.domain.numbers import MOST_ROOMS, NumbersInvalid, level_of, numbers_of


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        ("101", ("101",)),
        ("101-103, 201", ("101", "102", "103", "201")),
        ("101 – 102;\n301", ("101", "102", "301")),
        ("001-003", ("001", "002", "003")),
        ("8-11", ("8", "9", "10", "11")),
        ("C1-C3", ("C1", "C2", "C3")),
        ("C1-3,", ("C1", "C2", "C3")),
        ("99-101", ("99", "100", "101")),
    ],
)
def test_a_pattern_names_rooms_in_its_order(pattern, numbers):
    assert numbers_of(pattern) == numbers


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", "Name the rooms"),
        (" , ;", "Name the rooms"),
        ("101, 101", "Named twice: 101."),
        ("101-105, 103-107", "Named twice: 103, 104, 105."),
        ("105-101", "runs backwards"),
        ("A1-B3", "same letters"),
        ("suite", "is no number"),
        ("101-102-103", "is no number"),
        ("1-999999", f"more than {MOST_ROOMS} rooms"),
        ("1-300, 1001-1300", f"more than {MOST_ROOMS} rooms"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(pattern, words):
    with pytest.raises(NumbersInvalid, match=words.replace("(", r"\(")):
        numbers_of(pattern)


@pytest.mark.parametrize(
    ("number", "level"), [("101", 1), ("1205", 12), ("12", 0), ("7", 0), ("C21", 0), ("C214", 2), ("001", 0)]
)
def test_a_number_tells_its_floor(number, level):
    assert level_of(number) == level


@given(first=st.integers(1, 900), count=st.integers(1, 60), letters=st.sampled_from(["", "A", "PM"]))
def test_a_range_names_each_room_between_its_ends_once(first, count, letters):
    found = numbers_of(f"{letters}{first}-{first + count - 1}")
    assert found == tuple(f"{letters}{n}" for n in range(first, first + count))
