"""What happened to each recorded booking on which day, in the words of the house's commands; pure.

The file says how often a booking was changed, not what: each change here moves the last night in or out (of a
stay of one night or of day use: an adult), so that the last one leaves the stay as recorded and none ever takes
more than was recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hotel.reservations.domain.imported import ImportedStay

# In this order within a day: what comes in before what is given back.
MADE, CONFIRMED, CHANGED, CANCELLED, MISSED = range(5)


@dataclass(frozen=True, slots=True)
class Event:
    """One command on one stay; ``left`` is how many changes are still to come after it."""

    kind: int
    stay: ImportedStay
    left: int = 0


def booked_on(stay: ImportedStay) -> date:
    """The day a stay was booked; a replay needs to know it.

    Raises:
        ValueError: the file does not tell it.
    """
    if stay.booked_on is None:
        raise ValueError(f"line {stay.line}: the day of booking is missing")
    return stay.booked_on


def promised_on(stay: ImportedStay) -> date:
    """The day a stay left the waiting list; the day it was booked when it was never on it."""
    return booked_on(stay) + timedelta(days=stay.waitlist_days)


def ended_on(stay: ImportedStay) -> date:
    """The last day a stay can be changed on: it is cancelled, or arrives."""
    return min(stay.ended_on or stay.arrival, stay.arrival) if stay.status == "cancelled" else stay.arrival


def events_by_day(stays: Iterable[ImportedStay]) -> dict[date, list[Event]]:
    """All events by day, in the order they are played: by kind, then by line of the file."""
    found: dict[date, list[Event]] = defaultdict(list)
    for stay in stays:
        found[booked_on(stay)].append(Event(MADE, stay, stay.changes))
        if stay.waitlist_days:
            found[promised_on(stay)].append(Event(CONFIRMED, stay))
        for number, day in enumerate(change_days(stay), 1):
            found[day].append(Event(CHANGED, stay, stay.changes - number))
        if stay.status == "cancelled":
            found[ended_on(stay)].append(Event(CANCELLED, stay))
        if stay.status == "no_show":
            found[stay.arrival].append(Event(MISSED, stay))
    return {
        day: sorted(events, key=lambda e: (e.kind, e.stay.line, -e.left)) for day, events in found.items()
    }


def change_days(stay: ImportedStay) -> list[date]:
    """The days of its changes, spread evenly from the promise to the end."""
    first, span = promised_on(stay), (ended_on(stay) - promised_on(stay)).days
    return [
        first + timedelta(days=span * number // (stay.changes + 1)) for number in range(1, stay.changes + 1)
    ]


def is_short(stay: ImportedStay) -> bool:
    """Too short to lose a night: its changes concern the party."""
    return len(stay.nights) == 1


def is_varied(left: int) -> bool:
    """Whether the stay differs from the record while so many changes are still to come."""
    return left % 2 == 1


def rooms_needed(stays: Iterable[ImportedStay]) -> dict[tuple[str, bool], int]:
    """The most rooms of each type on the books of one night at one time: what lets every recorded stay fit.

    A stay is on the books from the day it is promised to the end of the day it is given back.

    Returns:
        (type code, is day use) to rooms.
    """
    steps: dict[tuple[str, bool, date], dict[tuple[date, int], int]] = defaultdict(lambda: defaultdict(int))
    for stay in stays:
        given_back = stay.status in ("cancelled", "no_show")
        for night in stay.nights:
            changes = steps[stay.room_type, stay.is_day_use, night]
            changes[promised_on(stay), 0] += 1
            if given_back:
                changes[ended_on(stay), 1] -= 1
    found: dict[tuple[str, bool], int] = defaultdict(int)
    for (room_type, is_day_use, _), changes in steps.items():
        found[room_type, is_day_use] = max(found[room_type, is_day_use], _peak(changes))
    return dict(found)


def _peak(changes: Mapping[tuple[date, int], int]) -> int:
    level = most = 0
    for _, step in sorted(changes.items()):
        level += step
        most = max(most, level)
    return most
