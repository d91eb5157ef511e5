"""Carving nights out of ranges with weekdays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rates.domain.ranges import Span, carve, has_night


def nights(span: Span) -> list[date]:
    """Every night of the span."""
    days = (span.start + timedelta(n) for n in range((span.end - span.start).days))
    return [day for day in days if span.weekdays & 1 << day.weekday()]


FIRST, LAST = date(2027, 3, 1), date(2027, 3, 29)


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        (Span(date(2027, 4, 1), date(2027, 5, 1)), [Span(FIRST, LAST)]),
        (Span(FIRST, LAST), []),
        (Span(date(2027, 2, 1), date(2027, 5, 1)), []),
        (
            Span(date(2027, 3, 8), date(2027, 3, 15)),
            [Span(FIRST, date(2027, 3, 8)), Span(date(2027, 3, 15), LAST)],
        ),
        (Span(FIRST, LAST, 96), [Span(FIRST, LAST, 31)]),
        (
            Span(date(2027, 3, 8), date(2027, 3, 15), 96),
            [
                Span(FIRST, date(2027, 3, 8)),
                Span(date(2027, 3, 8), date(2027, 3, 15), 31),
                Span(date(2027, 3, 15), LAST),
            ],
        ),
    ],
    ids=["apart", "whole", "larger", "middle", "weekdays", "weekdays of the middle"],
)
def test_what_is_left_of_a_row(cut, left):
    assert carve(Span(FIRST, LAST), cut) == left


def test_rows_of_other_weekdays_do_not_touch():
    weekend = Span(FIRST, LAST, 96)
    assert carve(weekend, Span(FIRST, LAST, 31)) == [weekend]


def test_a_piece_without_a_night_is_absent():
    """Of Monday to Saturday only Saturday is left when the cut takes all before: the Sunday piece has no night."""
    row, cut = Span(date(2027, 3, 5), date(2027, 3, 8), 48), Span(date(2027, 3, 5), date(2027, 3, 7))
    assert carve(row, cut) == []


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (Span(FIRST, FIRST), False),
        (Span(LAST, FIRST), False),
        (Span(FIRST, date(2027, 3, 2), 1), True),
        (Span(FIRST, date(2027, 3, 2), 2), False),
        (Span(FIRST, date(2028, 3, 1), 64), True),
    ],
)
def test_whether_a_span_has_a_night(span, wanted):
    assert has_night(span) is wanted
    assert bool(nights(span)) is wanted


DAYS = st.integers(0, 25).map(lambda n: FIRST + timedelta(n))
SPANS = st.builds(
    lambda start, length, weekdays: Span(start, start + timedelta(length), weekdays),
    DAYS,
    st.integers(1, 20),
    st.integers(1, 127),
)


@given(row=SPANS, cut=SPANS)
def test_carving_keeps_every_other_night_once(row, cut):
    left = [night for piece in carve(row, cut) for night in nights(piece)]
    assert sorted(left) == sorted(set(nights(row)) - set(nights(cut)))
