"""When several stays are one."""

from datetime import date
from types import SimpleNamespace

import pytest

from hotel.reservations.domain.combining import ALIKE, differences, joined


def day(number):
    return date(2027, 3, number)


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([(1, 3)], (1, 3)),
        ([(3, 4), (1, 3), (4, 9)], (1, 9)),
        ([(1, 3), (4, 5)], None),
        ([(1, 3), (2, 5)], None),
        ([(1, 3), (1, 3)], None),
        ([(1, 3), (3, 3)], None),
    ],
)
def test_spans_that_follow_one_another_are_one(spans, whole):
    found = joined([(day(first), day(last)) for first, last in spans])
    assert found == (whole and (day(whole[0]), day(whole[1])))


def test_what_differs_is_named_once_in_order():
    def stay(**over):
        return SimpleNamespace(**{**dict.fromkeys(ALIKE, 1), **over})

    assert differences([stay(), stay()]) == []
    assert differences([stay(), stay(policies={}, adults=2), stay(adults=3)]) == ["adults", "policies"]
