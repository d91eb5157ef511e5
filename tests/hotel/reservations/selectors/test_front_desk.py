"""The lists of a business date and the rack, each in a fixed number of queries."""

from datetime import time, timedelta

import pytest

from hotel.reservations.choices import FrontDeskStatus
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.front_desk import (
    DayFigures,
    arrivals,
    day_figures,
    departures,
    in_house,
    overdue,
    rack,
    status_on,
)
from hotel.reservations.services.assignment import room_assign, room_lock
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.guests import guest_make
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=6, day_use_limit=2)


def put(row, status):
    Reservation.objects.filter(pk=row.pk).update(status=status)
    return row


def shift(row, days):
    """Move a stay into the past, as time would."""
    Reservation.objects.filter(pk=row.pk).update(
        arrival=row.arrival - days * DAY,
        departure=row.departure - days * DAY,
        policy_arrival=row.arrival - days * DAY,
    )
    return row


@pytest.fixture
def day(house):
    """Today: one due in, one arrived, one due out, one departed, one who did not come, one who did not leave."""
    return {
        "due_in": house.reserve(0, 2, eta=time(18)),
        "arrived": put(house.reserve(0, 2), "in_house"),
        "due_out": put(shift(house.reserve(1, 1), 2), "in_house"),
        "departed": put(shift(house.reserve(1, 1), 2), "checked_out"),
        "missing": shift(house.reserve(1, 2), 2),
        "staying": put(shift(house.reserve(1, 1), 3), "in_house"),
        "later": house.reserve(5, 1),
        "cancelled": put(house.reserve(0, 1), "cancelled"),
    }


def test_each_list_has_its_own(house, day):
    place, today = house.place.pk, house.place.business_date

    assert set(arrivals(place, today)) == {day["due_in"], day["arrived"]}
    assert set(departures(place, today)) == {day["due_out"], day["departed"]}
    assert set(in_house(place)) == {day["arrived"], day["due_out"], day["staying"]}
    assert list(overdue(place, today)) == [day["staying"], day["missing"]]
    assert day_figures(place, today) == DayFigures(
        due_in=1, arrived=1, due_out=1, departed=1, in_house=3, overdue=2
    )
    assert len(queries_of(lambda: day_figures(place, today))) == 1


def test_statuses_are_computed_on_a_day(house, day):
    row = Reservation.objects.get(pk=day["arrived"].pk)
    assert [status_on(row, row.arrival + n * DAY) for n in range(3)] == [
        FrontDeskStatus.ARRIVED_TODAY,
        FrontDeskStatus.STAYOVER,
        FrontDeskStatus.DUE_OUT,
    ]


def test_other_houses_are_not_listed(house, day, cast):
    other = house_make(cast.beta).reserve(0)
    assert list(arrivals(cast.beta.pk, cast.beta.business_date)) == [other]


def test_the_rack_has_a_row_for_each_open_room_and_a_lane_for_stays_without_one(house):
    start = house.place.business_date
    placed, lane = house.reserve(1, 2), house.reserve(1, 2)
    room_assign(reservation=placed, room=house.rooms[0], actor=None)
    room_lock(reservation=placed, actor=None)
    house.reserve(1, 1, status="inquiry")

    rows = rack(house.place.pk, start, start + 2 * DAY)

    assert [row.room and row.room.number for row in rows] == [
        "101",
        "102",
        "103",
        "104",
        "105",
        "106",
        "901",
        None,
    ]
    (span,) = rows[0].spans
    assert (span.reservation.pk, span.start, span.end, span.is_locked) == (
        placed.pk,
        start + DAY,
        start + 3 * DAY,
        True,
    )
    assert [(s.reservation.pk, s.assignment_id) for s in rows[-1].spans] == [(lane.pk, None)]


