from datetime import date, datetime, time

import pytest

from hotel.reservations.domain.occupancy import (
    ClockSpan,
    HouseTimes,
    day_use_span,
    most_at_once,
    nightly_span,
    uncovered,
)

TIMES = HouseTimes(check_in=time(15), check_out=time(11), turn_minutes=60)
DAY, NEXT = date(2027, 3, 14), date(2027, 3, 15)


def test_a_night_runs_from_check_in_to_check_out():
    assert nightly_span(DAY, NEXT, TIMES) == ClockSpan(DAY, time(15), NEXT, time(11))


@pytest.mark.parametrize(
    ("case", "eta", "start"),
    [
        ("late arrival frees the afternoon", time(18), time(18)),
        ("early arrival is no promise", time(9), time(15)),
    ],
)
def test_the_eta_counts_only_when_later(case, eta, start):
    assert nightly_span(DAY, NEXT, TIMES, eta=eta).start_at == start


def test_day_use_holds_the_room_for_the_turn_too():
    assert day_use_span(DAY, time(10), time(16), TIMES) == ClockSpan(DAY, time(10), DAY, time(17))


def test_the_turn_may_run_past_midnight():
    assert day_use_span(DAY, time(20), time(23, 30), TIMES) == ClockSpan(DAY, time(20), NEXT, time(0, 30))


def test_spans_must_run_forward():
    with pytest.raises(ValueError, match="later day"):
        nightly_span(DAY, DAY, TIMES)
    with pytest.raises(ValueError, match="same day"):
        day_use_span(DAY, time(16), time(16), TIMES)


@pytest.mark.parametrize(
    ("spans", "rooms"),
    [([], 0), ([(8, 9)], 1), ([(8, 10), (10, 12)], 1), ([(8, 11), (10, 12), (9, 10)], 2), ([(8, 12)] * 3, 3)],
)
def test_stays_one_after_the_other_need_one_room(spans, rooms):
    at = [(datetime(2027, 3, 14, start), datetime(2027, 3, 14, end)) for start, end in spans]
    assert most_at_once(at) == rooms


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ([], [(14, 19)]),
        ([(14, 19)], []),
        ([(14, 16)], [(16, 19)]),
        ([(15, 16), (17, 19)], [(14, 15), (16, 17)]),
        ([(14, 16), (16, 17)], [(17, 19)]),
    ],
)
def test_nights_without_a_room(parts, left):
    def days(spans):
        return [(date(2027, 3, first), date(2027, 3, last)) for first, last in spans]

    assert uncovered(date(2027, 3, 14), date(2027, 3, 19), days(parts)) == days(left)


def test_day_use_has_a_room_or_none():
    assert uncovered(DAY, DAY, []) == [(DAY, DAY)]
    assert uncovered(DAY, DAY, [(DAY, DAY)]) == []
