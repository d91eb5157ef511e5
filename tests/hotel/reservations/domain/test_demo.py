"""The demo's demand: the same for the same seed, never more than the rooms, and ended when it is over."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hotel.reservations.domain.demo import DEMANDS, Guest, Shelf, TypeRoom, World, bookings

TODAY = date(2027, 3, 14)
FIRST, LAST = TODAY - timedelta(days=120), TODAY + timedelta(days=60)
ROOMS = 9


def shelf(demand):
    nights = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 60)]
    free = {(code, night): ROOMS for code in demand.types for night in nights}
    free |= {("", night): ROOMS * len(demand.types) for night in nights}
    return Shelf(free=free, takes={code: {code: 1, "": 1} for code in demand.types})


def world(demand):
    return World(
        today=TODAY,
        rooms=dict.fromkeys(demand.types, TypeRoom(2, 2, 4)),
        guests=[Guest(f"F{n}", f"L{n}", f"g{n}@example.com", "", "AT") for n in range(200)],
        price=lambda type_code, plan, night, adults: Decimal(100 + adults),
        quantum=Decimal("0.01"),
    )


def sold(demand, seed="A"):
    return list(bookings(demand, world(demand), shelf(demand), first=FIRST, last=LAST, seed=seed))


@pytest.mark.parametrize("demand", DEMANDS.values(), ids=DEMANDS)
def test_the_same_seed_gives_the_same_bookings(demand):
    stays = sold(demand)
    assert stays == sold(demand)
    assert stays != sold(demand, seed="B")
    assert len({stay.external_id for stay in stays}) == len(stays)


@pytest.mark.parametrize("demand", DEMANDS.values(), ids=DEMANDS)
def test_no_night_is_sold_beyond_the_rooms(demand):
    taken = Counter(
        (stay.room_type, night)
        for stay in sold(demand)
        if stay.status not in ("cancelled", "no_show")
        for night in stay.nights
    )
    assert max(taken.values()) <= ROOMS


@pytest.mark.parametrize("demand", DEMANDS.values(), ids=DEMANDS)
def test_each_stay_has_the_status_of_its_dates(demand):
    for stay in sold(demand):
        assert stay.booked_on <= min(stay.arrival, TODAY)
        assert stay.total > 0
        expected = {
            "checked_out": stay.departure < TODAY,
            "in_house": stay.arrival < TODAY <= stay.departure,
            "confirmed": stay.arrival >= TODAY,
            "no_show": stay.arrival < TODAY,
            "cancelled": stay.booked_on <= (stay.ended_on or TODAY) <= TODAY,
        }
        assert expected[stay.status], stay


def test_a_quarter_to_an_eighth_is_cancelled_and_weekends_fill_the_resort():
    stays = [stay for stay in sold(DEMANDS["IZU"]) if stay.arrival < TODAY]
    cancelled = sum(stay.status == "cancelled" for stay in stays) / len(stays)
    assert 0.125 < cancelled < 0.25
    arrivals = Counter(stay.arrival.weekday() for stay in stays)
    assert arrivals[5] > 1.5 * arrivals[1]


def test_what_finds_no_room_was_never_booked():
    demand = DEMANDS["VIENNA"]
    stays = bookings(demand, world(demand), Shelf({}, shelf(demand).takes), first=FIRST, last=LAST, seed="A")
    assert {stay.status for stay in stays} <= {"cancelled", "no_show"}
