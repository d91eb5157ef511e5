from datetime import UTC, datetime, timedelta

from hotel.dashboard.selectors.waiting import blocks_ahead, options_open, traces_due, waitlist
from hotel.reservations.services.blocks import BlockData, GridRow, block_create
from hotel.reservations.services.details import note_add, note_done
from hotel.reservations.services.waitlist import waitlist_offer
from tests.cast import TODAY
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


def test_options_come_in_the_order_in_which_they_expire(house):
    later = house.reserve(1, 1, status="option", hold_until=datetime(2099, 2, 1, tzinfo=UTC))
    sooner = house.reserve(3, 1, status="option", hold_until=datetime(2099, 1, 1, tzinfo=UTC))
    house.reserve(5, 1)

    assert list(options_open(house.place.pk)) == [sooner, later]


def test_traces_are_due_on_their_day_until_done(house, cast):
    stay = house.reserve(1, 1)

    def trace(days):
        return note_add(
            reservation=stay,
            text="Cot",
            actor=cast.bo,
            kind="trace",
            department="hsk",
            due_on=TODAY + days * DAY,
        )

    today, overdue, _ = trace(0), trace(-1), trace(1)
    note_add(reservation=stay, text="No trace", actor=cast.bo)

    assert list(traces_due(house.place.pk, TODAY)) == [overdue, today]
    note_done(note=overdue, actor=cast.bo)
    assert list(traces_due(house.place.pk, TODAY)) == [today]


def block(house, code, status, start=10):
    first, past = TODAY + start * DAY, TODAY + (start + 2) * DAY
    row = GridRow(room_type=house.double, start=first, end=past, rooms=1)
    data = BlockData(
        code=code, name=code, arrival=first, departure=past, rate_plan=house.plan, rows=(row,), status=status
    )
    return block_create(place=house.place, data=data)


def test_blocks_are_summed_up_and_those_that_are_over_left_out(house, cast):
    kept = block(house, "KEPT", "definite")
    block(house, "LOST", "lost", 20)
    other = house_make(cast.beta)
    block(other, "THERE", "definite")

    found = list(blocks_ahead(house.place.pk, TODAY))

    assert [(row.code, row.contracted, row.current, row.picked_up) for row in found] == [("KEPT", 2, 2, 0)]
    assert found == [kept]
    assert list(blocks_ahead(house.place.pk, TODAY + 20 * DAY)) == []


def test_the_waiting_list_goes_by_priority_and_knows_what_is_free_and_offered(
    house, django_assert_num_queries
):
    low = house.reserve(1, 2, status="waitlisted", waitlist_priority=1)
    high = house.reserve(1, 1, status="waitlisted", waitlist_priority=9, room_type=house.suite)
    house.reserve(2, 1)
    offer = waitlist_offer(reservation=high)

    with django_assert_num_queries(3):
        found = waitlist(house.place.pk, TODAY, 10)

    assert [(row.stay, row.left, row.offer) for row in found] == [(high, 0, offer), (low, 1, None)]
    assert waitlist(house.place.pk, TODAY, 1) == found[:1]
    assert waitlist(house.place.pk, TODAY + 30 * DAY, 10) == []