def test_a_suite_and_its_parts_are_taken_together_and_posting_masters_are_no_rooms(house):
    place, start = house.place, house.place.business_date
    family = room_type_make(place, "FAM", kind="component", parts={house.double: 2}, max_occupancy=6)
    suite = room_make(place, family, "F2", parts=tuple(house.rooms[:2]))
    master = room_type_make(place, "PM", kind="pseudo")
    room_make(place, master, "PM1")
    inventory_ready(place, start, start + 9 * DAY)
    for room_type in (family, master):
        price_make(house.plan, room_type, "300")
    whole, part = house.reserve(0, 2, room_type=family), house.reserve(3, 1)
    house.reserve(0, 2, room_type=master)
    room_assign(reservation=whole, room=suite, actor=None)
    room_assign(reservation=part, room=house.rooms[1], actor=None)

    rows = rack(place.pk, start, start + 9 * DAY)

    spans = {
        row.room.number: [(span.reservation.pk, span.via) for span in row.spans] for row in rows if row.room
    }
    assert spans.pop("F2") == [(whole.pk, ""), (part.pk, "102")]
    assert spans.pop("101") == [(whole.pk, "F2")]
    assert spans.pop("102") == [(whole.pk, "F2"), (part.pk, "")]
    assert set(spans) == {"103", "104", "105", "106", "901"}
    assert not any(spans.values())
    assert rows[-1].spans == []


def test_the_nights_without_a_room_stand_in_the_lane(house):
    start = house.place.business_date
    row = house.reserve(0, 4)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    row.assignments.update(arrival=start + DAY, departure=start + 2 * DAY)

    rows = rack(house.place.pk, start, start + 9 * DAY)

    assert [(s.start - start, s.end - start) for s in rows[0].spans] == [(DAY, 2 * DAY)]
    assert [(s.start - start, s.end - start) for s in rows[-1].spans] == [
        (0 * DAY, DAY),
        (2 * DAY, 4 * DAY),
    ]


def test_day_use_has_a_span_of_its_day(house):
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    start = house.place.business_date
    placed, lane = (house.reserve(1, 0, day_use=(time(10), time(16)), rate_plan=plan) for _ in range(2))
    room_assign(reservation=placed, room=house.rooms[0], actor=None)

    rows = rack(house.place.pk, start, start + 3 * DAY)

    assert [(s.reservation.pk, s.start, s.end) for s in rows[0].spans] == [
        (placed.pk, start + DAY, start + DAY)
    ]
    assert [s.reservation.pk for s in rows[-1].spans] == [lane.pk]


def test_lists_and_rack_cost_the_same_queries_however_full_the_house(house):
    place, start = house.place.pk, house.place.business_date

    def shown(rows):
        return [
            (r.booking.confirmation_number, str(r.primary_guest), r.room_type.code, len(r.rooms_now))
            for r in rows
        ]

    def cost():
        return [
            queries_of(lambda: shown(arrivals(place, start))),
            queries_of(lambda: shown(departures(place, start))),
            queries_of(lambda: [str(s.reservation.primary_guest) for r in rack(place, start, start + 30 * DAY) for s in r.spans]),
        ]  # fmt: skip

    guest = guest_make(house.place)
    room_assign(reservation=house.reserve(0, 2, primary_guest=guest), room=house.rooms[0], actor=None)
    few = cost()
    for room in house.rooms[1:5]:
        room_assign(
            reservation=house.reserve(0, 2, primary_guest=guest_make(house.place)), room=room, actor=None
        )
        room_assign(reservation=house.reserve(5, 9, primary_guest=guest), room=room, actor=None)
    many = cost()

    for before, after in zip(few, many, strict=True):
        assert_constant(before, after)
    assert [len(queries) for queries in many] == [2, 1, 5]


def test_the_rack_knows_whom_a_stay_is_for_and_who_has_no_name_yet(house):
    start = house.place.business_date
    named = house.reserve(0, 1, primary_guest=guest_make(house.place, first_name="", last_name="Ōta"))
    nobody = house.reserve(0, 1)

    *_, lane = rack(house.place.pk, start, start + DAY)

    assert {s.reservation.pk: s.reservation.primary_guest for s in lane.spans} == {
        named.pk: "Ōta",
        nobody.pk: "",
    }
    assert {s.reservation.get_status_display() for s in lane.spans} == {"Confirmed"}
