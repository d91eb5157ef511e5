from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hotel.reservations.domain.imported import ImportedStay
from hotel.stays.replay.schedule import (
    CANCELLED,
    CHANGED,
    CONFIRMED,
    MADE,
    MISSED,
    change_days,
    events_by_day,
    is_short,
    rooms_needed,
)

STAY = ImportedStay(
    line=2,
    status="checked_out",
    arrival=date(2027, 3, 11),
    departure=date(2027, 3, 13),
    booked_on=date(2027, 3, 1),
    room_type="A",
    adults=2,
    rate_per_night=Decimal(80),
)


def played(stay):
    return [(day.day, event.kind, event.left) for day, events in sorted(events_by_day([stay]).items()) for event in events]  # fmt: skip


def test_a_stay_is_booked_on_its_day():
    assert played(STAY) == [(1, MADE, 0)]


def test_it_waits_is_changed_and_cancelled_in_this_order():
    stay = replace(STAY, waitlist_days=4, changes=2, status="cancelled", ended_on=date(2027, 3, 11))

    assert change_days(stay) == [date(2027, 3, 7), date(2027, 3, 9)]
    assert played(stay) == [
        (1, MADE, 2),
        (5, CONFIRMED, 0),
        (7, CHANGED, 1),
        (9, CHANGED, 0),
        (11, CANCELLED, 0),
    ]


def test_everything_may_happen_on_one_day():
    day = date(2027, 3, 11)
    stay = replace(STAY, booked_on=day, changes=2, status="cancelled", ended_on=day)

    assert played(stay) == [(11, MADE, 2), (11, CHANGED, 1), (11, CHANGED, 0), (11, CANCELLED, 0)]


def test_a_no_show_is_released_on_its_arrival():
    assert played(replace(STAY, status="no_show")) == [(1, MADE, 0), (11, MISSED, 0)]


def test_a_night_and_day_use_are_too_short_to_lose_one():
    lengths = [replace(STAY, departure=STAY.arrival + timedelta(days=n)) for n in range(3)]

    assert [is_short(stay) for stay in lengths] == [True, True, False]


def test_the_rooms_are_the_most_on_the_books_of_a_night_at_one_time():
    gone = replace(STAY, status="cancelled", ended_on=date(2027, 3, 5))
    stays = [
        STAY,
        gone,
        replace(STAY, booked_on=date(2027, 3, 5)),  # made on the day the other is given back: both count
        replace(STAY, booked_on=date(2027, 3, 6)),  # the day after: takes its room
        replace(STAY, arrival=date(2027, 3, 13), departure=date(2027, 3, 14)),
        replace(STAY, departure=STAY.arrival),
        replace(STAY, room_type="B", waitlist_days=5),
    ]

    assert rooms_needed(stays) == {("A", False): 3, ("A", True): 1, ("B", False): 1}
