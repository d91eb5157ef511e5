"""The time a stay occupies a room, on the clock of the property.

Source: docs/algorithms/availability.md; features reference §2.3 (day use and nightly stays on the same rooms).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate


@dataclass(frozen=True)
class ClockSpan:
    """Local wall-clock start and end of an occupancy, half-open; the caller turns them into instants."""

    start_day: date
    start_at: time
    end_day: date
    end_at: time


@dataclass(frozen=True)
class HouseTimes:
    """The property's check-in and check-out times, and the minutes a room needs between two day guests."""

    check_in: time
    check_out: time
    turn_minutes: int = 0


def nightly_span(arrival: date, departure: date, times: HouseTimes, *, eta: time | None = None) -> ClockSpan:
    """The span of an overnight stay.

    Args:
        arrival: first night.
        departure: the day the room is left; after ``arrival``.
        times: of the property.
        eta: a promised later arrival lets a day guest have the room before; an earlier one is not promised.

    Returns:
        From check-in (or the later ETA) on the arrival day to check-out on the departure day.

    Raises:
        ValueError: the departure is not after the arrival.
    """
    if departure <= arrival:
        raise ValueError("an overnight stay ends on a later day")
    start = max(times.check_in, eta) if eta else times.check_in
    return ClockSpan(arrival, start, departure, times.check_out)


def day_use_span(day: date, start_at: time, end_at: time, times: HouseTimes) -> ClockSpan:
    """The span of a day-use stay, with the turn time the next guest's room needs.

    Raises:
        ValueError: it does not end after it starts.
    """
    if end_at <= start_at:
        raise ValueError("day use ends later on the same day")
    total = end_at.hour * 60 + end_at.minute + times.turn_minutes
    end_day = day + timedelta(days=total // (24 * 60))
    return ClockSpan(day, start_at, end_day, time(total // 60 % 24, total % 60))


def most_at_once(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """How many of these half-open spans overlap at the worst moment: the rooms they need together."""
    edges = sorted(edge for start, end in spans for edge in ((start, 1), (end, -1)))
    return max(accumulate(step for _, step in edges), default=0)


def uncovered(arrival: date, departure: date, parts: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The parts of a stay that have no room, in date order.

    Args:
        arrival: first night.
        departure: the day it is left; equal to the arrival for day use, which has a room or has none.
        parts: half-open parts with a room, in date order, within the stay.
    """
    if arrival == departure:
        return [] if parts else [(arrival, departure)]
    gaps, day = [], arrival
    for first, last in parts:
        if first > day:
            gaps.append((day, first))
        day = max(day, last)
    if day < departure:
        gaps.append((day, departure))
    return gaps
